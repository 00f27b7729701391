// A server of a tracker, started by a test: waits until it answers, and ends with the test, however that ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const startMs = 120_000;
const lookMs = 250;

export interface Served {
  readonly url: string;
  /** Ends the server at once, as a crash does. */
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
}

export interface ServerPlan {
  readonly command: string;
  args(port: number): readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Answers 2xx when the server is ready. */
  readonly readyPath: string;
}

/** Runs the server, and ends it and all that it started when it ends itself, or when whoever holds the other end of the pipe is gone. */
const guard = '{ "$@" </dev/null; kill -9 0; } & read -r _; kill -9 0';

/** Starts a server on a free port. @throws Error with its log where it does not come up */
export async function serve(plan: ServerPlan): Promise<Served> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(plan.cwd, `server-${port}.log`);
  let child: ChildProcess | null = null;

  const stop = async (): Promise<void> => {
    const ending = child;
    child = null;
    if (!ending?.pid || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    // Servers start workers: the whole group goes.
    process.kill(-ending.pid, 'SIGKILL');
    await ended;
  };
  let isOver = false;
  const start = async (): Promise<void> => {
    // A test that ran out of time goes on behind its end.
    if (isOver) throw new Error('the test is over');
    const out = openSync(log, 'a');
    child = spawn('/bin/sh', ['-c', guard, 'guard', plan.command, ...plan.args(port)], {
      cwd: plan.cwd,
      env: { ...process.env, HOME: plan.cwd, ...plan.env },
      detached: true,
      stdio: ['pipe', out, out],
    });
    closeSync(out);
    const started = child;
    const deadline = Date.now() + startMs;
    for (;;) {
      const { status } = await fetch(`${url}${plan.readyPath}`).catch(() => ({ status: 0 }));
      if (status >= 200 && status < 300) return;
      if (started.exitCode !== null || started.signalCode !== null || isOver || Date.now() > deadline)
        throw new Error(`the server did not come up:\n${readFileSync(log, 'utf8').slice(-2000)}`);
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  };
  onTestFinished(async () => {
    isOver = true;
    await stop();
  });
  await start();
  return { url, stop, start };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
