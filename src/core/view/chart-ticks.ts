// Round places on an axis and what to write there: numbers, powers of ten, local time, durations.

import { fullNumber, numberTo, shortNumber } from './chart-numbers';
import type { AxisScale } from './chart-spec';
import { type DateParts, datePartsOf, offsetMs } from './date-style';

export interface Tick {
  /** In data units. */
  readonly at: number;
  readonly text: string;
}

/** About `wanted` round places within [min, max]; at least one label wherever the range holds a round number. */
export function ticksOf(scale: AxisScale, min: number, max: number, wanted: number): readonly Tick[] {
  if (!(max > min) || !Number.isFinite(max - min)) return Number.isFinite(min) ? [{ at: min, text: shortNumber(min) }] : [];
  switch (scale) {
    case 'linear':
      return linearTicks(min, max, wanted);
    case 'log':
      return logTicks(min, max, wanted);
    case 'time':
      return timeTicks(min, max, wanted);
    case 'duration':
      return durationTicks(min, max, wanted);
  }
}

/** The least of 1, 2, 2.5, 5 × 10ⁿ that is not below `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5 ? 2.5 : share <= 5 ? 5 : 10) * power;
}

function linearTicks(min: number, max: number, wanted: number): readonly Tick[] {
  const step = niceStep((max - min) / wanted);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Digits that the step needs beyond the size of the largest tick: neighbours never read the same.
  const size = Math.max(Math.abs(first), Math.abs(last)) * step;
  const digits = Math.min(15, Math.max(3, Math.floor(Math.log10(size / step)) + 3));
  const ticks: Tick[] = [];
  for (let i = first; i <= last && ticks.length < 100; i++) {
    const at = Number((i * step).toPrecision(12));
    ticks.push({ at, text: axisNumber(at, digits, size) });
  }
  return ticks;
}

/** All ticks of an axis in one notation: with an exponent when its largest tick needs one. */
function axisNumber(at: number, digits: number, size: number): string {
  if (at === 0) return '0';
  if (size >= 1e6) return scaled(at, size);
  if (size >= 1e-3) return numberTo(digits, at);
  return at
    .toExponential(digits - 1)
    .replace(/\.?0+e/, 'e')
    .replaceAll('-', '−');
}

function scaled(at: number, size: number): string {
  for (const [unit, name] of [
    [1e9, 'G'],
    [1e6, 'M'],
  ] as const)
    if (size < unit * 1000 && size >= unit) return `${String(Number((at / unit).toPrecision(6))).replace('-', '−')}${name}`;
  return numberTo(6, at);
}

function logTicks(min: number, max: number, wanted: number): readonly Tick[] {
  const low = Math.ceil(Math.log10(min) - 1e-9);
  const high = Math.floor(Math.log10(max) + 1e-9);
  const decades = high - low + 1;
  if (decades >= 3) {
    const every = Math.max(1, Math.ceil(decades / wanted));
    return range(low, high)
      .filter((power) => power % every === 0)
      .map((power) => ({ at: 10 ** power, text: powerText(power) }));
  }
  const shares = [1, 2, 5].flatMap((share) => range(low - 1, high + 1).map((power) => share * 10 ** power));
  const inside = shares.filter((at) => at >= min * (1 - 1e-9) && at <= max * (1 + 1e-9)).sort((a, b) => a - b);
  return inside.length >= 2 ? inside.map((at) => ({ at, text: numberTo(3, at) })) : linearTicks(min, max, Math.max(2, wanted - 1));
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

const powerText = (power: number): string => (power >= -3 && power <= 4 ? shortNumber(Number(`1e${power}`)) : `1e${power}`.replace('-', '−'));

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [
  1,
  5,
  20,
  100,
  500,
  second,
  2 * second,
  5 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  28 * day,
  91 * day,
  365 * day,
];

const stepFrom = (rough: number): number => timeSteps.find((step) => step >= rough) ?? niceStep(rough / (365 * day)) * 365 * day;

/** Round in the time of the page's zone, so that midnight is a tick; the first of a day carries the date. */
function timeTicks(min: number, max: number, wanted: number): readonly Tick[] {
  const step = stepFrom((max - min) / wanted);
  const offset = offsetMs(min);
  const first = Math.ceil((min - offset) / step) * step + offset;
  const ticks: Tick[] = [];
  let previous = '';
  for (let at = first; at <= max && ticks.length < 100; at += step) {
    const date = datePartsOf(at);
    const dayText = `${date.day} ${date.monthName}`;
    const clock = step >= minute ? `${two(date.hour)}:${two(date.minute)}` : clockText(date, step);
    const text = step >= 28 * day ? `${dayText} ${date.year}` : step >= day ? dayText : dayText === previous ? clock : `${dayText} ${clock}`;
    previous = dayText;
    ticks.push({ at, text });
  }
  return ticks;
}

const two = (n: number): string => String(n).padStart(2, '0');
const clockText = (date: DateParts, step: number): string =>
  `${two(date.hour)}:${two(date.minute)}:${two(date.second)}${step < second ? `.${String(date.ms).padStart(3, '0')}` : ''}`;

function durationTicks(min: number, max: number, wanted: number): readonly Tick[] {
  const span = max - min;
  if (span < 2) return linearTicks(min, max, wanted).map((tick) => ({ at: tick.at, text: tick.at === 0 ? '0' : `${tick.text}s` }));
  const step = stepFrom((span * second) / wanted) / second;
  const ticks: Tick[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-12) && ticks.length < 100; i++)
    ticks.push({ at: i * step, text: durationText(i * step) });
  return ticks;
}

/** 0, 45s, 2m 30s, 3h 20m, 2d 4h. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return fullNumber(seconds);
  if (seconds < 0) return `−${durationText(-seconds)}`;
  if (seconds === 0) return '0';
  if (seconds < 60) return `${Number(seconds.toPrecision(4))}s`;
  const whole = Math.round(seconds);
  const parts: readonly (readonly [number, string])[] =
    whole < 3600
      ? [
          [Math.floor(whole / 60), 'm'],
          [whole % 60, 's'],
        ]
      : whole < 86_400
        ? [
            [Math.floor(whole / 3600), 'h'],
            [Math.floor((whole % 3600) / 60), 'm'],
          ]
        : [
            [Math.floor(whole / 86_400), 'd'],
            [Math.floor((whole % 86_400) / 3600), 'h'],
          ];
  return parts
    .filter(([n], i) => i === 0 || n > 0)
    .map(([n, unit]) => `${n}${unit}`)
    .join(' ');
}

/** Date and time to the millisecond where there is one: 23 Nov 2026 20:45:03. */
export function momentText(ms: number): string {
  if (Number.isNaN(new Date(ms).getTime())) return fullNumber(ms);
  const date = datePartsOf(ms);
  return `${date.day} ${date.monthName} ${date.year} ${clockText(date, ms % 1000 === 0 ? second : 1)}`;
}

/** A place on an axis in a tooltip. */
export function placeText(scale: AxisScale, at: number): string {
  return scale === 'time' ? momentText(at) : scale === 'duration' ? durationText(at) : numberTo(9, at);
}
