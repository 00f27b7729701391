// A short digest of plain data: whether it is what it was.

import { jsonText } from '../base/json-write';
import { pureSha256 } from '../base/sha256';
import type { Value } from '../model/values';

const digits = 24;

/** 24 hex digits; the same for the same data with its keys in the same order. */
export function textDigest(value: Value): string {
  const hash = pureSha256();
  hash.update(new TextEncoder().encode(jsonText(value)));
  return hash.hex().slice(0, digits);
}
