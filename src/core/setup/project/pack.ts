// Files of a project on their way from the host to the page that reviews them: texts of code and settings, names and sizes of the rest.

import { decodeUtf8 } from '../../formats/text';

/** A file of the `root`-th source. `text` is null where only the name matters. */
export interface PackedFile {
  readonly root: number;
  readonly path: string;
  readonly size: number;
  readonly text: string | null;
}

/** JSON in UTF-8: texts are most of it, and a page parses it faster than anything written by hand. */
export const packCode = (files: readonly PackedFile[]): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(files));

/** @throws SyntaxError when the bytes are no pack */
export const unpackCode = (bytes: Uint8Array<ArrayBuffer>): readonly PackedFile[] => JSON.parse(decodeUtf8(bytes).text) as readonly PackedFile[];
