// Points as bytes: several series in one buffer of little 64-bit columns, steps as start and stride where they allow it.

import type { Points } from '../../core/model/run';

/*
 * Words of 8 bytes: [n, offset of series 0 … n-1], then per series [count, step mode, start, stride, has times, values…, steps…, times…].
 * The byte order is the machine's: a store never leaves its machine (bundles have a format of their own).
 */
const headerWords = 5;
const noSteps = 0;
const explicitSteps = 1;
const evenSteps = 2;

/** Several series in one buffer. */
export function encodeColumns(list: readonly Points[]): ArrayBuffer {
  const modes = list.map(stepMode);
  const words = list.map(({ values, times }, at) => headerWords + values.length * (1 + (modes[at] === explicitSteps ? 1 : 0) + (times ? 1 : 0)));
  const out = new Float64Array(1 + list.length + words.reduce((sum, count) => sum + count, 0));
  out[0] = list.length;
  let offset = 1 + list.length;
  list.forEach(({ steps, values, times }, at) => {
    out[1 + at] = offset;
    const mode = modes[at] as number;
    const even = mode === evenSteps && steps;
    out.set([values.length, mode, even ? (steps[0] ?? 0) : 0, even ? strideOf(steps) : 0, times ? 1 : 0], offset);
    let next = offset + headerWords;
    for (const column of [values, mode === explicitSteps ? steps : null, times]) {
      if (!column) continue;
      out.set(column, next);
      next += column.length;
    }
    offset += words[at] as number;
  });
  return out.buffer;
}

/** One series of a buffer, as a copy. @throws RangeError when the buffer holds no such series */
export function decodeColumns(buffer: ArrayBuffer, at: number): Points {
  const words = new Float64Array(buffer);
  if (!(at >= 0 && at < (words[0] ?? 0))) throw new RangeError(`no series ${at} in a pack of ${words[0] ?? 0}`);
  const offset = words[1 + at] as number;
  const [count = 0, mode, start = 0, stride = 0, hasTimes] = words.subarray(offset, offset + headerWords);
  let next = offset + headerWords;
  const column = (): Float64Array<ArrayBuffer> => {
    const found = words.slice(next, next + count);
    next += count;
    return found;
  };
  const values = column();
  const steps = mode === explicitSteps ? column() : mode === evenSteps ? Float64Array.from({ length: count }, (_, index) => start + index * stride) : null;
  return { values, steps, times: hasTimes === 1 ? column() : null };
}

const strideOf = (steps: Float64Array): number => (steps.length > 1 ? (steps[1] as number) - (steps[0] as number) : 0);

function stepMode({ steps }: Points): number {
  if (!steps) return noSteps;
  if (steps.length === 0) return evenSteps;
  const start = steps[0] as number;
  const stride = strideOf(steps);
  for (let index = 0; index < steps.length; index += 1) if (!Object.is(start + index * stride, steps[index])) return explicitSteps;
  return evenSteps;
}

/** The points [from, to) of a series, without a copy. */
export const slicePoints = ({ steps, values, times }: Points, from: number, to: number): Points => ({
  steps: steps ? steps.subarray(from, to) : null,
  values: values.subarray(from, to),
  times: times ? times.subarray(from, to) : null,
});

/** Parts of one series, put together again. */
export function joinPoints(parts: readonly Points[]): Points {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const join = (pick: (points: Points) => Float64Array<ArrayBuffer> | null): Float64Array<ArrayBuffer> | null => {
    const columns = parts.map(pick);
    if (columns.some((column) => column === null)) return null;
    const whole = new Float64Array(columns.reduce((sum, column) => sum + (column?.length ?? 0), 0));
    let offset = 0;
    for (const column of columns) {
      whole.set(column ?? [], offset);
      offset += column?.length ?? 0;
    }
    return whole;
  };
  return { steps: join((points) => points.steps), values: join((points) => points.values) ?? new Float64Array(), times: join((points) => points.times) };
}
