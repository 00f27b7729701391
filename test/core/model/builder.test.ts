// From events to a run: merging, counting, ordering, limits.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pureSha256 } from '../../../src/core/base/sha256';
import { epochMs, runId } from '../../../src/core/base/units';
import { RunBuilder } from '../../../src/core/model/builder';
import type { RunEvent } from '../../../src/core/model/events';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { ReadRun } from '../../../src/core/model/run';
import { inferRole } from '../../../src/core/series/roles';

const floats = (...values: number[]) => new Float64Array(values);
type Event = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'run'> : never) : never;

function build(events: readonly Event[], limits = { pointsPerRun: 1000, seriesPerRun: 100 }): ReadRun {
  const frame = { id: runId('a'.repeat(20)), nativeId: 'n', path: 'runs/n', source: 0, format: 'drawn', sources: [{ reader: 'drawn', files: ['runs/n/log'] }] };
  const builder = new RunBuilder(
    { ...frame, parentIdOf: (parent) => runId(`${parent}${'b'.repeat(20)}`.slice(0, 20)) },
    { sha256: pureSha256, limits, inferRole },
  );
  for (const event of events) builder.apply({ ...event, run: 0 } as RunEvent);
  const read = builder.finish();
  assertRunIntegrity(read);
  return read;
}

const series = (number: number, name: string, context = {}): Event => ({ kind: 'series', series: number, key: { name, context } });
const points = (number: number, steps: number[] | null, values: number[], times: number[] | null = null): Event => ({
  kind: 'points',
  series: number,
  steps: steps && floats(...steps),
  values: floats(...values),
  times: times && floats(...times),
});
const codes = ({ run }: ReadRun) => run.issues.map(({ code }) => code);

test('later header fields, params and facts win; unknown stays null', () => {
  const { run } = build([
    { kind: 'header', set: { name: 'first', status: 'running', startedMs: epochMs(5) } },
    { kind: 'header', set: { name: 'second', parent: 'p' } },
    { kind: 'params', values: { lr: 0.1, model: 'a' } },
    { kind: 'params', values: { lr: 0.2 } },
    { kind: 'fact', fact: { kind: 'seed', value: 1, evidence: [{ file: 'a' }] } },
    { kind: 'fact', fact: { kind: 'seed', value: 2, evidence: [{ file: 'b' }] } },
  ]);
  expect(run).toMatchObject({ name: 'second', status: 'running', startedMs: 5, endedMs: null, parent: 'p', parentId: 'pbbbbbbbbbbbbbbbbbbb' });
  expect(run.params).toEqual({ lr: 0.2, model: 'a' });
  expect(run.facts).toEqual([{ kind: 'seed', value: 2, evidence: [{ file: 'b' }] }]);
});

test('hostile names are names', () => {
  const { run } = build([{ kind: 'params', values: JSON.parse('{"__proto__":1,"constructor":2}') }]);
  expect(Object.keys(run.params)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(run.params)).toBe(Object.prototype);
});

describe('series', () => {
  test('are sorted by name, then context, and points follow', () => {
    const { run, points: read } = build([
      series(1, 'z'),
      series(2, 'a', { subrun: 'val' }),
      series(3, 'a', { subrun: 'train' }),
      points(1, null, [1]),
      points(2, null, [2]),
      points(3, null, [3]),
    ]);
    expect(run.series.map(({ name, context }) => [name, context])).toEqual([
      ['a', { subrun: 'train' }],
      ['a', { subrun: 'val' }],
      ['z', {}],
    ]);
    expect(read.map(({ values }) => values[0])).toEqual([3, 2, 1]);
  });

  test('declared twice are one', () => {
    const { run, points: read } = build([series(1, 'loss'), points(1, [0], [5]), series(2, 'loss'), points(2, [1], [4])]);
    expect(run.series).toHaveLength(1);
    expect([...(read[0]?.values ?? [])]).toEqual([5, 4]);
  });

  test('never declared are a mistake of the reader', () => {
    expect(() => build([points(7, null, [1])])).toThrow('series 7');
  });

  test('have statistics over finite values and digests over all', () => {
    const { run } = build([series(1, 'loss'), points(1, [0, 10, 20, 30], [Number.NaN, 3, -1, Number.POSITIVE_INFINITY], [1, 2, 3, 4])]);
    expect(run.series[0]).toMatchObject({ count: 4, finite: 2, first: Number.NaN, last: Number.POSITIVE_INFINITY, min: -1, max: 3, mean: 1 });
    expect(run.series[0]).toMatchObject({ firstStep: 0, lastStep: 30, minStep: 20, maxStep: 10 });
    const bytes = Buffer.alloc(32);
    Buffer.from('000000000000f87f', 'hex').copy(bytes);
    for (const [i, value] of [3, -1, Number.POSITIVE_INFINITY].entries()) bytes.writeDoubleLE(value, 8 * (i + 1));
    expect(run.series[0]?.valuesDigest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('of NaN with odd bits have the digest of plain NaN', () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8000000000001n, 0x7ff0000000000001n]).buffer);
    const digest = (values: Float64Array<ArrayBuffer>) =>
      build([series(1, 'x'), { kind: 'points', series: 1, steps: null, values, times: null }]).run.series[0]?.valuesDigest;
    expect(digest(odd)).toBe(digest(floats(Number.NaN, Number.NaN)));
  });

  test('keep their sum where adding loses it', () => {
    const mean = (...values: number[]) => build([series(1, 'x'), points(1, null, values)]).run.series[0]?.mean;
    expect(mean(1, 1e100, 1, -1e100)).toBe(0.5);
    expect(mean(1e308, 1e308)).toBe(1e308);
    expect(mean(-1e308, -1e308, -1e308)).toBeCloseTo(-1e308, -300);
  });

  test('without points are there', () => {
    expect(build([series(1, 'x')]).run.series[0]).toMatchObject({ count: 0, finite: 0, first: null, last: null, mean: null, stepsDigest: null });
  });
});

test('a restart takes points back, and says how many', () => {
  const read = build([
    series(1, 'a'),
    series(2, 'b'),
    points(1, [0, 1, 2, 3], [0, 1, 2, 3]),
    points(2, [0, 2], [0, 2]),
    { kind: 'purge', fromStep: 2 },
    points(1, [2], [20]),
    { kind: 'purge', fromStep: 0, series: 2 },
  ]);
  expect(read.points.map(({ values }) => [...values])).toEqual([[0, 1, 20], []]);
  expect(read.run.issues).toMatchObject([{ code: 'step-restart', message: 'A restart took back 4 points.' }]);
});

test('steps logged twice are kept and told once', () => {
  const read = build([series(1, 'a'), points(1, [0, 1, 1, 2], [0, 1, 10, 2])]);
  expect([...(read.points[0]?.values ?? [])]).toEqual([0, 1, 10, 2]);
  expect(codes(read)).toEqual(['duplicate-step']);
});

describe('limits', () => {
  test('on points keep the first and count the rest', () => {
    const read = build([series(1, 'a'), points(1, [0, 1, 2], [0, 1, 2]), points(1, [3, 4], [3, 4])], { pointsPerRun: 4, seriesPerRun: 9 });
    expect([...(read.points[0]?.values ?? [])]).toEqual([0, 1, 2, 3]);
    expect(read.run.issues).toMatchObject([{ code: 'too-large', message: expect.stringContaining('1 were left out') }]);
  });

  test('on series leave out whole series, silently for their points', () => {
    const read = build([series(1, 'a'), series(2, 'b'), points(1, null, [1]), points(2, null, [2])], { pointsPerRun: 9, seriesPerRun: 1 });
    expect(read.run.series.map(({ name }) => name)).toEqual(['a']);
    expect(codes(read)).toEqual(['too-large']);
  });
});
