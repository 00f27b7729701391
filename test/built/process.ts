// Runs what was built as a user would: with plain Node, a home of its own, and nothing of the test runner's environment.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

const cli = resolve('bin/diptych.js');
const home = mkdtempSync(join(tmpdir(), 'diptych-built-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

export const environment = { PATH: process.env.PATH, DIPTYCH_HOME: home, TMPDIR: tmpdir(), HOME: process.env.HOME };

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `node bin/diptych.js …`. */
export const start = (...args: string[]) => startIn({}, ...args);

/** The same with more in its environment. */
export const startIn = (env: Readonly<Record<string, string | undefined>>, ...args: string[]) =>
  spawn(process.execPath, [cli, ...args], { env: { ...environment, ...env } as NodeJS.ProcessEnv });

/** Runs it to its end. */
export function run(...args: string[]): Promise<Ended> {
  const child = start(...args);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}
