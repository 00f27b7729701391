// Comparing runs: what differs, by how much, and what must be said first.
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { compareRuns } from '../../../src/core/compare/comparison';
import { groupRun } from '../../../src/core/compare/group-run';
import { seriesId } from '../../../src/core/compare/metrics';
import { normalise, sameValue } from '../../../src/core/compare/same-value';
import { isSeedKey } from '../../../src/core/compare/seed-keys';
import { diffTexts } from '../../../src/core/compare/text-diff';
import { compareGroups } from '../../../src/core/groups/compare-groups';
import { runFromText } from '../../support/run-from-text';

const curve = 'step val/loss val/acc\n0 1.0 0.5\n10 0.5 0.8';
const better = 'step val/loss val/acc\n0 1.0 0.5\n10 0.4 0.9';

describe('values of different trackers', () => {
  test.each([
    ['0.02', 0.02, true],
    ['1e-2', 0.01, true],
    ['True', true, true],
    ['None', null, true],
    ['nan', Number.NaN, true],
    [-0, 0, true],
    ['9007199254740993', 9007199254740993n, true],
    ['9007199254740993', 9007199254740992, false],
    ['0x10', 16, false],
    ['adam', 'Adam', false],
    [[1, '2'], ['1', 2], true],
    [{ a: 1 }, { a: '1' }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ __proto__: null, a: 1 }, { a: 1, toString: 2 }, false],
    ['', 0, false],
    [undefined, null, false],
  ] as const)('%o and %o', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
    expect(sameValue(b, a)).toBe(same);
  });

  test('a string that spells no number stays', () => {
    expect(normalise('1.2.3')).toBe('1.2.3');
    expect(normalise('2e')).toBe('2e');
  });
});

test.each(['seed', 'train.seed', 'random_state', 'data_seed', 'seed_everything', 'model/random_seed', 'model.seed'])('%s names a seed', (key) => {
  expect(isSeedKey(key)).toBe(true);
});
test.each(['seedling', 'lr', 'seed_path', 'n_seeds_total', 'split_seed'])('%s names no seed', (key) => {
  expect(isSeedKey(key)).toBe(false);
});

test('params: equal across types, missing differs, order does not matter', () => {
  const a = runFromText(curve, { id: 'a', params: { lr: '0.02', seed: 1, only: 'a' } });
  const b = runFromText(better, { id: 'b', params: { lr: 0.02, seed: 2 } });
  const differing = compareRuns([a, b])
    .params.filter((row) => row.differs)
    .map((row) => row.key);
  expect(differing).toEqual(['only', 'seed']);
  expect(
    compareRuns([b, a])
      .params.filter((row) => row.differs)
      .map((row) => row.key),
  ).toEqual(differing);
});

test('metrics: best follows the direction, deltas are to the baseline', () => {
  const a = runFromText(curve, { id: 'a' });
  const b = runFromText(better, { id: 'b' });
  const { metrics, baseline } = compareRuns([a, b], runId('b'));
  expect(baseline).toBe('b');
  const loss = metrics.find((row) => row.name === 'val/loss');
  expect(loss?.values.get(a.id)).toMatchObject({ last: 0.5, best: 0.5, min: 0.5, max: 1 });
  expect(loss?.delta.get(a.id)).toBeCloseTo(0.1, 12);
  expect(loss?.better.has(a.id)).toBe(false);
  const accuracy = compareRuns([a, b]).metrics.find((row) => row.name === 'val/acc');
  expect(accuracy?.values.get(b.id)?.best).toBe(0.9);
  expect(accuracy?.better.has(b.id)).toBe(true);
});

test('a baseline that is not among the runs falls back to the first', () => {
  const a = runFromText(curve, { id: 'a' });
  expect(compareRuns([a], runId('gone')).baseline).toBe('a');
  expect(() => compareRuns([])).toThrow();
});

describe('what must be said first', () => {
  const data = (digest: string) => [{ kind: 'datasets' as const, value: [{ name: 'digits', digest }] }];
  const codes = (...runs: Parameters<typeof compareRuns>[0]) => compareRuns(runs).comparability.map(({ code }) => code);

  test('other data is critical', () => {
    expect(codes(runFromText(curve, { id: 'a', facts: data('1') }), runFromText(curve, { id: 'b', facts: data('2') }))).toContain('data');
    expect(codes(runFromText(curve, { id: 'a', facts: data('1') }), runFromText(curve, { id: 'b', facts: data('1') }))).toEqual([]);
    expect(codes(runFromText(curve, { id: 'a', facts: data('1') }), runFromText(curve, { id: 'b' }))).toEqual(['data-unknown']);
  });

  test('other length, other step unit, no common metric', () => {
    const long = runFromText('step val/loss\n0 1\n40 0.5', { id: 'b' });
    expect(codes(runFromText(curve, { id: 'a' }), long)).toEqual(['length']);
    const epochs = runFromText('step loss\n0 3\n1 2\n2 1', { id: 'a' });
    const batches = runFromText('step loss\n0 3\n100 2\n200 1', { id: 'b' });
    expect(codes(epochs, batches)).toContain('step-unit');
    expect(codes(runFromText('step a\n0 1', { id: 'a' }), runFromText('step b\n0 1', { id: 'b' }))).toEqual(['no-common-metric']);
  });

  test('the same length at other budgets, and one name for two things', () => {
    const epochs = (id: string, count: number) => runFromText(curve, { id, params: { max_epochs: count } });
    expect(codes(epochs('a', 10), epochs('b', 50))).toEqual(['budget']);
    expect(codes(epochs('a', 10), epochs('b', 11))).toEqual([]);
    const percent = runFromText('step val/acc\n0 50\n10 80', { id: 'b' });
    expect(codes(runFromText('step val/acc\n0 0.5\n10 0.8', { id: 'a' }), percent)).toEqual(['metric-definition']);
    expect(codes(percent, runFromText('step val/acc\n0 30\n10 90', { id: 'a' }))).toEqual([]);
  });

  test('unfinished runs are named', () => {
    expect(compareRuns([runFromText(curve, { id: 'a' }), runFromText(curve, { id: 'b', status: 'failed' })]).comparability[0]?.message).toContain('b (failed)');
  });
});

describe('reasons', () => {
  test('the learning rate comes before the name of the output folder', () => {
    const a = runFromText(curve, { id: 'a', params: { lr: 0.1, output_dir: 'x' } });
    const b = runFromText(better, { id: 'b', params: { lr: 0.2, output_dir: 'y' } });
    const { reasons } = compareRuns([a, b]);
    expect(reasons?.map(({ key }) => key)).toEqual(['lr', 'output_dir']);
    expect(reasons?.every(({ confidence }) => confidence <= 0.6)).toBe(true);
    expect(reasons?.[0]?.confidence).toBeGreaterThan(reasons?.[1]?.confidence ?? 1);
  });

  test('nothing recorded differs: noise, said as such; no reasons for three runs', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => runFromText(curve, { id, params: { lr: 1 } })) as [
      ReturnType<typeof runFromText>,
      ReturnType<typeof runFromText>,
      ReturnType<typeof runFromText>,
    ];
    expect(compareRuns([a, b]).reasons).toMatchObject([{ what: 'nothing' }]);
    expect(compareRuns([a, b, c]).reasons).toBeNull();
  });

  test('a longer training is named', () => {
    const { reasons } = compareRuns([runFromText(curve, { id: 'a' }), runFromText('step val/loss\n0 1\n30 0.2', { id: 'b' })]);
    expect(reasons).toMatchObject([{ what: 'length', key: 'val/loss' }]);
  });
});

describe('what a pair cannot know', () => {
  const unknowns = (...runs: Parameters<typeof compareRuns>[0]) => compareRuns(runs).unknowns?.join(' ') ?? '';

  test('several changes at once, single seeds, and what nobody recorded', () => {
    const said = unknowns(runFromText(curve, { id: 'a', params: { lr: 1, depth: 2 } }), runFromText(better, { id: 'b', params: { lr: 2, depth: 4 } }));
    expect(said).toContain('2 things changed together (lr and depth)');
    expect(said).toContain('One run each');
    expect(said).toContain('Neither side records the version of the code');
  });

  test('what is recorded is not called unknown', () => {
    const facts = [
      { kind: 'git_commit' as const, value: 'a1' },
      { kind: 'datasets' as const, value: [{ name: 'digits', digest: '1' }] },
      { kind: 'packages' as const, value: { torch: '2.0' } },
    ];
    expect(compareRuns(['a', 'b'].map((id) => runFromText(curve, { id, facts }))).unknowns).toEqual([expect.stringContaining('One run each')]);
    expect(unknowns(runFromText(curve, { id: 'a', facts: [...facts, { kind: 'git_dirty', value: true }] }), runFromText(curve, { id: 'b', facts }))).toContain(
      'uncommitted changes',
    );
  });

  test('results among the params come last', () => {
    const a = runFromText(curve, { id: 'a', params: { best_val_loss: 0.5, best_epoch: 3, num_workers: 2, max_epochs: 10 } });
    const b = runFromText(better, { id: 'b', params: { best_val_loss: 0.4, best_epoch: 9, num_workers: 4, max_epochs: 20 } });
    const keys = compareRuns([a, b]).reasons?.map(({ key }) => key);
    expect(keys?.[0]).toBe('max_epochs');
    expect(keys?.slice(-2).sort()).toEqual(['best_epoch', 'best_val_loss']);
  });
});

describe('groups as runs', () => {
  const member = (id: string, lr: number, seed: number, last: number, commit: string) =>
    runFromText(`step val/loss\n0 1\n10 ${last}`, { id, params: { lr, seed }, facts: [{ kind: 'git_commit', value: commit }] });
  const slow = [member('a1', 0.1, 1, 0.5, 'x'), member('a2', 0.1, 2, 0.7, 'y')];
  const fast = [member('b1', 0.2, 1, 0.3, 'y'), member('b2', 0.2, 2, 0.4, 'x')];

  test('the seed is no difference, metrics are means, and commits that both mix are none either', () => {
    const run = groupRun(runId('a'), 'slow', slow);
    expect(run.params).toEqual({ lr: 0.1 });
    expect(run.series[0]?.last).toBeCloseTo(0.6, 12);
    const comparison = compareGroups([
      { id: 'a', name: 'slow', members: slow },
      { id: 'b', name: 'fast', members: fast },
    ]);
    expect(comparison.reasons?.map(({ key }) => key)).toEqual(['lr']);
    expect(comparison.metrics[0]?.delta.get(runId('b'))).toBeCloseTo(-0.25, 12);
    expect(comparison.metrics[0]?.better.has(runId('b'))).toBe(true);
    expect(comparison.tests.get(seriesId(comparison.metrics[0] as NonNullable<(typeof comparison.metrics)[0]>))?.get(runId('b'))).toMatchObject({ n: [2, 2] });
    expect(comparison.unknowns?.[0]).toContain('No metric differs beyond the noise');
    expect(comparison.unknowns?.join(' ')).toContain('2 runs each');
  });
});

test('a text diff counts lines on both sides and refuses what is too long', () => {
  expect(diffTexts('a\nb\nc\n', 'a\nx\nc\n')).toEqual([
    { kind: 'same', text: 'a', left: 1, right: 1 },
    { kind: 'removed', text: 'b', left: 2, right: null },
    { kind: 'added', text: 'x', left: null, right: 2 },
    { kind: 'same', text: 'c', left: 3, right: 3 },
  ]);
  expect(diffTexts('a\n'.repeat(30_000), '')).toBeNull();
});
