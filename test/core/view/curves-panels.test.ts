// Panels, sections, order, search and axes of the Curves tab; settings as they were stored.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import type { Run, Series } from '../../../src/core/model/run';
import { axisNames, axisOf, movePanel, panelsOf, searchOf, sectionsOf } from '../../../src/core/view/curves-panels';
import { defaultCurveSettings, parseCurveSettings } from '../../../src/core/view/curves-settings';

const series = (name: string, more: Partial<Series> = {}): Series =>
  ({ name, context: {}, role: null, system: false, count: 3, xAxis: null, timesDigest: 'x', ...more }) as Series;
const run = (id: string, all: readonly Series[]): Run => ({ id: runId(id), name: id, path: '.', series: all }) as unknown as Run;

const runs = [
  run('a', [series('train/loss'), series('lr'), series('val/loss', { count: 0 }), series('gpu', { system: true })]),
  run('b', [series('train/loss', { context: { subrun: 'x' } }), series('layer10/w'), series('layer2/w'), series('train/acc')]),
];

test('one panel per name, sections by the first slash, hardware only when asked', () => {
  const sections = sectionsOf(panelsOf(runs, false), []);
  expect(sections.map((section) => [section.id, section.panels.map((panel) => panel.id)])).toEqual([
    ['Metrics', ['lr']],
    ['layer2', ['layer2/w']],
    ['layer10', ['layer10/w']],
    ['train', ['train/acc', 'train/loss']],
  ]);
  expect(
    panelsOf(runs, false)
      .find((panel) => panel.id === 'train/loss')
      ?.series.map((one) => one.label),
  ).toEqual(['a', 'b · subrun=x']);
  expect(sectionsOf(panelsOf(runs, true), []).at(-1)?.id).toBe('System');
});

test('what runs are judged by comes first, counters and clocks last', () => {
  const one = run('a', [series('epoch', { role: 'counter' }), series('grad'), series('zz/loss', { role: 'loss' }), series('val_loss', { role: 'loss' })]);
  expect(panelsOf([one], false).map((panel) => panel.id)).toEqual(['val_loss', 'grad', 'epoch', 'zz/loss']);
});

test('dragging orders panels within their section', () => {
  const panels = panelsOf(runs, false);
  const train = sectionsOf(panels, []).find((section) => section.id === 'train');
  const order = movePanel(train as NonNullable<typeof train>, [], 'train/loss', 'train/acc');
  expect(
    sectionsOf(panels, order)
      .at(-1)
      ?.panels.map((panel) => panel.id),
  ).toEqual(['train/loss', 'train/acc']);
  expect(movePanel(train as NonNullable<typeof train>, order, 'lr', null)).toBe(order);
});

test('search is a pattern, and a bad pattern is told', () => {
  const search = searchOf('^TRAIN/.*s$');
  expect(search.kind === 'pattern' && [search.test('train/loss'), search.test('val/loss')]).toEqual([true, false]);
  expect(searchOf('(').kind).toBe('bad');
  expect(searchOf('  ').kind).toBe('all');
});

test('axes: the tracker’s own by default, the same context first, null where there is none', () => {
  const one = run('c', [
    series('loss', { xAxis: 'tokens', context: { subrun: 'b' } }),
    series('tokens', { context: { subrun: 'a' } }),
    series('tokens', { context: { subrun: 'b' } }),
    series('train/epoch', { role: 'counter' }),
    series('bare', { timesDigest: null }),
  ]);
  expect(axisOf(one, 0, { kind: 'auto' })).toEqual({ axis: { kind: 'metric', name: 'tokens' }, other: 2 });
  expect(axisOf(one, 3, { kind: 'auto' })).toEqual({ axis: { kind: 'step' }, other: null });
  expect(axisOf(one, 0, { kind: 'epoch' })?.other).toBe(3);
  expect(axisOf(one, 4, { kind: 'wall' })).toBeNull();
  expect(axisOf(one, 0, { kind: 'metric', name: 'nope' })).toBeNull();
  expect(axisNames([one])).toEqual({ epoch: true, times: true, counters: ['tokens', 'train/epoch'], metrics: ['bare', 'loss'] });
});

test('stored settings: what is whole comes back as it is, what is damaged falls back', () => {
  expect(parseCurveSettings(undefined)).toBe(defaultCurveSettings);
  const stored = { ...defaultCurveSettings, logY: true, axis: { kind: 'metric', name: 'tokens' } };
  expect(parseCurveSettings(stored)).toBe(stored);
  expect(parseCurveSettings({ logY: 'yes', smoothing: { kind: 'ema', weight: 7 }, axis: 5, order: [1], band: 'iqr', columns: '9', search: 4 })).toEqual(
    defaultCurveSettings,
  );
});
