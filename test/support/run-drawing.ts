// Runs drawn as paths of points, one line a series: what the examples of health rules are written in.

import { randomOf } from '../../src/core/base/random';
import { runId } from '../../src/core/base/units';
import type { DrawnExample } from '../../src/core/health/rule';
import { RunBuilder } from '../../src/core/model/builder';
import type { ReadRun } from '../../src/core/model/run';
import { systemName } from '../../src/core/series/role-tables';
import { inferRole } from '../../src/core/series/roles';
import { defaultLimits } from '../../src/core/source/reader';
import { nodeSha256 } from '../../src/host/sha256';

export interface DrawnSeries {
  readonly name: string;
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Milliseconds; null where the drawing gives no time. */
  readonly times?: Float64Array<ArrayBuffer> | null;
}

/**
 * Reads a drawing. A line is a name and then tokens:
 * `/10` a point each 10 steps from here on (default 1) · `@500` the next point is at step 500 · `±0.02` Gaussian noise from here on ·
 * `2.3`, `nan`, `inf` a point, `x20` behind it repeats it · `->0.4 x50` in a line to 0.4 in 50 points · `~>0.4 x50` exponentially towards it
 * (within 1 %) · `=x100` the last level for 100 points · `+2s` each point 2 seconds after the one before from here on (without it no times).
 */
export function seriesFromDrawing(draw: string): readonly DrawnSeries[] {
  return draw
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => drawnSeries(line));
}

function drawnSeries(line: string): DrawnSeries {
  const [name = '', ...tokens] = line.split(/\s+/);
  const random = randomOf(line);
  const steps: number[] = [];
  const values: number[] = [];
  let next = 0;
  let every = 1;
  let level = 0;
  let noise = 0;
  const times: number[] = [];
  let pace: number | null = null;
  let now = 1_700_000_000_000;
  const put = (value: number) => {
    steps.push(next);
    values.push(noise > 0 && Number.isFinite(value) ? value + noise * random.normal() : value);
    next += every;
    if (pace !== null) times.push(now);
    now += pace ?? 0;
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string;
    const times = /^x(\d+)$/.exec(tokens[i + 1] ?? '')?.[1];
    if (token.startsWith('/')) every = Number(token.slice(1));
    else if (token.startsWith('@')) next = Number(token.slice(1));
    else if (/^\+[\d.]+s$/.test(token)) {
      const seconds = Number(token.slice(1, -1));
      // The first point stands at the beginning; a later change of pace counts from the point before.
      if (pace !== null) now += 1000 * seconds - pace;
      pace = 1000 * seconds;
    } else if (token.startsWith('±')) noise = Number(token.slice(1));
    else if (token.startsWith('->') || token.startsWith('~>')) {
      const from = level;
      level = numberOf(token.slice(2));
      const n = Number(times ?? 1);
      for (let t = 1; t <= n; t++) put(token.startsWith('->') ? from + ((level - from) * t) / n : level + (from - level) * Math.exp((-5 * t) / n));
    } else if (token.startsWith('=x')) for (let t = 0; t < Number(token.slice(2)); t++) put(level);
    else if (!/^x\d+$/.test(token)) {
      const value = numberOf(token);
      if (Number.isFinite(value)) level = value;
      for (let t = 0; t < Number(times ?? 1); t++) put(value);
    }
  }
  return { name, steps: Float64Array.from(steps), values: Float64Array.from(values), times: pace === null ? null : Float64Array.from(times) };
}

const numberOf = (text: string): number => ({ nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY })[text] ?? Number(text);

/** A run with the series given; its id and name are `id`. */
export function readRunFromSeries(series: readonly DrawnSeries[], { params = {}, run = {} }: Omit<DrawnExample, 'draw'> = {}, id = 'run'): ReadRun {
  const builder = new RunBuilder(
    { id: runId(id), nativeId: id, path: id, source: 0, format: 'drawn', sources: [], parentIdOf: () => null },
    { sha256: nodeSha256, limits: defaultLimits, inferRole },
  );
  for (const [index, { name, steps, values, times = null }] of series.entries()) {
    builder.apply({ kind: 'series', run: 0, series: index, key: { name, context: {} }, system: systemName.test(name) });
    builder.apply({ kind: 'points', run: 0, series: index, steps, values, times });
  }
  builder.apply({ kind: 'params', run: 0, values: params });
  const read = builder.finish();
  return { ...read, run: { ...read.run, ...run } };
}

export const readRunFromDrawing = (example: DrawnExample, id = 'run'): ReadRun => readRunFromSeries(seriesFromDrawing(example.draw), example, id);
