// The score cannot flatter: deleting evidence never raises it, a throwing item does not stop the others.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochMs } from '../../../src/core/base/units';
import { checkRun } from '../../../src/core/reproducibility/checklist';
import { type ExamplePatch, exampleContext } from '../../../src/core/reproducibility/example';
import { items } from '../../../src/core/reproducibility/index';
import type { ChecklistItem } from '../../../src/core/reproducibility/item';
import { scoreOf } from '../../../src/core/reproducibility/score';

const rich: Required<Pick<ExamplePatch, 'params' | 'facts' | 'tags' | 'artifacts' | 'replicates'>> & ExamplePatch = {
  name: 'lr sweep, cosine',
  status: 'finished',
  startedMs: epochMs(1),
  endedMs: epochMs(2),
  notes: 'why',
  tags: { kind: 'sweep', team: 'a' },
  params: {
    seed: 1,
    data_seed: 2,
    deterministic: true,
    split_seed: 3,
    test_size: 0.2,
    image_size: 32,
    normalize: true,
    augment: 'x',
    n_train: 10,
    num_classes: 3,
    precision: 'bf16',
    world_size: 2,
    optimizer: 'sgd',
    lr: 0.1,
    scheduler: 'cosine',
    batch_size: 8,
    epochs: 3,
    base_model: 'gpt2',
    revision: 'a'.repeat(40),
    average: 'macro',
  },
  facts: [
    { kind: 'git_commit', value: 'a'.repeat(40) },
    { kind: 'git_patch', value: 'diff.patch' },
    { kind: 'git_remote', value: 'git@example.org:a/b.git' },
    { kind: 'entry_point', value: 'train.py' },
    { kind: 'command', value: 'train.py --lr 0.1' },
    { kind: 'packages', value: { torch: '2.4.0+cpu' } },
    { kind: 'python', value: '3.11' },
    { kind: 'os', value: 'Linux' },
    { kind: 'container', value: `x@sha256:${'b'.repeat(64)}` },
    { kind: 'gpu', value: 'A100' },
    { kind: 'gpu_count', value: 1 },
    { kind: 'datasets', value: [{ name: 'digits', digest: 'd'.repeat(64) }] },
    { kind: 'checkpoint', value: [{ path: 'a.pt', step: 1, digest: 'x' }] },
  ],
  artifacts: ['split.json', 'config.yaml', 'optimizer.pt', 'scheduler.pt', 'rng_state.pth', 'uv.lock'].map((path) => ({
    path,
    size: 1,
    kind: 'file' as const,
  })),
  records: { seed: 'optional', packages: 'auto', command: 'auto', commit: 'auto', data: 'optional', end: 'auto', config: 'auto' },
  replicates: [{ seed: 1 }, { seed: 2 }, { seed: 3 }, { seed: 4 }, { seed: 5 }],
};

const without = <T>(all: readonly T[], drop: readonly boolean[]): T[] => all.filter((_, index) => !drop[index % drop.length]);

test('a rich run earns much, an empty one nothing', () => {
  const full = checkRun(exampleContext(rich)).score;
  expect(full.proven).toBeGreaterThan(0.8);
  expect(full.bestCase).toBeGreaterThanOrEqual(full.proven ?? 0);
  const empty = checkRun(exampleContext({})).score;
  expect(empty.proven).toBe(0);
  expect(empty.grade).toBe('D');
  expect(empty.bestCase).toBe(1);
});

test('deleting evidence never raises what is proven', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (first, second) => {
      const keep = (patch: ExamplePatch, drop: readonly boolean[]): ExamplePatch => ({
        ...patch,
        params: Object.fromEntries(without(Object.entries(patch.params ?? {}), drop)),
        facts: without(patch.facts ?? [], [...drop].reverse()),
        artifacts: without(patch.artifacts ?? [], drop),
      });
      const once = keep(rich, first);
      const twice = keep(once, second);
      const a = checkRun(exampleContext(once)).score.proven ?? 0;
      const b = checkRun(exampleContext(twice)).score.proven ?? 0;
      expect(b).toBeLessThanOrEqual(a + 1e-12);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('a throwing item answers unknown and the others still run', () => {
  const [first] = items as [ChecklistItem];
  const broken: ChecklistItem = {
    ...first,
    check: () => {
      throw new Error('boom');
    },
  };
  const judged = checkRun(exampleContext(rich), [broken, ...items.slice(1)]).items;
  expect(judged[0]).toMatchObject({ verdict: 'unknown' });
  expect(judged[0]?.reason).toContain('boom');
  expect(judged).toHaveLength(items.length);
});

test('no score where more than a quarter of the weight does not apply', () => {
  const judged = items.map(({ meta }, index) => ({ meta, verdict: index % 2 === 0 ? ('n.a.' as const) : ('pass' as const) }));
  expect(scoreOf(judged, { replicates: [] })).toMatchObject({ proven: null, grade: null });
});

test('a failed critical item caps the grade at D', () => {
  const judged = items.map(({ meta }) => ({ meta, verdict: meta.id === 'R01' ? ('fail' as const) : ('pass' as const) }));
  const score = scoreOf(judged, { replicates: [] });
  expect(score.proven).toBeGreaterThan(0.85);
  expect(score.grade).toBe('D');
});
