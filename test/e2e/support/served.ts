// Starts the built `serve` as a user would, with a home of its own and on a free port.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Served {
  /** Works once. */
  readonly address: string;
  readonly origin: string;
  readonly home: string;
  /** What it wrote to standard error. */
  errors(): string;
  stop(): Promise<void>;
}

const cli = resolve('out/cli.js');

/**
 * @param port what the browser stores belongs to it; any free one when left out
 * @throws Error with what it wrote when it does not come up
 */
export async function startServed(paths: readonly string[] = [], port = 0): Promise<Served> {
  const home = mkdtempSync(join(tmpdir(), 'diptych-e2e-'));
  const child = spawn(process.execPath, [cli, 'serve', '--port', String(port), '--json', ...paths], { env: { ...process.env, DIPTYCH_HOME: home } });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const { address } = JSON.parse(await firstLine(child, () => errors)) as { address: string };
  return {
    address,
    origin: new URL(address).origin,
    home,
    errors: () => errors,
    async stop() {
      if (child.exitCode === null) {
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function firstLine(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => fail(new Error(`serve ended with code ${code}: ${errors()}`)));
  });
}
