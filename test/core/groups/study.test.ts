// Groups of repeated runs: what belongs together, what differs, and what may not be said.
import { describe, expect, test } from 'vitest';
import { randomOf, shuffled } from '../../../src/core/base/random';
import { studyGroups } from '../../../src/core/groups/study';
import type { Values } from '../../../src/core/model/values';
import type { Trial, TrialTable } from '../../../src/core/trials/trial';

let count = 0;
const trial = (params: Values, seed: number | null, value: number | null, more: Partial<Trial> = {}): Trial => {
  count += 1;
  return {
    id: `run-${String(count).padStart(4, '0')}`,
    name: `run ${count}`,
    params,
    seed: seed === null ? null : String(seed),
    value,
    circumstances: {},
    durationMs: null,
    ...more,
  };
};
const table = (trials: readonly Trial[], more: Partial<TrialTable> = {}): TrialTable => ({
  metric: 'val/acc',
  direction: 'max',
  reading: 'last',
  seedParam: 'seed',
  trials,
  ...more,
});
const drawn = (params: Values, values: readonly number[]): readonly Trial[] => values.map((value, seed) => trial(params, seed, value));

// The numbers of test/core/statistics: their Welch p is 0.0226, their interval 0.0027 to 0.0273 (scipy 1.17.1).
const better = [0.912, 0.921, 0.905, 0.918, 0.93];
const worse = [0.901, 0.899, 0.915, 0.893, 0.908, 0.897];

describe('what belongs together', () => {
  test('everything but the seed and names; equal in meaning is equal; failures and copies are counted apart', () => {
    const { groups, noise } = studyGroups(
      table([
        trial({ lr: 0.1, run_name: 'a' }, 1, 0.5),
        trial({ run_name: 'b', lr: '0.10' }, 2, 0.7),
        trial({ lr: 0.1 }, 2, 0.7),
        trial({ lr: 0.1 }, 3, null),
        trial({ lr: 0.2 }, 1, 0.9),
      ]),
    );
    expect(groups.map(({ label, values, failed, copies, mean }) => ({ label, values, failed, copies, mean }))).toEqual([
      { label: [['lr', 0.2]], values: [0.9], failed: 0, copies: 0, mean: 0.9 },
      { label: [['lr', 0.1]], values: [0.5, 0.7], failed: 1, copies: 1, mean: expect.closeTo(0.6, 12) },
    ]);
    expect(noise).toEqual({ sd: expect.closeTo(Math.SQRT1_2 * 0.2, 12), df: 1 });
    expect(groups[0]).toMatchObject({ sd: null, interval: null });
  });

  test('runs that tell neither setting nor seed are no repeats of each other', () => {
    expect(studyGroups(table([trial({}, null, 1), trial({}, null, 2)])).groups).toHaveLength(2);
    expect(studyGroups(table([trial({}, 1, 1), trial({}, 2, 2)])).groups).toHaveLength(1);
  });

  test('the order of the runs does not matter', () => {
    const trials = [...drawn({ lr: 0.1 }, better), ...drawn({ lr: 0.2 }, worse), ...drawn({ lr: 0.3 }, [0.9, 0.91, 0.93])];
    const text = (some: readonly Trial[]): string => JSON.stringify(studyGroups(table(some)));
    for (let i = 0; i < 5; i++) expect(text(shuffled(trials, randomOf(i)))).toBe(text(trials));
  });
});

describe('whether two really differ', () => {
  test('the smallest detectable effect, the Welch interval, the size, the adjusted p: as scipy has them', () => {
    const { pairs, comparisons } = studyGroups(table([...drawn({ lr: 0.2, opt: 'a' }, worse), ...drawn({ lr: 0.1, opt: 'b' }, better)]));
    expect(comparisons).toBe(1);
    expect(pairs[0]).toMatchObject({
      sizes: [5, 6],
      detectable: { deviations: expect.closeTo(1.9071974, 6), value: expect.any(Number) },
      difference: expect.closeTo(0.0150333, 6),
      welch: { p: expect.closeTo(0.0226282, 6), interval: [expect.closeTo(0.0027265, 6), expect.closeTo(0.0273402, 6)] },
      adjusted: expect.closeTo(0.0226282, 6),
      hedgesG: expect.closeTo(1.5856515, 6),
      better: { probability: expect.closeTo(0.9, 12) },
      paired: null,
      verdict: 'different',
    });
  });

  test('less is better: the better group still comes first, and its chance to be better stays above a half', () => {
    const flip = (values: readonly number[]) => values.map((value) => 1 - value);
    const { groups, pairs } = studyGroups(table([...drawn({ lr: 0.2 }, flip(worse)), ...drawn({ lr: 0.1 }, flip(better))], { direction: 'min' }));
    expect(pairs[0]).toMatchObject({
      a: groups[0]?.id,
      difference: expect.closeTo(-0.0150333, 6),
      better: { probability: expect.closeTo(0.9, 12) },
      verdict: 'different',
    });
    expect(groups[0]?.label).toEqual([['lr', 0.1]]);
  });

  test('pairs by seed only where one setting and nothing else changed', () => {
    const seeds = [1, 2, 3, 4, 5];
    const one = (params: Values, circumstances: Values = {}) =>
      seeds.map((seed, i) => trial(params, seed, [0.91, 0.92, 0.9, 0.93, 0.94][i] as number, { circumstances }));
    const two = (params: Values, circumstances: Values = {}) =>
      seeds.map((seed, i) => trial(params, seed, [0.9, 0.915, 0.885, 0.925, 0.928][i] as number, { circumstances }));
    const paired = (...trials: readonly Trial[]) => studyGroups(table(trials)).pairs[0]?.paired;
    expect(paired(...one({ lr: 1 }), ...two({ lr: 2 }))).toMatchObject({ seeds: 5, difference: expect.closeTo(0.0094, 6) });
    expect(paired(...one({ lr: 1, a: 1 }), ...two({ lr: 2, a: 2 }))).toBeNull();
    expect(paired(...one({ lr: 1 }, { commit: 'a' }), ...two({ lr: 2 }, { commit: 'b' }))).toBeNull();
  });

  test('few seeds are an answer; so are no spread and many seeds that agree', () => {
    const verdict = (a: readonly number[], b: readonly number[]) => studyGroups(table([...drawn({ x: 1 }, a), ...drawn({ x: 2 }, b)])).pairs[0];
    expect(verdict([0.9], [0.8])).toMatchObject({ verdict: 'too-few-seeds', detectable: null, welch: null });
    expect(verdict([0.9, 0.8, 0.85], [0.8, 0.9, 0.83])).toMatchObject({ verdict: 'too-few-seeds', detectable: { deviations: expect.closeTo(3.07, 2) } });
    expect(verdict([0.3, 0.3, 0.3], [0.1, 0.1, 0.1])).toMatchObject({ verdict: 'no-spread', welch: null });
    expect(verdict([1, 2, 3, 4, 5, 6], [1.1, 2, 3, 4, 5, 6])).toMatchObject({ verdict: 'not-told-apart', seedsNeeded: null });
  });

  test('equal groups are called different in at most about one study of twenty, however many are compared', () => {
    const random = randomOf('null');
    let alarms = 0;
    for (let i = 0; i < 150; i++) {
      const trials = [1, 2, 3, 4].flatMap((x) =>
        drawn(
          { x },
          Array.from({ length: 5 }, () => random.normal()),
        ),
      );
      if (studyGroups(table(trials)).pairs.some(({ verdict }) => verdict === 'different')) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(14);
  });
});

describe('choosing the best', () => {
  test('says among how many, and by how much the best looks too good: ten equal groups of four', () => {
    const random = randomOf('curse');
    const trials = Array.from({ length: 10 }, (_, x) =>
      drawn(
        { x },
        Array.from({ length: 4 }, () => random.normal()),
      ),
    ).flat();
    const { selection, noise, groups, compared, pairs } = studyGroups(table(trials));
    expect(compared).toBe('leader');
    expect(pairs).toHaveLength(9);
    expect(selection).toMatchObject({ leader: groups[0]?.id, among: 10, seeds: 4, optimism: expect.closeTo((1.5387527308 * (noise?.sd ?? 0)) / 2, 8) });
    expect(selection?.shrunk).toBeLessThan(groups[0]?.mean as number);
  });

  test('beside a single run that leads, the best repeated is tested against the other repeated', () => {
    const singles = Array.from({ length: 9 }, (_, i) => trial({ x: 90 + i }, 1, 5 - i / 10));
    const { selection, groups, pairs, comparisons, leftOut } = studyGroups(table([...singles, ...drawn({ x: 1 }, [1, 2, 3]), ...drawn({ x: 2 }, [0, 1, 2])]));
    expect(selection).toMatchObject({ leader: groups[0]?.id, seeds: 1, among: 11, optimism: expect.any(Number) });
    expect(comparisons).toBe(1);
    expect(pairs.filter(({ welch }) => welch)).toMatchObject([{ a: groups[9]?.id, b: groups[10]?.id }]);
    expect(pairs.filter(({ welch }) => !welch).map(({ a }) => a)).toEqual(Array.from({ length: 5 }, () => groups[0]?.id));
    expect(pairs[0]?.inNoise).toBeCloseTo(0.1, 10);
    expect(leftOut).toBe(3);
  });
});

describe('many tasks', () => {
  const grid = (bonus: Readonly<Record<string, number>>, tasks = ['ant', 'cheetah', 'hopper'], seeds = 5) => {
    const random = randomOf('tasks');
    return Object.entries(bonus).flatMap(([method, add]) =>
      tasks.flatMap((task, t) => Array.from({ length: seeds }, (_, seed) => trial({ method, task }, seed, 0.3 + 0.1 * t + add + 0.02 * random.normal()))),
    );
  };

  test('interquartile mean, optimality gap and chance of improvement, with intervals', () => {
    const { tasks } = studyGroups(table(grid({ base: 0, ours: 0.1 })));
    expect(tasks).toMatchObject({ taskParam: 'task', tasks: ['ant', 'cheetah', 'hopper'], scores: 'raw', incomplete: 0 });
    expect(tasks?.methods.map(({ label }) => label)).toEqual([[['method', 'ours']], [['method', 'base']]]);
    const [ours] = tasks?.methods ?? [];
    expect(ours?.iqm.value).toBeCloseTo(0.5, 1);
    expect(ours?.iqm.interval?.[0]).toBeLessThan(ours?.iqm.value ?? 0);
    expect(ours?.optimalityGap?.value).toBeCloseTo(0.5, 1);
    expect(tasks?.improvement[0]?.value).toBeGreaterThan(0.95);
  });

  test('returns of other scales are put on the range of their task, and have no optimality gap', () => {
    const scaled = grid({ base: 0, ours: 0.1 }).map((one) => ({ ...one, value: (one.value as number) * (one.params.task === 'ant' ? 1000 : 10) }));
    const { tasks } = studyGroups(table(scaled));
    expect(tasks?.scores).toBe('by-task');
    expect(tasks?.methods[0]?.optimalityGap).toBeNull();
    expect(tasks?.improvement[0]?.value).toBeGreaterThan(0.95);
  });

  test('none where no param names a task, or where methods were not run on all', () => {
    expect(studyGroups(table(drawn({ lr: 1 }, better))).tasks).toBeNull();
    expect(studyGroups(table(grid({ base: 0 }))).tasks).toBeNull();
    expect(studyGroups(table(grid({ base: 0, ours: 1 })), { task: null }).tasks).toBeNull();
  });
});

test('nothing, failures only, huge numbers, thousands of groups: answers', () => {
  expect(studyGroups(table([]))).toMatchObject({ groups: [], pairs: [], noise: null, selection: null, tasks: null });
  expect(studyGroups(table([trial({ a: [1, 2] }, 1, null)]))).toMatchObject({ pairs: [], selection: null, groups: [{ mean: null, failed: 1 }] });
  expect(studyGroups(table([...drawn({ x: 1 }, [1e308, 1e308]), ...drawn({ x: 2 }, [-1e308, 1])])).pairs).toHaveLength(1);
  const many = studyGroups(table(Array.from({ length: 3000 }, (_, i) => trial({ level: `l${i % 1500}`, nested: { a: [i % 1500] } }, i, i))));
  expect(many.groups).toHaveLength(1500);
  expect(many.pairs).toHaveLength(200);
  expect(many.leftOut).toBe(1299);
});
