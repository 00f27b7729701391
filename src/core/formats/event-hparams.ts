// The hyperparameter plugin of TensorBoard: what a session of an event folder was started with and how it ended.

import type { Value } from '../model/values';
import { WireFields, wire } from './protobuf';

/** What the sessions of one folder say; null where nothing was written. */
export interface Sessions {
  /** Name → value as written; numbers are doubles. */
  readonly params: ReadonlyMap<string, Value>;
  readonly status: 'success' | 'failure' | 'running' | 'unknown' | null;
  /** Seconds since the epoch. */
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
  readonly group: string | null;
  readonly experiment: { readonly name: string | null; readonly description: string | null; readonly user: string | null } | null;
}

const statuses = ['unknown', 'success', 'failure', 'running'] as const;
const maxDepth = 32;

/** Gathers the plugin's messages; the first of each kind counts, as in TensorBoard. */
export class SessionReader implements Sessions {
  readonly params = new Map<string, Value>();
  status: Sessions['status'] = null;
  startSeconds: number | null = null;
  endSeconds: number | null = null;
  group: string | null = null;
  experiment: Sessions['experiment'] = null;
  private started = false;

  /**
   * Takes the content of a summary's plugin data.
   * @throws malformed
   */
  take(content: WireFields): void {
    const fields = new WireFields();
    for (fields.inside(content); fields.next(); ) {
      if (fields.is(2, wire.bytes)) this.experiment ??= experimentOf(fields);
      else if (fields.is(3, wire.bytes)) this.start(fields);
      else if (fields.is(4, wire.bytes)) this.end(fields);
    }
  }

  private start(outer: WireFields): void {
    if (this.started) return;
    this.started = true;
    const fields = new WireFields();
    for (fields.inside(outer); fields.next(); ) {
      if (fields.is(1, wire.bytes)) this.param(fields);
      else if (fields.is(4, wire.bytes)) this.group = fields.text || null;
      else if (fields.is(5, wire.fixed64)) this.startSeconds = secondsOf(fields.float64);
    }
  }

  private param(outer: WireFields): void {
    const fields = new WireFields();
    let name = '';
    let value: Value = null;
    for (fields.inside(outer); fields.next(); ) {
      if (fields.is(1, wire.bytes)) name = fields.text;
      else if (fields.is(2, wire.bytes)) value = anyValue(fields, 0);
    }
    this.params.set(name, value);
  }

  private end(outer: WireFields): void {
    if (this.status !== null) return;
    this.status = 'unknown';
    const fields = new WireFields();
    for (fields.inside(outer); fields.next(); ) {
      if (fields.is(1, wire.varint)) this.status = statuses[fields.int64] ?? 'unknown';
      else if (fields.is(2, wire.fixed64)) this.endSeconds = secondsOf(fields.float64);
    }
  }
}

/** Zero is what is left unset. */
const secondsOf = (seconds: number): number | null => (Number.isFinite(seconds) && seconds > 0 ? seconds : null);

function experimentOf(outer: WireFields): Sessions['experiment'] {
  const texts: Record<number, string> = {};
  const fields = new WireFields();
  for (fields.inside(outer); fields.next(); ) if (fields.type === wire.bytes && (fields.field <= 2 || fields.field === 6)) texts[fields.field] = fields.text;
  return { name: texts[6] || null, description: texts[1] || null, user: texts[2] || null };
}

/** A `google.protobuf.Value`; one with nothing set is null. */
function anyValue(outer: WireFields, depth: number): Value {
  const fields = new WireFields();
  let value: Value = null;
  for (fields.inside(outer); fields.next(); ) {
    if (fields.is(2, wire.fixed64)) value = fields.float64;
    else if (fields.is(3, wire.bytes)) value = fields.text;
    else if (fields.is(4, wire.varint)) value = fields.low !== 0;
    else if (fields.is(5, wire.bytes) && depth < maxDepth) value = structValue(fields, depth + 1);
    else if (fields.is(6, wire.bytes) && depth < maxDepth) value = listValue(fields, depth + 1);
  }
  return value;
}

function listValue(outer: WireFields, depth: number): Value {
  const values: Value[] = [];
  const fields = new WireFields();
  for (fields.inside(outer); fields.next(); ) if (fields.is(1, wire.bytes)) values.push(anyValue(fields, depth));
  return values;
}

function structValue(outer: WireFields, depth: number): Value {
  const entries: [string, Value][] = [];
  const fields = new WireFields();
  const entry = new WireFields();
  for (fields.inside(outer); fields.next(); ) {
    if (!fields.is(1, wire.bytes)) continue;
    let name = '';
    let value: Value = null;
    for (entry.inside(fields); entry.next(); ) {
      if (entry.is(1, wire.bytes)) name = entry.text;
      else if (entry.is(2, wire.bytes)) value = anyValue(entry, depth);
    }
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}
