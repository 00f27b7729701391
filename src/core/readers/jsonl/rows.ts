// What one JSON row is: settings of the run, a summary, or points.

import { isObject } from '../../formats/flatten';
import type { Value, Values } from '../../model/values';
import { partOf } from '../_history/columns';

export type Row = { readonly [key: string]: Value };

export type Meaning =
  | { readonly kind: 'points'; readonly row: Row }
  | { readonly kind: 'params'; readonly values: Values }
  | { readonly kind: 'summary'; readonly values: Values };

const settingsWord =
  /^(?:run[_-]?)?(?:config|configuration|cfg|conf|args|arguments|hparams|hyper[_-]?param(?:eter)?s|params|parameters|settings|flags|options|setup|meta|metadata)$/i;
const summaryWord = /^(?:summary|final|final[_-]?results?|end|done|finished|best)$/i;

/** The key that says what kind of row it is: `{"type": "train", …}`. */
export const kindKeyOf = (row: Row): string | null => Object.keys(row).find((key) => partOf(key)?.part === 'split' && typeof row[key] === 'string') ?? null;

/** A row says itself what it is: by its kind, by wrapping settings, or by having a step. */
export function meaningOf(row: Row): Meaning {
  const keys = Object.keys(row);
  const stepped = keys.some(isAxis);
  const kindKey = kindKeyOf(row);
  const kind = kindKey === null ? '' : String(row[kindKey]);
  const rest = (): Values => Object.fromEntries(keys.flatMap((key) => (key === kindKey || partOf(key)?.part === 'time' ? [] : [[key, row[key]!]])));
  const wrapped = keys.find((key) => settingsWord.test(key) && isObject(row[key]));
  if (!stepped && settingsWord.test(kind)) return { kind: 'params', values: wrapped === undefined ? rest() : (row[wrapped] as Values) };
  if (!stepped && wrapped !== undefined) return { kind: 'params', values: row[wrapped] as Values };
  if (!stepped && summaryWord.test(kind)) return { kind: 'summary', values: rest() };
  return { kind: 'points', row };
}

/** Whether a key is a step or an epoch: rows with one are points. */
export function isAxis(key: string): boolean {
  const part = partOf(key)?.part;
  return part === 'step' || part === 'epoch' || part === 'weak-step';
}

/**
 * A first row without step or time, where the next rows have one, holds settings.
 * @param next the row behind it
 */
export function isSettingsRow(first: Row, next: Row | undefined): boolean {
  const keys = Object.keys(first);
  const timed = (row: Row) => Object.keys(row).some((key) => isAxis(key) || partOf(key)?.part === 'time');
  if (!next || timed(first) || !Object.keys(next).some(isAxis) || meaningOf(first).kind !== 'points') return false;
  return keys.every((key) => !(key in next) || partOf(key)?.part === 'split' || partOf(key)?.part === 'run');
}
