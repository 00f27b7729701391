// A small file of the shell's own: read tolerantly, written whole or not at all.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

/** Null when there is none or it is damaged. */
export function readKept<T>(file: string, schema: v.GenericSchema<unknown, T>): T | null {
  try {
    return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A full disk must not keep a window from closing: then nothing is kept. */
export function writeKept(file: string, value: unknown): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // What stood there before still does.
  }
}
