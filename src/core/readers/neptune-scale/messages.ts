// The protobuf messages of Neptune Scale's operations, read field by field (neptune-api's ingest messages).

import { malformed, WireFields, wire } from '../../formats/protobuf';
import type { Value } from '../../model/values';

/** A value of an attribute or a point. */
export type Logged =
  | { readonly kind: 'scalar'; readonly value: Value }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'file'; readonly path: string; readonly size: number | null; readonly mime: string | null }
  | { readonly kind: 'histogram'; readonly value: Value };

export interface Creation {
  /** The run's id, as far as it is told here. */
  readonly id: string | null;
  readonly experiment: string | null;
  readonly parent: string | null;
  readonly parentProject: string | null;
  readonly forkStep: Step | null;
  readonly created: number | null;
}

/** Whole and millionths; `digits` where float64 cannot hold the sum. */
export interface Step {
  readonly value: number;
  readonly digits?: string;
}

export interface Update {
  readonly step: Step | null;
  /** Milliseconds since the epoch; NaN where there is none. */
  readonly time: number;
  readonly assign: readonly (readonly [string, Logged])[];
  readonly append: readonly (readonly [string, Logged])[];
  /** Set, member, added (or removed). */
  readonly members: readonly (readonly [string, string, boolean])[];
  /** A point that the client meant to correct later. */
  readonly preview: boolean;
}

/** @throws MalformedMessage */
export function creationOf(bytes: Uint8Array): Creation {
  const fields = new WireFields().over(bytes);
  let [id, family, experiment, parent, parentProject]: (string | null)[] = [null, null, null, null, null];
  let created: number | null = null;
  let forkStep: Step | null = null;
  while (fields.next()) {
    if (fields.is(1, wire.bytes)) id = fields.text;
    else if (fields.is(2, wire.bytes)) {
      const fork = new WireFields().inside(fields);
      while (fork.next()) {
        if (fork.is(1, wire.bytes)) parentProject = fork.text;
        else if (fork.is(2, wire.bytes)) parent = fork.text;
        else if (fork.is(4, wire.bytes)) forkStep = stepOf(fork);
      }
    } else if (fields.is(3, wire.bytes)) created = timeOf(fields);
    else if (fields.is(4, wire.bytes)) family = fields.text;
    else if (fields.is(5, wire.bytes)) experiment = fields.text;
  }
  return { id: id || family || null, experiment: experiment || null, parent: parent || null, parentProject: parentProject || null, forkStep, created };
}

/** @throws MalformedMessage */
export function updateOf(bytes: Uint8Array): Update {
  const fields = new WireFields().over(bytes);
  const assign: [string, Logged][] = [];
  const append: [string, Logged][] = [];
  const members: [string, string, boolean][] = [];
  let step: Step | null = null;
  let time = Number.NaN;
  let preview = false;
  while (fields.next()) {
    if (fields.is(1, wire.bytes)) step = stepOf(fields);
    else if (fields.is(2, wire.bytes)) time = timeOf(fields);
    else if (fields.is(4, wire.bytes)) takeEntry(fields, assign);
    else if (fields.is(5, wire.bytes)) takeMembers(fields, members);
    else if (fields.is(8, wire.bytes)) takeEntry(fields, append);
    else if (fields.is(10, wire.bytes)) preview = hasTrue(fields, 1);
  }
  return { step, time, assign, append, members, preview };
}

function stepOf(outer: WireFields): Step {
  const fields = new WireFields().inside(outer);
  let whole: number | bigint = 0;
  let micro: number | bigint = 0;
  while (fields.next()) {
    if (fields.is(1, wire.varint)) whole = fields.exactUint64;
    else if (fields.is(2, wire.varint)) micro = fields.exactUint64;
  }
  if (micro === 0) return typeof whole === 'number' ? { value: whole } : { value: Number(whole), digits: String(whole) };
  const value = Number(whole) + Number(micro) / 1e6;
  const digits = `${whole}.${String(micro).padStart(6, '0')}`.replace(/0+$/, '');
  // Six decimals are told apart below 2^32; above, the digits say whether the float does.
  return value < 2 ** 32 || value.toFixed(6).replace(/\.?0+$/, '') === digits ? { value } : { value, digits };
}

/** A Timestamp: seconds and nanoseconds. */
function timeOf(outer: WireFields): number {
  const fields = new WireFields().inside(outer);
  let seconds = 0;
  let nanos = 0;
  while (fields.next()) {
    if (fields.is(1, wire.varint)) seconds = fields.int64;
    else if (fields.is(2, wire.varint)) nanos = fields.int64;
  }
  return seconds * 1000 + nanos / 1e6;
}

/** An entry of a map of values: key 1, value 2. */
function takeEntry(outer: WireFields, into: [string, Logged][]): void {
  const entry = new WireFields().inside(outer);
  let key = '';
  let logged: Logged | null = null;
  while (entry.next()) {
    if (entry.is(1, wire.bytes)) key = entry.text;
    else if (entry.is(2, wire.bytes)) logged = loggedOf(entry);
  }
  if (logged) into.push([key, logged]);
}

/** The last field that is set counts, as in any oneof. */
function loggedOf(outer: WireFields): Logged | null {
  const fields = new WireFields().inside(outer);
  let logged: Logged | null = null;
  while (fields.next()) {
    if (fields.is(1, wire.fixed64)) logged = { kind: 'float', value: fields.float64 };
    else if (fields.is(3, wire.varint)) {
      const integer = fields.exactInt64;
      logged = { kind: 'scalar', value: integer };
    } else if (fields.is(5, wire.varint)) logged = { kind: 'scalar', value: fields.bool };
    else if (fields.is(6, wire.bytes)) logged = { kind: 'scalar', value: fields.text };
    else if (fields.is(8, wire.bytes)) logged = { kind: 'scalar', value: isoOf(timeOf(fields)) };
    else if (fields.is(12, wire.bytes)) logged = { kind: 'scalar', value: textsOf(fields).sort() };
    else if (fields.is(13, wire.bytes)) logged = fileOf(fields);
    else if (fields.is(14, wire.bytes)) logged = histogramOf(fields);
  }
  return logged;
}

function isoOf(ms: number): Value {
  if (!(Math.abs(ms) <= 8.64e15)) throw malformed;
  return new Date(Math.floor(ms)).toISOString();
}

function textsOf(outer: WireFields): string[] {
  const fields = new WireFields().inside(outer);
  const texts: string[] = [];
  while (fields.next()) if (fields.is(1, wire.bytes)) texts.push(fields.text);
  return texts;
}

function fileOf(outer: WireFields): Logged {
  const fields = new WireFields().inside(outer);
  let path = '';
  let size: number | null = null;
  let mime: string | null = null;
  while (fields.next()) {
    if (fields.is(1, wire.bytes)) path = fields.text;
    else if (fields.is(2, wire.varint)) size = fields.int64;
    else if (fields.is(3, wire.bytes)) mime = fields.text;
  }
  return { kind: 'file', path, size, mime };
}

/** Edges, and counts or densities between them. */
function histogramOf(outer: WireFields): Logged {
  const fields = new WireFields().inside(outer);
  const edges: number[] = [];
  let [counts, densities]: (readonly Value[] | null)[] = [null, null];
  while (fields.next()) {
    if (fields.field === 1) takeDoubles(fields, edges);
    else if (fields.is(4, wire.bytes)) counts = integersOf(fields);
    else if (fields.is(5, wire.bytes)) densities = doublesOf(fields);
  }
  return { kind: 'histogram', value: { edges, ...(counts ? { counts } : {}), ...(densities ? { densities } : {}) } };
}

/** A repeated double, packed or one by one. */
function takeDoubles(fields: WireFields, into: number[]): void {
  if (fields.type === wire.fixed64) into.push(fields.float64);
  else if (fields.type === wire.bytes) for (let at = fields.start; at + 8 <= fields.end; at += 8) into.push(fields.view.getFloat64(at, true));
}

function doublesOf(outer: WireFields): readonly number[] {
  const fields = new WireFields().inside(outer);
  const values: number[] = [];
  while (fields.next()) if (fields.field === 1) takeDoubles(fields, values);
  return values;
}

/** A repeated uint64, packed or one by one. */
function integersOf(outer: WireFields): readonly (number | bigint)[] {
  const fields = new WireFields().inside(outer);
  const values: (number | bigint)[] = [];
  while (fields.next()) {
    if (fields.is(1, wire.varint)) values.push(fields.exactUint64);
    else if (fields.is(1, wire.bytes)) {
      const packed = new WireFields().open(fields.bytes, fields.view, fields.start, fields.end);
      // Each ends with a byte whose high bit is not set.
      for (const byte of fields.payload) {
        if (byte > 0x7f) continue;
        packed.varint();
        values.push(packed.exactUint64);
      }
    }
  }
  return values;
}

/** map<string, ModifySet>, whose strings are a map of member → 1 (add) or 2 (remove). */
function takeMembers(outer: WireFields, into: [string, string, boolean][]): void {
  const entry = new WireFields().inside(outer);
  let key = '';
  const changes: [string, number][] = [];
  while (entry.next()) {
    if (entry.is(1, wire.bytes)) key = entry.text;
    else if (entry.is(2, wire.bytes)) {
      const set = new WireFields().inside(entry);
      while (set.next()) {
        if (!set.is(1, wire.bytes)) continue;
        const strings = new WireFields().inside(set);
        while (strings.next()) if (strings.is(1, wire.bytes)) changes.push(memberOf(strings));
      }
    }
  }
  for (const [member, change] of changes) if (change !== 0) into.push([key, member, change === 1]);
}

function memberOf(outer: WireFields): [string, number] {
  const fields = new WireFields().inside(outer);
  let member = '';
  let change = 0;
  while (fields.next()) {
    if (fields.is(1, wire.bytes)) member = fields.text;
    else if (fields.is(2, wire.varint)) change = fields.uint64;
  }
  return [member, change];
}

function hasTrue(outer: WireFields, field: number): boolean {
  const fields = new WireFields().inside(outer);
  let set = false;
  while (fields.next()) if (fields.is(field, wire.varint)) set = fields.bool;
  return set;
}
