// Config and summary as a log builds them up: updates and removals by path, the last one per path counts.

import { flatten, isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { textOf, WireFields, wire } from '../../formats/protobuf';
import type { Value, Values } from '../../model/values';
import { anyItem, ItemCursor, KeyTable } from './key-table';

const field = { update: 1, remove: 2 } as const;

/** The last thing written to a path, as bytes: a summary is written anew with every row, and only its end is of interest. */
interface Slot {
  readonly path: readonly string[];
  order: number;
  json: Uint8Array;
  length: number;
  removed: boolean;
}

const usualLength = 32;

/** Which of the values are the user's. */
export interface Wanted {
  /** True for names of the first level that are W&B's own. */
  isInternal(name: string): boolean;
  /** Whether media objects (they have a `_type`) are kept as values. */
  readonly media: boolean;
}

export const configValues: Wanted = { isInternal: (name) => name === '_wandb', media: true };
export const summaryValues: Wanted = { isInternal: (name) => name.startsWith('_'), media: false };

/** A tree whose names cannot clash with anything of JavaScript's. */
type Node = Map<string, Node | Value>;

export class WrittenValues {
  private readonly keys: KeyTable<Slot>;
  private readonly fields = new WireFields();
  private readonly inner = new WireFields();
  private readonly cursor = new ItemCursor();
  private order = 0;

  /** @param mostNames limit on the number of paths */
  constructor(mostNames: number) {
    this.keys = new KeyTable((path) => ({ path, order: 0, json: new Uint8Array(usualLength), length: 0, removed: true }), mostNames);
  }

  get refused(): number {
    return this.keys.refused;
  }

  /** Takes a ConfigRecord or a SummaryRecord. @throws malformed */
  record(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const { fields } = this;
    for (fields.open(bytes, view, start, end); fields.next(); ) {
      if (fields.is(field.update, wire.bytes)) this.update(bytes, fields.start, fields.end);
      else if (fields.is(field.remove, wire.bytes)) this.slotOf(bytes, fields.start, fields.end).removed = true;
    }
  }

  /**
   * What stands there in the end, nested names joined with `.`.
   * @param bad called for each value that is no JSON
   */
  values(wanted: Wanted, bad: (name: string) => void): Values {
    const root: Node = new Map();
    for (const slot of [...this.keys.all()].sort((a, b) => a.order - b.order)) {
      const [first = ''] = slot.path;
      if (slot.order === 0 || first === '' || wanted.isInternal(first)) continue;
      if (slot.removed) remove(root, slot.path);
      else
        try {
          put(root, slot.path, parseJson(textOf(slot.json, 0, slot.length)));
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          bad(slot.path.join('.'));
        }
    }
    return flatten(plain(root, wanted.media));
  }

  private update(bytes: Uint8Array, start: number, end: number): void {
    const slot = this.slotOf(bytes, start, end);
    const { valueStart, valueEnd } = this.cursor;
    const length = valueEnd - valueStart;
    slot.removed = false;
    slot.length = length;
    if (length <= usualLength && slot.json.length === usualLength) for (let at = 0; at < length; at++) slot.json[at] = bytes[valueStart + at] as number;
    else slot.json = bytes.slice(valueStart, valueEnd);
  }

  private slotOf(bytes: Uint8Array, start: number, end: number): Slot {
    const { cursor, inner, fields } = this;
    const slot = cursor.split(bytes, start, end)
      ? this.keys.of(bytes, start, cursor.keyEnd)
      : this.keys.ofPath(anyItem(inner.open(bytes, fields.view, start, end), cursor));
    slot.order = ++this.order;
    return slot;
  }
}

const isNode = (value: Node | Value | undefined): value is Node => value instanceof Map;
const grow = (value: Value): Node | Value => (isObject(value) ? new Map(Object.entries(value).map(([name, inner]) => [name, grow(inner)])) : value);

function put(node: Node, path: readonly string[], value: Value): void {
  let at = node;
  for (const name of path.slice(0, -1)) {
    const known = at.get(name);
    const next: Node = isNode(known) ? known : new Map();
    at.set(name, next);
    at = next;
  }
  at.set(path.at(-1) as string, grow(value));
}

function remove(node: Node, path: readonly string[]): void {
  let at: Node | Value | undefined = node;
  for (const name of path.slice(0, -1)) at = isNode(at) ? at.get(name) : undefined;
  if (isNode(at)) at.delete(path.at(-1) as string);
}

function plain(node: Node, media: boolean): Value {
  const entries: [string, Value][] = [];
  for (const [name, value] of node) {
    if (!isNode(value)) entries.push([name, value]);
    else if (media || !value.has('_type')) entries.push([name, plain(value, media)]);
  }
  return Object.fromEntries(entries);
}

/** The same for a JSON object that is already whole: files of an online run. */
export function flatValues(value: Value, wanted: Wanted): Values {
  const node = grow(value);
  if (!isNode(node)) return {};
  for (const name of [...node.keys()]) if (wanted.isInternal(name)) node.delete(name);
  return flatten(plain(node, wanted.media));
}
