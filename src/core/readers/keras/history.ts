// History.history as JSON: an object of lists, one number per epoch.

import { isObject } from '../../formats/flatten';
import { parsePartial } from '../../formats/json-partial';
import { decodeUtf8 } from '../../formats/text';
import type { Value } from '../../model/values';
import { isCurve, itemNumber, type ListedCurve } from '../_history/curves';
import { areKerasMetrics } from './names';

export interface History {
  readonly curves: readonly ListedCurve[];
  readonly notes: readonly string[];
}

/** Told without parsing: the first value is a list. */
const begins = /^\s*\{\s*"[^"]*"\s*:\s*\[/;

/** The history that the first bytes of a file begin, or null. */
export function headHistory(head: Uint8Array, whole: boolean): History | null {
  const { text } = decodeUtf8(head);
  const value = begins.test(text) ? parsePartial(text) : undefined;
  return value === undefined ? null : historyOf(value, !whole);
}

/**
 * @param partial the value may have been cut
 * @returns null where it is no history of Keras
 */
export function historyOf(value: Value, partial: boolean): History | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const lists = entries.filter((entry): entry is [string, readonly Value[]] => isCurve(entry[1]));
  if (lists.length === 0 || lists.length < entries.length - (partial ? 1 : 0)) return null;
  const metrics = lists.map(([name, items]) => ({ name, values: items.flatMap((item) => itemNumber(item) ?? []) }));
  const epochs = Math.max(...lists.map(([, items]) => items.length));
  const trained = lists.filter(([name]) => !name.startsWith('val_'));
  if (!areKerasMetrics(metrics, partial) || (!partial && trained.some(([, items]) => items.length !== epochs))) return null;
  return { curves: lists.map(([name, items]) => ({ name, items, stepped: !isSparse(name, items, epochs) })), notes: sparseNotes(lists, epochs) };
}

/** With `validation_freq` the lists of validation hold only the epochs that were validated, and not which. */
const isSparse = (name: string, items: readonly Value[], epochs: number): boolean => name.startsWith('val_') && items.length < epochs;

function sparseNotes(lists: readonly (readonly [string, readonly Value[]])[], epochs: number): string[] {
  const sparse = lists.filter(([name, items]) => isSparse(name, items, epochs)).map(([name, items]) => `${name} (${items.length})`);
  return sparse.length === 0
    ? []
    : [`Not every one of ${epochs} epochs was validated, and the file does not say which were: no epochs for ${sparse.join(', ')}.`];
}
