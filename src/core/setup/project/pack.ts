// Files of a project on their way from the host to the page that reviews them: bytes of code and settings, names and sizes of the rest.

import { decodeUtf8 } from '../../formats/text';

/** A file of the `root`-th source. `bytes` is null where only the name matters; a patch needs them as they are, marks and line ends and all. */
export interface PackedFile {
  readonly root: number;
  readonly path: string;
  readonly size: number;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

type Listed = Omit<PackedFile, 'bytes'> & { readonly length: number | null };

const headBytes = 4;

/** The length of a list in JSON (four bytes, little-endian), the list, then the files' bytes in its order. */
export function packCode(files: readonly PackedFile[]): Uint8Array<ArrayBuffer> {
  const list = new TextEncoder().encode(
    JSON.stringify(files.map(({ root, path, size, bytes }): Listed => ({ root, path, size, length: bytes?.length ?? null }))),
  );
  const packed = new Uint8Array(files.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), headBytes + list.length));
  new DataView(packed.buffer).setUint32(0, list.length, true);
  packed.set(list, headBytes);
  let at = headBytes + list.length;
  for (const { bytes } of files) {
    if (!bytes) continue;
    packed.set(bytes, at);
    at += bytes.length;
  }
  return packed;
}

/** @throws SyntaxError or RangeError when the bytes are no pack */
export function unpackCode(packed: Uint8Array<ArrayBuffer>): readonly PackedFile[] {
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0, true);
  let at = headBytes + length;
  const list = JSON.parse(decodeUtf8(packed.subarray(headBytes, at)).text) as readonly Listed[];
  return list.map(({ length: own, ...file }) => {
    if (own === null) return { ...file, bytes: null };
    at += own;
    return { ...file, bytes: packed.subarray(at - own, at) };
  });
}
