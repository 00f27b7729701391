// In what state the files of a claim were: what a refresh compares to know what it may leave out.

import type { Sha256Factory } from '../base/sha256';
import type { SourceFile } from '../source/source';
import type { ReaderClaim } from './claims';

const digits = 24;
const text = new TextEncoder();

/** A claim's name within its source: reader, place and first file. The same at every reading. */
export function claimKey({ reader, claim }: ReaderClaim, sha256: Sha256Factory): string {
  const hash = sha256();
  hash.update(text.encode(`${reader.meta.id}\0${claim.root.path}\0${claim.key[0]?.path ?? ''}`));
  return hash.hex().slice(0, digits);
}

/** A digest of names, sizes and times of files; no byte is read. */
export function markOf(files: Iterable<SourceFile>, sha256: Sha256Factory): string {
  const hash = sha256();
  for (const { path, size, modifiedMs } of files) hash.update(text.encode(`${path}\0${size}\0${modifiedMs}\n`));
  return hash.hex().slice(0, digits);
}

/** The state of a claim's files. */
export const claimMark = ({ claim }: ReaderClaim, sha256: Sha256Factory): string => markOf(claim.files, sha256);
