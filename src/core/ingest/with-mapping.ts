// A mapping file that a person gives along with a source, as if it lay in its root: what is said there now counts less.

import { mappingFileName } from '../mapping/mapping';
import type { SourceDir, SourceFile, SourceTree } from '../source/source';

/** The tree with the text as its root's `diptych.mapping.json`. */
export function withMapping({ root, named }: SourceTree, text: string): SourceTree {
  const bytes = new TextEncoder().encode(text);
  const file: SourceFile = {
    name: mappingFileName,
    path: root.path === '.' ? mappingFileName : `${root.path}!${mappingFileName}`,
    size: bytes.length,
    modifiedMs: null,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
  const files = new Map([...root.files, [mappingFileName, file] as const].sort(([a], [b]) => (a < b ? -1 : 1)));
  const top: SourceDir = { name: root.name, path: root.path, parent: root.parent, dirs: root.dirs, files };
  return { root: top, named };
}
