// In what state the files of a claim, or of claims that are read together, were: what a refresh compares to know what it may leave out.

import type { Sha256Factory } from '../base/sha256';
import { type SourceFile, stateOf } from '../source/source';
import type { ClaimGroup } from './join';

const digits = 24;
const text = new TextEncoder();

/** All files that reading a group needs. */
export const filesOf = ({ members, companions }: ClaimGroup): readonly SourceFile[] => [...members, ...companions].flatMap(({ claim }) => claim.files);

/** A group's name within its source: reader, place and first file of the first claim. The same at every reading. */
export function groupKey({ root, members, companions }: ClaimGroup, sha256: Sha256Factory): string {
  const first = members[0] ?? companions[0];
  const hash = sha256();
  hash.update(text.encode(`${first?.reader.meta.id}\0${root.path}\0${first?.claim.key[0]?.path ?? ''}`));
  return hash.hex().slice(0, digits);
}

/** The state of a group's files. */
export const groupMark = (group: ClaimGroup, sha256: Sha256Factory): string => markOf(filesOf(group), sha256);

/** A digest of names, sizes and states of files; no byte is read. */
export function markOf(files: Iterable<SourceFile>, sha256: Sha256Factory): string {
  const hash = sha256();
  for (const file of files) hash.update(text.encode(`${file.path}\0${file.size}\0${stateOf(file)}\n`));
  return hash.hex().slice(0, digits);
}
