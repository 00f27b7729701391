// What the files of a store are called: by it a store is known, and its tables and logs are put in order.

import type { SourceDir, SourceFile } from '../../source/source';

export const tableName = /^(\d{1,15})\.(?:sst|ldb)$/;
export const logName = /^(\d{1,15})\.log$/;

/** Whether a folder is a store, or what is left of one. */
export function isRocksStore(dir: SourceDir): boolean {
  return dir.files.has('CURRENT') || [...dir.files.keys()].some((name) => tableName.test(name) || logName.test(name));
}

/** Files by the number in their name, in its order. */
export function numbered(dir: SourceDir, pattern: RegExp): ReadonlyMap<number, SourceFile> {
  const found: [number, SourceFile][] = [];
  for (const [name, file] of dir.files) {
    const number = pattern.exec(name)?.[1];
    if (number !== undefined) found.push([Number(number), file]);
  }
  return new Map(found.sort(([a], [b]) => a - b));
}
