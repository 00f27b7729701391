// Runs a program beside this process, which may be answering it as a server.
import { spawn } from 'node:child_process';

/** Shorter than the tests that wait for it. */
const mostMs = 220_000;

/** What it wrote to its error stream, and its status. */
export function ran(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly err: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], timeout: mostMs });
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.once('exit', (status) => resolve({ status, err }));
  });
}
