// MMEngine and MMCV as the fixtures do not show them: literals of configs, logs without their text log, folders that are not theirs.
import { describe, expect, test } from 'vitest';
import { literalsOf } from '../../../src/core/readers/mmengine/python-literals';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { readTree } from '../../support/read';

describe('literals', () => {
  test.each([
    ['a = 1', { a: 1 }],
    ['a = -0.5\nb = 1e-3\nc = 0x10\nd = 1_000\ne = 5.', { a: -0.5, b: 0.001, c: 16, d: 1000, e: 5 }],
    ['a = 9007199254740993', { a: 9007199254740993n }],
    ["a = 'x' # said\nb = \"it's\\n\"\nc = r'\\n'\nd = '''two\nlines'''", { a: 'x', b: "it's\n", c: '\\n', d: 'two\nlines' }],
    ["a = ('one '\n     'two')\nb = (1, )\nc = ()", { a: 'one two', b: [1], c: [] }],
    ["m = dict(type='X', k=[1, None, True], n=dict(\n    a={'b': 2},\n))", { m: { type: 'X', k: [1, null, true], n: { a: { b: 2 } } } }],
    ['a = b\nc = f(1)\nd = 1 + 2\ne = [1, x]\nf = dict(a=g())\nh = 3', { h: 3 }],
    ['a = 1\na = a * 2', {}],
    ["a = '''\nb = 2\n'''", { a: '\nb = 2\n' }],
    ["a = 'x'\n'b'\nif c == 1:\n    d = 4", { a: 'x' }],
    ["a = {'__proto__': 1}", { a: JSON.parse('{"__proto__": 1}') }],
    ['a = [1, 2', {}],
    ["a = 'no end", {}],
    ["a = {'k': 1", {}],
  ])('%j', (source, values) => {
    expect({ ...literalsOf(source) }).toEqual(values);
  });

  test('nests only so deep', () => {
    expect({ ...literalsOf(`a = ${'['.repeat(10_000)}${']'.repeat(10_000)}\nb = 1`) }).toEqual({ b: 1 });
  });
});

const rows = (text: string) => text.trim().replaceAll("'", '"');
const epochs = rows(`
{'mode': 'train', 'epoch': 1, 'iter': 50, 'lr': 0.1, 'loss': 3}
{'mode': 'train', 'epoch': 1, 'iter': 100, 'lr': 0.1, 'loss': 2}
{'mode': 'train', 'epoch': 2, 'iter': 50, 'lr': {'backbone': 0.1}, 'loss': 1}
{'mode': 'val', 'epoch': 2, 'iter': 10, 'bbox_mAP': 0.5}
`);

async function curves(files: ScriptedFiles): Promise<string[][]> {
  const { runs } = await readTree(scriptedTree(files, {}));
  return runs.map(({ run, points }) => [
    `${run.format} ${run.path} ${run.status}`,
    ...run.series.map(
      ({ name, context }, at) =>
        `${name}${context.mode ? ` ${context.mode}` : ''} ${[...points[at]!.values].map((value, row) => `${points[at]!.steps?.[row]}:${value}`).join(' ')}`,
    ),
  ]);
}

test('without the text log the last iteration of an epoch is its length', async () => {
  expect(await curves({ 'w/20220102_030405.log.json': epochs })).toEqual([
    [
      'mmengine w/20220102_030405.log.json unknown',
      'bbox_mAP val 2:0.5',
      'epoch 50:1 100:1 150:2',
      'epoch val 2:2',
      'iter 50:50 100:100 150:50',
      'iter val 2:10',
      'loss 50:3 100:2 150:1',
      'lr 50:0.1 100:0.1',
      'lr/backbone 150:0.1',
    ],
  ]);
});

test('iterations that go on through the epochs are steps', async () => {
  const text = epochs.replace('"epoch": 2, "iter": 50', '"epoch": 2, "iter": 150');
  expect((await curves({ 'w/20220102_030405.log.json': text }))[0]).toContain('loss 50:3 100:2 150:1');
});

test('a vis_data that was given alone is a run', async () => {
  expect(await curves({ 'vis_data/scalars.json': '{"loss": 1, "iter": 10, "step": 10}\n{"coco/bbox_mAP": 0.5, "step": 1}\n' })).toEqual([
    ['mmengine . unknown', 'coco/bbox_mAP 1:0.5', 'iter 10:10', 'loss 10:1'],
  ]);
});

test('scalars of others are left alone', async () => {
  expect((await curves({ 'a/scalars.json': '{"loss": 1, "step": 10}\n{"loss": 0.5, "step": 20}\n' }))[0]?.[0]).toBe('jsonl a unknown');
});
