// Interns the keys of log items by their bytes: a key that was seen before costs a hash, no text.

import { WireFields, wire } from '../../formats/protobuf';

const fnvStart = 0x811c9dc5;
const fnvPrime = 0x01000193;
/** Deeper paths are one key with the rest of their names in its last part. */
const maxDepth = 64;

const itemField = { key: 1, nestedKey: 2, value: 16 } as const;
const keyTag = 0x0a;
const nestedKeyTag = 0x12;
/** Tag of the value, two bytes: field 16, length-delimited. */
const valueTag0 = 0x82;
const valueTag1 = 0x01;

/**
 * Splits items into key and value. History, summary, config and stats items are laid out alike: `key` or a list of `nested_key`,
 * then the value as JSON. After `split` the key lies in [start, keyEnd) and the value in [valueStart, valueEnd).
 */
export class ItemCursor {
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;

  /** False where the item in [start, end) is laid out in another way than writers do: then {@link anyItem} reads it. */
  split(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    while (at < end && (bytes[at] === keyTag || bytes[at] === nestedKeyTag)) {
      const length = bytes[at + 1] as number;
      if (length < 0x80) at += 2 + length;
      else {
        const high = bytes[at + 2] as number;
        if (high > 0x7f) return false;
        at += 3 + ((length & 0x7f) | (high << 7));
      }
    }
    this.keyEnd = at;
    this.valueStart = end;
    this.valueEnd = end;
    if (at === end) return at > start;
    if (at === start || at + 3 > end || bytes[at] !== valueTag0 || bytes[at + 1] !== valueTag1) return false;
    at += 2;
    let length = 0;
    for (let shift = 0; shift < 28 && at < end; shift += 7) {
      const byte = bytes[at++] as number;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.valueStart = at;
    return at + length === end;
  }
}

/** An item in any layout: its path, and where its value lies. @throws malformed */
export function anyItem(fields: WireFields, cursor: ItemCursor): string[] {
  let key = '';
  const nested: string[] = [];
  cursor.valueStart = cursor.valueEnd = 0;
  while (fields.next()) {
    if (fields.is(itemField.key, wire.bytes)) key = fields.text;
    else if (fields.is(itemField.nestedKey, wire.bytes)) nested.push(fields.text);
    else if (fields.is(itemField.value, wire.bytes)) {
      cursor.valueStart = fields.start;
      cursor.valueEnd = fields.end;
    }
  }
  return nested.length > 0 ? nested : [key];
}

/** Keys by path, and by the bytes of an item's key part. Every path has one `K`, however it is spelled. */
export class KeyTable<K> {
  private readonly byPath = new Map<string, K>();
  private hashes = new Int32Array(64);
  private raws: (Uint8Array | undefined)[] = new Array(64);
  private keys: K[] = [];
  private used = 0;
  private readonly fields = new WireFields();
  private readonly cursor = new ItemCursor();

  /**
   * @param make called once for each path
   * @param most paths beyond this are not told apart any more: they all get the key of `['']`
   */
  constructor(
    private readonly make: (path: readonly string[]) => K,
    private readonly most: number,
  ) {}

  /** Paths that were refused. */
  refused = 0;

  get size(): number {
    return this.byPath.size;
  }

  all(): IterableIterator<K> {
    return this.byPath.values();
  }

  /** The key of the item whose key part is [start, end). @throws malformed */
  of(bytes: Uint8Array, start: number, end: number): K {
    let hash = fnvStart;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), fnvPrime);
    const mask = this.hashes.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const raw = this.raws[slot];
      if (raw === undefined) return this.add(bytes.slice(start, end), hash);
      if (this.hashes[slot] === hash && same(raw, bytes, start, end)) return this.keys[slot] as K;
    }
  }

  ofPath(path: readonly string[]): K {
    const parts = path.length > maxDepth ? [...path.slice(0, maxDepth - 1), path.slice(maxDepth - 1).join('.')] : path;
    const text = parts.join('\0');
    let key = this.byPath.get(text);
    if (key === undefined) {
      if (this.byPath.size >= this.most && text !== '') {
        this.refused++;
        return this.ofPath(['']);
      }
      key = this.make(parts);
      this.byPath.set(text, key);
    }
    return key;
  }

  private add(raw: Uint8Array, hash: number): K {
    const key = this.ofPath(anyItem(this.fields.over(raw), this.cursor));
    // Spellings of refused paths are not kept either: memory stays bounded.
    if (this.used > 2 * this.most) return key;
    if (2 * ++this.used > this.hashes.length) this.grow();
    this.place(raw, hash, key);
    return key;
  }

  private place(raw: Uint8Array, hash: number, key: K): void {
    const mask = this.hashes.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.raws[slot] !== undefined) slot = (slot + 1) & mask;
    this.hashes[slot] = hash;
    this.raws[slot] = raw;
    this.keys[slot] = key;
  }

  private grow(): void {
    const { hashes, raws, keys } = this;
    this.hashes = new Int32Array(2 * hashes.length);
    this.raws = new Array(2 * hashes.length);
    this.keys = new Array(2 * hashes.length);
    for (const [slot, raw] of raws.entries()) if (raw !== undefined) this.place(raw, hashes[slot] as number, keys[slot] as K);
  }
}

function same(raw: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (raw.length !== end - start) return false;
  for (let at = 0; at < raw.length; at++) if (raw[at] !== bytes[start + at]) return false;
  return true;
}
