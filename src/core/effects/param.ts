// A param that was varied, as a column of levels: its type, its scale, and where it applies.

import { normalise } from '../compare/same-value';
import type { Value } from '../model/values';

export type ParamType = 'number' | 'integer' | 'boolean' | 'category';
export type Scale = 'linear' | 'log' | 'none';

export interface Level {
  readonly text: string;
  /** As logged by the first trial that has it. */
  readonly value: Value;
  /** Null for a level that is no number. */
  readonly number: number | null;
  /** Trials that have it. */
  readonly n: number;
}

/** A param exists only where another has one of some levels (momentum only with sgd). */
export interface Condition {
  readonly param: string;
  /** Levels of that param, as texts. */
  readonly levels: readonly string[];
}

export interface Param {
  readonly name: string;
  readonly type: ParamType;
  readonly scale: Scale;
  /** Numbers ascending, everything else by text. */
  readonly levels: readonly Level[];
  /** Level of each trial, −1 where the trial does not have the param. */
  readonly column: Int32Array;
  readonly condition: Condition | null;
}

/** Value as a key of equality: `"1e-3"` and `0.001` are one; lists and objects are their JSON with sorted keys. */
export function levelText(value: Value): string {
  const plain = normalise(value);
  if (typeof plain === 'number') return Object.is(plain, -0) ? '0' : String(plain);
  if (plain === null) return 'None';
  return typeof plain === 'object' ? canonical(plain) : String(plain);
}

function canonical(value: Value): string {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item: Value) => canonical(item)).join(',')}]`;
  const members = value as { readonly [key: string]: Value };
  return `{${Object.keys(members)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(members[key] ?? null)}`)
    .join(',')}}`;
}

/** The values of one param over all trials as a column of levels. */
export function paramOf(name: string, values: readonly (Value | undefined)[]): Param {
  const found = new Map<string, { value: Value; number: number | null; n: number }>();
  const texts = values.map((value) => (value === undefined ? null : levelText(value)));
  for (const [row, text] of texts.entries()) {
    if (text === null) continue;
    const level = found.get(text);
    if (level) level.n += 1;
    else found.set(text, { value: values[row] as Value, number: finite(values[row] as Value), n: 1 });
  }
  const levels = [...found].map(([text, level]) => ({ text, ...level }));
  const numbers = levels.every(({ number }) => number !== null);
  levels.sort((a, b) => (numbers ? (a.number as number) - (b.number as number) : 0) || (a.text < b.text ? -1 : 1));
  const index = new Map(levels.map(({ text }, at) => [text, at]));
  const column = Int32Array.from(texts, (text) => (text === null ? -1 : (index.get(text) as number)));
  const type = typeOf(levels);
  return { name, type, scale: scaleOf(name, type, levels), levels, column, condition: null };
}

function finite(value: Value): number | null {
  const plain = normalise(value);
  if (typeof plain === 'bigint') return Number(plain);
  return typeof plain === 'number' && Number.isFinite(plain) ? plain : null;
}

function typeOf(levels: readonly Level[]): ParamType {
  if (levels.every(({ number }) => number !== null)) return levels.every(({ number }) => Number.isInteger(number)) ? 'integer' : 'number';
  return levels.every(({ text }) => text === 'true' || text === 'false') ? 'boolean' : 'category';
}

/** Params that people vary by factors. */
const byFactors =
  /(^|[._/-])(lr|learning[_-]?rate|weight[_-]?decay|wd|eps|epsilon|alpha|c|gamma|lambda|reg(ularization)?|l1|l2|batch[_-]?size|bs|width|hidden([_-]?(size|dim|units))?|units|n[_-]?estimators|tau)($|[._/-])/i;

/** Log where the values span two decades, stand at equal ratios, or the name is one that people vary by factors and they span a factor of four. */
function scaleOf(name: string, type: ParamType, levels: readonly Level[]): Scale {
  if (type !== 'number' && type !== 'integer') return 'none';
  const all = levels.map(({ number }) => number as number);
  const positive = all.filter((number) => number > 0);
  if (positive.length < 2 || all.some((number) => number < 0)) return 'linear';
  const span = (positive.at(-1) as number) / (positive[0] as number);
  const factors = span >= 100 || (span >= 4 && (byFactors.test(name) || equalRatios(positive)));
  // A share that goes down to 0.01 is still a share: dropout of 0.01 … 0.5.
  const share = (positive.at(-1) as number) <= 1 && /dropout|momentum|beta|ratio|fraction|prob/i.test(name);
  return factors && !share ? 'log' : 'linear';
}

function equalRatios(ascending: readonly number[]): boolean {
  if (ascending.length < 3 || ascending.length > 32) return false;
  const steps = ascending.slice(1).map((number, at) => Math.log(number / (ascending[at] as number)));
  return Math.max(...steps) <= 1.35 * Math.min(...steps);
}

/**
 * Place of each level on a scale from 0 to 1, for axes and distances; null for a param without order.
 * A zero on a log scale stands one typical step below the smallest positive value.
 */
export function positionsOf({ type, scale, levels }: Pick<Param, 'type' | 'scale' | 'levels'>): readonly number[] | null {
  if (type !== 'number' && type !== 'integer') return null;
  const numbers = levels.map(({ number }) => number as number);
  const logs = numbers.filter((number) => number > 0).map(Math.log);
  const step = logs.length > 1 ? ((logs.at(-1) as number) - (logs[0] as number)) / (logs.length - 1) : 1;
  const places = scale === 'log' ? numbers.map((number) => (number > 0 ? Math.log(number) : (logs[0] as number) - step)) : numbers;
  const low = Math.min(...places);
  const span = Math.max(...places) - low;
  return places.map((place) => (span > 0 ? (place - low) / span : 0));
}
