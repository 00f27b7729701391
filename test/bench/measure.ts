// Starts a program and takes wall time, CPU time and peak memory of it.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Usage {
  readonly wallSeconds: number;
  /** Null where the system has no /proc. */
  readonly cpuSeconds: number | null;
  readonly peakBytes: number | null;
  /** What it wrote on its standard output. */
  readonly output: string;
}

const pollMs = 10;
const ticksPerSecond = 100;

/**
 * Runs a program to its end, or until its standard error says `doneText`: then it is ended, as servers never end by themselves.
 * CPU and memory are read while it runs, up to the last 10 ms.
 * @throws Error when it fails
 */
export function measure(command: string, args: readonly string[], options: { readonly doneText?: RegExp; readonly cwd?: string } = {}): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    let last: Pick<Usage, 'cpuSeconds' | 'peakBytes'> = { cpuSeconds: null, peakBytes: null };
    const poll = () => {
      last = usageOf(child.pid) ?? last;
    };
    const timer = setInterval(poll, pollMs);
    let output = '';
    let errors = '';
    let wallSeconds: number | null = null;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-20_000);
      if (wallSeconds === null && options.doneText?.test(errors)) {
        wallSeconds = (performance.now() - started) / 1000;
        poll();
        clearInterval(timer);
        child.kill('SIGKILL');
      }
    });
    child.on('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(timer);
      const killed = wallSeconds !== null;
      if (!killed && code !== 0) reject(new Error(`${command} ended with ${code}: ${errors.slice(-2000)}`));
      else resolve({ wallSeconds: wallSeconds ?? (performance.now() - started) / 1000, ...last, output });
    });
  });
}

function usageOf(pid: number | undefined): Pick<Usage, 'cpuSeconds' | 'peakBytes'> | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    // Behind the program's name in brackets: fields 14 and 15 are user and system time in ticks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (peak === undefined) return null;
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, peakBytes: Number(peak) * 1024 };
  } catch {
    return null;
  }
}
