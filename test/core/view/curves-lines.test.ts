// The lines of a panel: runs as themselves, groups as aggregates, and where their points lie.
import { expect, test } from 'vitest';
import { type RunId, runId } from '../../../src/core/base/units';
import type { Run, Series } from '../../../src/core/model/run';
import { linesOf } from '../../../src/core/view/curves-lines';
import { panelsOf } from '../../../src/core/view/curves-panels';
import { groupRuns } from '../../../src/core/view/run-groups';
import { runStyle } from '../../../src/core/view/run-style';

const series = (more: Partial<Series> = {}): Series =>
  ({ name: 'loss', context: {}, count: 3, system: false, xAxis: null, timesDigest: null, valuesDigest: 'v', stepsDigest: 's', ...more }) as Series;
const run = (id: string, params: Run['params'], all: readonly Series[] = [series()]): Run =>
  ({ id: runId(id), name: id, path: '.', experiment: null, jobType: null, startedMs: null, params, series: all }) as unknown as Run;

const runs = [run('a', { lr: 1, seed: 0 }), run('b', { lr: 1, seed: 1 }), run('c', { lr: 2, seed: 0 }), run('d', {})];
const byId = new Map(runs.map((one) => [one.id, one]));
const [panel] = panelsOf(runs, false);
const lines = (showMembers: boolean, grouped = true) =>
  linesOf(panel!, byId, { axis: { kind: 'step' }, showMembers }, grouped ? groupRuns(runs, { kind: 'all-but-seed' }) : null, () => runStyle(5));

test('ungrouped: a line per run, owned by it', () => {
  const { lines: drawn, looks, series: placed } = lines(false, false);
  expect(drawn.map((line) => line.id)).toEqual(['a/0', 'b/0', 'c/0', 'd/0']);
  expect(looks.get('a/0')).toMatchObject({ owner: 'a', label: 'a' });
  expect(placed[0]).toMatchObject({ run: 'a', index: 0, axis: { kind: 'step' }, other: null, count: 3 });
});

test('grouped: seeds become one line; a run of its own group, or without params, stays itself', () => {
  const { lines: drawn, looks, owners } = lines(false);
  expect(drawn.map((line) => (line.kind === 'group' ? line.members : line.id))).toEqual(['d/0', 'c/0', ['a/0', 'b/0']]);
  const group = drawn.at(-1)?.id ?? '';
  expect(looks.get(group)).toMatchObject({ label: 'lr 1', style: runStyle(0), member: false });
  expect(owners.get('b' as RunId)).toBe(looks.get(group)?.owner);
  expect(owners.get('c' as RunId)).toBe('c');
});

test('members lie behind their group, in its colour', () => {
  const { lines: drawn, looks } = lines(true);
  expect(drawn.slice(0, 2).map((line) => line.id)).toEqual(['a/0', 'b/0']);
  expect(looks.get('b/0')).toMatchObject({ member: true, style: runStyle(0) });
});

test('contexts stay apart within a group, and series without the axis are counted', () => {
  const both = [series({ context: { subrun: 'train' } }), series({ context: { subrun: 'val' } })];
  const two = [run('a', { lr: 1, seed: 0 }, both), run('b', { lr: 1, seed: 1 }, both)];
  const map = new Map(two.map((one) => [one.id, one]));
  const made = (kind: 'step' | 'wall') =>
    linesOf(panelsOf(two, false)[0]!, map, { axis: { kind }, showMembers: false }, groupRuns(two, { kind: 'all-but-seed' }), () => runStyle(0));
  expect([...made('step').looks.values()].map((look) => look.label)).toEqual([expect.stringContaining('subrun=train'), expect.stringContaining('subrun=val')]);
  expect(made('wall')).toMatchObject({ missing: 4, lines: [] });
});
