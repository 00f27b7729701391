// One server per user and port: a second start finds the first and hands it what it was given.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const note = v.object({ port: v.number(), pid: v.number(), secret: v.string() });
const answer = v.object({ address: v.string(), open: v.boolean() });
const waitMs = 3000;

const noteFile = (folder: string, port: number): string => join(folder, `serve-${port}.json`);

/** Leaves word of a running server where only the same user can read it. Gives back how to take it away. */
export function leaveNote(folder: string, port: number, secret: string): () => void {
  const file = noteFile(folder, port);
  // A stale note may have kept an older mode.
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ port, pid: process.pid, secret }), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

export type HandOver =
  | { readonly kind: 'taken'; readonly address: string /** A page of it is open already. */; readonly open: boolean }
  | { readonly kind: 'refused'; readonly message: string }
  /** No server of this user's is there. */
  | { readonly kind: 'nobody' };

/** Gives paths to the user's server on a port, if there is one. */
export async function handOver(folder: string, port: number, paths: readonly string[]): Promise<HandOver> {
  let secret: string;
  try {
    secret = v.parse(note, JSON.parse(readFileSync(noteFile(folder, port), 'utf8'))).secret;
  } catch {
    return { kind: 'nobody' };
  }
  try {
    const response = await fetch(`http://127.0.0.1:${port}/hand-over`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ paths }),
      signal: AbortSignal.timeout(waitMs),
    });
    const body: unknown = await response.json();
    if (response.status === 400) return { kind: 'refused', message: String((body as { message?: unknown }).message) };
    return { kind: 'taken', ...v.parse(answer, body) };
  } catch {
    return { kind: 'nobody' };
  }
}
