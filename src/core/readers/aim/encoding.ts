// Aim's own encoding of what its stores hold: paths as keys, and typed values.
//
// A key is the parts of a path, each followed by the byte FE, which no UTF-8 text holds. A text part stands as it is; an integer part is
// FE and 8 bytes, big-endian, before its closing FE. A value is one byte of type and its content. An empty value says that the
// content, which may be large, stands under the same key in a domain of its own.

import type { Value } from '../../model/values';

export const sentinel = 0xfe;
/** Comes behind every key of a path. */
const after = 0xff;
/** Domain of large contents: before the path of their value. */
export const blobDomain = 'BLOBS';

export type PathPart = string | number | bigint;

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** The key of a path of texts. */
export function encodePath(...parts: readonly string[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...utf8.encode(part), sentinel]));
}

/** The keys below a path: from its own on, and before the one returned second. */
export function rangeBelow(...parts: readonly string[]): readonly [Uint8Array, Uint8Array] {
  const from = encodePath(...parts);
  return [from, Uint8Array.of(...from, after)];
}

/** The parts of a path; null where the key is none. Integers beyond 2^53 are bigint. */
export function decodePath(key: Uint8Array): PathPart[] | null {
  const parts: PathPart[] = [];
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  for (let at = 0; at < key.length; ) {
    if (key[at] === sentinel) {
      if (at + 10 > key.length || key[at + 9] !== sentinel) return null;
      parts.push(exact(view.getBigInt64(at + 1)));
      at += 10;
    } else {
      const end = key.indexOf(sentinel, at);
      if (end < 0) return null;
      parts.push(text.decode(key.subarray(at, end)));
      at = end + 1;
    }
  }
  return parts;
}

const exact = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const type = { none: 0, bool: 1, int: 2, float: 3, text: 4, bytes: 5, array: 6, object: 7, custom: 15 } as const;

/** What stands under a key: a value, or the mark of what its children make up. */
export type Stored =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'array' | 'object' | 'blob' }
  /** An object of one of Aim's own classes, by name: `aim.image`. */
  | { readonly kind: 'custom'; readonly name: string };

/** Decodes a value; null where it is none. */
export function decodeValue(bytes: Uint8Array): Stored | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = (value: Value): Stored => ({ kind: 'value', value });
  switch (bytes[0]) {
    case undefined:
      return { kind: 'blob' };
    case type.none:
      return value(null);
    case type.bool:
      return bytes.length < 2 ? null : value(bytes[1] !== 0);
    case type.int:
      return bytes.length < 9 ? null : value(exact(view.getBigInt64(1, true)));
    case type.float:
      return bytes.length < 9 ? null : value(view.getFloat64(1, true));
    case type.text:
      return value(text.decode(bytes.subarray(1)));
    case type.bytes:
      return { kind: 'bytes', bytes: bytes.subarray(1) };
    case type.array:
      return { kind: 'array' };
    case type.object:
      return { kind: 'object' };
    case type.custom:
      return { kind: 'custom', name: text.decode(bytes.subarray(1)) };
    default:
      return null;
  }
}

/** The number that a point's column holds; NaN for None, as Aim gives it; null where it is no number. */
export function decodeNumber(bytes: Uint8Array): number | bigint | null {
  switch (bytes[0]) {
    case type.none:
      return Number.NaN;
    case type.bool:
      return bytes.length < 2 ? null : Number(bytes[1] !== 0);
    case type.int:
      return bytes.length < 9 ? null : exact(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(1, true));
    case type.float:
      return bytes.length < 9 ? null : new DataView(bytes.buffer, bytes.byteOffset).getFloat64(1, true);
    default:
      return null;
  }
}

export const isCustom = (bytes: Uint8Array): boolean => bytes[0] === type.custom;
