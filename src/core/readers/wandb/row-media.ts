// Puts the media objects of a history row together, whose members are items of their own.

import { parseJson } from '../../formats/json';
import { textOf } from '../../formats/protobuf';
import type { Value, Values } from '../../model/values';

/** Part of a path; remembers the last row that held a media object there. */
export interface Prefix {
  mediaRow: number;
}

interface PartKey {
  readonly path: readonly string[];
  /** Of the path, from its first part on. */
  readonly prefixes: readonly Prefix[];
}

/** A media object of a row, before its step is known. */
export interface RowObject {
  readonly name: string;
  readonly kind: string;
  readonly object: Values;
}

/** Where values of the row at hand lie that may be parts of media; its memory is used again for the next row. */
export class RowParts {
  private readonly keys: PartKey[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  push(key: PartKey, start: number, end: number): void {
    this.keys[this.length] = key;
    this.starts[this.length] = start;
    this.ends[this.length++] = end;
  }

  /** The objects of the row, whose values lie in `bytes`. */
  objects(bytes: Uint8Array, row: number): RowObject[] {
    const found = new Map<Prefix, { readonly path: readonly string[]; readonly members: Record<string, Value> }>();
    for (let part = 0; part < this.length; part++) {
      const { path, prefixes } = this.keys[part] as PartKey;
      const at = prefixes.findIndex((prefix) => prefix.mediaRow === row);
      const prefix = prefixes[at];
      if (!prefix) continue;
      const [name = '', inner, ...deeper] = path.slice(at + 1);
      const isSpacing = name === 'packedBins' && (inner === 'min' || inner === 'size');
      // Of what is deeper, only the spacing of a histogram's edges is wanted.
      if (deeper.length > 0 || (inner !== undefined && !isSpacing)) continue;
      const value = parsed(bytes, this.starts[part] as number, this.ends[part] as number);
      if (value === undefined) continue;
      const media = found.get(prefix) ?? { path: path.slice(0, at + 1), members: Object.create(null) };
      found.set(prefix, media);
      media.members[name] = inner === undefined ? value : { ...(media.members[name] as Values | undefined), [inner]: value };
    }
    return [...found.values()].flatMap(({ path, members }) =>
      typeof members._type === 'string' ? [{ name: path.join('.'), kind: members._type, object: members }] : [],
    );
  }
}

function parsed(bytes: Uint8Array, start: number, end: number): Value | undefined {
  try {
    return parseJson(textOf(bytes, start, end));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
