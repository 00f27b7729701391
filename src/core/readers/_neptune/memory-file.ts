// A file that lies in no folder: made of what a log or a table holds.

import type { SourceFile } from '../../source/source';

export function memoryFile(path: string, bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    size: bytes.length,
    modifiedMs: null,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}
