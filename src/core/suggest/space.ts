// Where to search: what was tried, widened by one step only where the best runs touch the edge.

import { levelText, type Param } from '../effects/param';
import type { Space } from '../effects/space';
import type { Value, Values } from '../model/values';
import type { Trial } from '../trials/trial';
import { type Axis, type ChoiceAxis, coordinate, type NumberAxis } from './axis';

/** A param's range goes beyond what was tried on these sides, because the best runs lie there. */
export interface Widening {
  readonly param: string;
  readonly sides: readonly ('low' | 'high')[];
}

export interface SearchSpace {
  /** Parents before the params that depend on them, otherwise by name. */
  readonly axes: readonly Axis[];
  /** Params that all runs share: each suggestion carries them. */
  readonly fixed: Values;
  /** Params that are not searched: aliases, those that only some runs had, those without any effect. A suggestion takes them from the nearest run. */
  readonly followers: readonly string[];
  readonly widened: readonly Widening[];
}

/** Share of the runs that counts as the best, for edges. */
const bestShare = 0.2;
/** One step beyond an edge: a factor, or a share of the range. */
const logStep = 3;
const linearStep = 0.25;
/** A choice among more than this is only offered where it was tried often or did well. */
const manyChoices = 12;
const oftenTried = 3;

/**
 * The space around runs.
 * @param inert params without any effect where they alone changed
 * @param best trials with a result, the best first
 */
export function searchSpace({ params, aliases, notVaried }: Space, inert: readonly string[], best: readonly Trial[]): SearchSpace {
  const top = best.slice(0, Math.max(2, Math.ceil(best.length * bestShare))).map((trial) => trial.params);
  const all = best.map((trial) => trial.params);
  const widened: Widening[] = [];
  const axes = params.flatMap((param): readonly Axis[] => {
    if (param.scale === 'none') return [choiceAxis(param, top)];
    const axis = numberAxis(param);
    if (axis === null) return [];
    const wide = best.length >= 2 ? widenedAxis(axis, numbersIn(param, top), numbersIn(param, all)) : axis;
    const sides = [...(wide.low < axis.low ? ['low' as const] : []), ...(wide.high > axis.high ? ['high' as const] : [])];
    if (sides.length > 0) widened.push({ param: param.name, sides });
    return [wide];
  });
  const everywhere = notVaried.filter(({ column }) => !column.includes(-1));
  const fixed = Object.fromEntries(everywhere.map(({ name, levels }) => [name, levels[0]?.value ?? null]));
  const followers = [...inert, ...[...aliases.values(), notVaried.filter((param) => !everywhere.includes(param))].flat().map(({ name }) => name)];
  return { axes: parentsFirst(axes), fixed, followers: followers.sort(), widened };
}

const numbersIn = ({ name, levels }: Param, rows: readonly Values[]): readonly number[] => {
  const numbers = new Map(levels.map(({ text, number }) => [text, number]));
  return rows.flatMap((row) => (Object.hasOwn(row, name) ? (numbers.get(levelText(row[name] as Value)) ?? []) : []));
};

function choiceAxis({ name, condition, levels }: Param, top: readonly Values[]): ChoiceAxis {
  const good = new Set(top.flatMap((row) => (Object.hasOwn(row, name) ? [levelText(row[name] as Value)] : [])));
  const offered = levels.length > manyChoices ? levels.filter(({ text, n }) => n >= oftenTried || good.has(text)) : levels;
  return { kind: 'choice', name, condition, choices: (offered.length > 0 ? offered : levels.slice(0, manyChoices)).map(({ value }) => value) };
}

function numberAxis({ name, condition, scale, type, levels }: Param): NumberAxis | null {
  const numbers = levels.map(({ number }) => number as number);
  const usable = scale === 'log' ? numbers.filter((number) => number > 0) : numbers;
  const [low, high] = [usable[0], usable.at(-1)];
  if (low === undefined || high === undefined) return null;
  const integer = type === 'integer';
  const powersOfTwo = scale === 'log' && integer && usable.length > 1 && usable.every((number) => Number.isInteger(Math.log2(number)));
  return {
    kind: 'number',
    name,
    condition,
    scale: scale === 'log' ? 'log' : 'linear',
    low,
    high,
    seen: usable,
    integer,
    powersOfTwo,
    zero: scale === 'log' && numbers.includes(0),
  };
}

function widenedAxis(axis: NumberAxis, top: readonly number[], all: readonly number[]): NumberAxis {
  const { scale, low, high, integer } = axis;
  const limits = limitsOf(axis);
  const range = (high - low) * linearStep;
  const step = integer ? Math.max(1, range) : range;
  const below = touches(axis, low, top, all) ? Math.max(limits.low, scale === 'log' ? low / logStep : low - step) : low;
  const above = touches(axis, high, top, all) ? Math.min(limits.high, scale === 'log' ? high * logStep : high + step) : high;
  return { ...axis, low: Math.min(low, integer ? Math.ceil(below) : below), high: Math.max(high, integer ? Math.floor(above) : above) };
}

/** This share of the range, on its scale, belongs to an edge. */
const edgeShare = 0.05;
/** The best must lie there more often than all by this factor: some of many best runs are at any edge by chance. */
const enriched = 1.5;

function touches(axis: NumberAxis, edge: number, top: readonly number[], all: readonly number[]): boolean {
  const at = coordinate(axis, edge);
  const share = (values: readonly number[]): number =>
    values.filter((value) => Math.abs(coordinate(axis, value) - at) <= edgeShare).length / Math.max(1, values.length);
  return share(top) > 0 && share(top) >= enriched * share(all);
}

const shareNames = /(drop(out|path|[_-]?connect)?([_-]?(rate|prob|p))?|^p|prob(ability)?|momentum|betas?[_-]?\d*|smoothing|decay[_-]?rate)[_-]?\d*$/i;
const fractionNames = /(frac(tion)?|ratio|share|subsample|colsample\w*)[_-]?\d*$/i;

/** What a param of this name and kind cannot leave. What was tried is never outside. */
function limitsOf({ name, integer, scale, low, high }: NumberAxis): { readonly low: number; readonly high: number } {
  const own = (name.split(/[./]/).at(-1) ?? name).slice(-200);
  const above = low > 0 ? Number.MIN_VALUE : 0;
  if (low >= 0 && high <= 1 && !integer) {
    // A share that may be 0 but not 1: dropping everything leaves nothing, momentum 1 never settles.
    if (shareNames.test(own)) return { low: 0, high: Math.max(high, high < 0.95 ? 0.95 : 1 - (1 - high) / 2) };
    if (fractionNames.test(own)) return { low: Math.min(low, 0.05), high: 1 };
  }
  if (scale === 'log') return { low: integer ? 1 : above, high: integer ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE };
  if (integer) return { low: low >= 1 ? 1 : low >= 0 ? 0 : Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER };
  // Nobody tried a negative value: there may be none. And not 0 by a linear step, where everything was above it.
  return { low: low >= 0 ? Math.min(low, low > 0 ? low / logStep : 0) : Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}

function parentsFirst(axes: readonly Axis[]): readonly Axis[] {
  const depth = (axis: Axis, seen: readonly string[] = []): number => {
    const parent = axis.condition && axes.find(({ name }) => name === axis.condition?.param);
    return parent && !seen.includes(parent.name) ? 1 + depth(parent, [...seen, axis.name]) : 0;
  };
  return [...axes].sort((a, b) => depth(a) - depth(b) || (a.name < b.name ? -1 : 1));
}
