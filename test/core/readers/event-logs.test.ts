// Comet's archives, ClearML's sessions and SwanLab's logs beyond the fixtures: contexts, lost zeros, damage, lost ids.
import { describe, expect, test } from 'vitest';
import { LostValues } from '../../../src/core/readers/clearml/zeros';
import { scriptedTree } from '../../../src/core/source/scripted';
import { allIssues, readTree } from '../../support/read';

describe('a Comet archive', () => {
  const message = (type: string, payload: object) => JSON.stringify({ type, payload });
  const metric = (value: unknown, context?: string) =>
    message('metric_msg', { local_timestamp: 5, metric: { metricName: 'loss', metricValue: value, step: 1 }, ...(context ? { context } : {}) });
  const key = 'a'.repeat(32);

  test('tells series apart by context, and keeps what was logged aside', async () => {
    const messages = [metric(1), metric('NaN', 'train'), metric('n/a'), message('log_other', { key: 'lab', value: 7 }), 'x', metric(2)].join('\n');
    const experiment = JSON.stringify({ offline_id: key, project_name: 'p', start_time: 1, customer_error_reported: true });
    const { runs } = await readTree(scriptedTree({ 'messages.json': messages, 'experiment.json': experiment }));
    const [{ run, points }] = runs as [(typeof runs)[number]];
    expect(run).toMatchObject({ nativeId: key, status: 'failed', endedMs: null, tags: { lab: 7 } });
    expect(run.series.map(({ name, context }, at) => [name, context, [...(points[at]?.values ?? [])]])).toEqual([
      ['loss', {}, [1, 2]],
      ['loss', { context: 'train' }, [Number.NaN]],
    ]);
    expect(run.issues.map(({ code, where }) => [code, where])).toEqual([
      ['bad-record', 'line 5'],
      ['bad-value', undefined],
      ['duplicate-step', undefined],
    ]);
  });

  test('without its description is known by its folder, and cut messages are told', async () => {
    const { runs } = await readTree(scriptedTree({ [`${key}/messages.json`]: `${metric(1)}\n${metric(2).slice(0, 30)}` }));
    expect(runs.map(({ run }) => [run.nativeId, run.status, run.issues.map(({ code }) => code)])).toEqual([[key, 'unknown', ['truncated']]]);
  });
});

describe('a ClearML session', () => {
  const id = `offline-${'b'.repeat(32)}`;
  const event = (variant: string, iter: number, value: number, task = id) => ({ type: 'training_stats_scalar', task, metric: 'm', variant, iter, value });
  const session = (lines: readonly unknown[], task: object = {}) =>
    readTree(scriptedTree({ 'task.json': JSON.stringify({ id, ...task }), 'metrics.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') }));

  test('has single values as its summary, counts plots, and leaves the events of models alone', async () => {
    const plot = { type: 'plot', task: id, metric: 'm', variant: 'p', plot_str: '{}' };
    const lines = [[event('a', 2, 1), event('a', 1, 2)], [event('best', -(2 ** 31), 9), plot, event('a', 3, 3, 'another')], 7];
    const { runs } = await session(lines, { status: 'stopped', started: '2026-01-01T00:00:00' });
    const [{ run, points }] = runs as [(typeof runs)[number]];
    expect(run).toMatchObject({ nativeId: id, status: 'killed', startedMs: Date.UTC(2026, 0), summary: { best: 9 } });
    expect([...(points[0]?.steps ?? [])]).toEqual([1, 2]);
    expect(run.media).toEqual([expect.objectContaining({ name: 'm/p', count: 1 })]);
    expect(run.issues.map(({ code }) => code)).toEqual(['truncated']);
  });

  test('of one event is no run that lost values', async () => {
    expect(allIssues(await session([[event('a', 1, 0)]]))).toEqual([]);
  });
});

describe('zeros that ClearML wrote for what is not finite', () => {
  const lostIn = (series: Readonly<Record<string, readonly number[]>>): readonly string[] => {
    const lost = new LostValues();
    for (const [name, values] of Object.entries(series)) for (const value of values) lost.add(name, value);
    return lost.names();
  };

  test.each<[string, Readonly<Record<string, readonly number[]>>, readonly string[]]>([
    ['a loss that falls to zeros for good', { loss: [2, 2.1, 0, 0, 0] }, ['loss']],
    ['series of zeros count beside it only', { loss: [2, 0, 0, 0], other: [0, 0, 0], alone: [0] }, ['loss', 'other']],
    ['zeros alone', { flag: [0, 0, 0, 0] }, []],
    ['a learning rate that decays to zero', { lr: [1, 0.5, 0.01, 0, 0, 0] }, []],
    ['zeros in between', { loss: [2, 0, 0, 0, 1.9] }, []],
    ['one zero at the end', { loss: [2, 1.5, 0] }, []],
  ])('%s', (_, series, names) => {
    expect(lostIn(series)).toEqual(names);
  });
});

test('a SwanLab log of nothing but its header is a run with the id of its folder', async () => {
  const header = Uint8Array.of(0x3a, 0x53, 0x57, 0x4c, 0xd6, 0xe1, 2);
  const { runs } = await readTree(scriptedTree({ 'run-20260101_000000-abc123/run-abc123.swanlab': header }));
  expect(runs.map(({ run }) => [run.nativeId, run.status, run.path])).toEqual([['abc123', 'unknown', 'run-20260101_000000-abc123']]);
});
