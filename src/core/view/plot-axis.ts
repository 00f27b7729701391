// Axes of plots over runs: a param with its levels, or the metric.

import type { Level, Param } from '../effects/param';
import { shortNumber } from './chart-numbers';
import type { Tick } from './chart-ticks';
import type { PlotAxis } from './plot-spec';

/** A param on an axis, and where each of its levels lies in the axis' units. */
export interface ParamAxis {
  readonly axis: PlotAxis;
  readonly places: readonly number[];
}

/** Levels with a text of their own; beyond, round numbers, or one place for all rarer names. */
const mostTicks = 9;
const mostNames = 40;

export type PlotParam = Pick<Param, 'name' | 'type' | 'scale' | 'levels' | 'column'>;

export function paramAxis({ name, type, scale, levels }: PlotParam): ParamAxis {
  const ordered = type === 'number' || type === 'integer';
  if (!ordered) return categoryAxis(name, levels);
  const numbers = levels.map((level) => level.number as number);
  if (scale === 'log') return logAxis(name, levels, numbers);
  const [low, high] = padded(numbers[0] as number, numbers.at(-1) as number);
  return {
    axis: { label: name, scale: 'linear', min: low, max: high, ticks: levels.length <= mostTicks && spread(numbers) ? ticksOfLevels(levels, numbers) : null },
    places: numbers,
  };
}

/** Zero has no logarithm: it stands one typical step below the least positive value, under its own name. */
function logAxis(name: string, levels: readonly Level[], numbers: readonly number[]): ParamAxis {
  const positive = numbers.filter((number) => number > 0);
  const [least, greatest] = [positive[0] as number, positive.at(-1) as number];
  const step = positive.length > 1 ? (greatest / least) ** (1 / (positive.length - 1)) : 10;
  const places = numbers.map((number) => (number > 0 ? number : least / Math.max(2, step)));
  const pad = Math.max(1.2, (greatest / least) ** 0.09);
  const zero = numbers.some((number) => !(number > 0));
  const ticks =
    levels.length <= mostTicks
      ? ticksOfLevels(levels, places)
      : zero
        ? [{ at: places[0] as number, text: levels[0]?.text ?? '0' }, ...decades(least, greatest)]
        : null;
  return { axis: { label: name, scale: 'log', min: Math.min(...places.slice(0, 1), least) / pad, max: greatest * pad, ticks }, places };
}

function decades(least: number, greatest: number): readonly Tick[] {
  const [low, high] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(greatest))];
  return Array.from({ length: Math.max(0, Math.min(20, high - low + 1)) }, (_, i) => ({ at: 10 ** (low + i), text: shortNumber(10 ** (low + i), 3) }));
}

/** The most frequent names have a place each, in the order of names; all others share the last. */
function categoryAxis(label: string, levels: readonly Level[]): ParamAxis {
  const frequent = new Set([...levels].sort((a, b) => b.n - a.n || (a.text < b.text ? -1 : 1)).slice(0, mostNames - 1));
  const kept = levels.length <= mostNames ? levels : levels.filter((level) => frequent.has(level));
  const at = new Map(kept.map(({ text }, i) => [text, i]));
  const others = levels.length - kept.length;
  const ticks: readonly Tick[] = [...kept.map(({ text }, i) => ({ at: i, text })), ...(others > 0 ? [{ at: kept.length, text: `${others} others` }] : [])];
  return { axis: { label, scale: 'category', min: -0.5, max: ticks.length - 0.5, ticks }, places: levels.map(({ text }) => at.get(text) ?? kept.length) };
}

const ticksOfLevels = (levels: readonly Level[], places: readonly number[]): readonly Tick[] =>
  levels.map((level, i) => ({ at: places[i] as number, text: level.number === null ? level.text : shortNumber(level.number, 4) }));

/** Whether levels are far enough apart for a text each. */
const spread = (ascending: readonly number[]): boolean => {
  const range = (ascending.at(-1) as number) - (ascending[0] as number);
  return ascending.every((number, i) => i === 0 || number - (ascending[i - 1] as number) >= range / 16);
};

/** The outcome: a log axis where values are positive and span more than a thousandfold. */
export function outcomeAxis(label: string, values: readonly number[]): PlotAxis {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(low <= high)) return { label, scale: 'linear', min: 0, max: 1, ticks: null };
  if (low > 0 && high / low > 1000) return { label, scale: 'log', min: low / (high / low) ** 0.04, max: high * (high / low) ** 0.04, ticks: null };
  const [min, max] = padded(low, high);
  return { label, scale: 'linear', min, max, ticks: null };
}

function padded(low: number, high: number): readonly [number, number] {
  const pad = high > low ? (high - low) * 0.08 : Math.max(Math.abs(low) * 0.05, 0.5);
  return [low - pad, high + pad];
}
