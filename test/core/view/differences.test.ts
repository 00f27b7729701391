// Rows of the differences table: sections, folders, cells and what is hidden.
import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/core/compare/comparison';
import { diffTexts } from '../../../src/core/compare/text-diff';
import type { Run } from '../../../src/core/model/run';
import { changedLines } from '../../../src/core/view/diff-lines';
import { type DiffOptions, differenceItems } from '../../../src/core/view/differences';
import { keyTree } from '../../../src/core/view/key-tree';
import { jsonPreview, lineOf, previewKind, tablePreview, textPreview } from '../../../src/core/view/preview';
import { runFromText } from '../../support/run-from-text';

const all: DiffOptions = { differencesOnly: false, search: '', reduction: 'best', folded: new Set() };
const items = (runs: readonly Run[], options: Partial<DiffOptions> = {}) => differenceItems(compareRuns(runs), runs, { ...all, ...options });
const labels = (runs: readonly Run[], options: Partial<DiffOptions> = {}) =>
  items(runs, options).map((item) => (item.kind === 'section' ? `# ${item.title}` : `${'  '.repeat(item.depth)}${item.label}`));

const a = runFromText('step loss\n0 1', { id: 'a', params: { 'opt.lr': '0.1', 'opt.name': 'sgd', 'opt.sched.gamma': 1, seed: 1, 'model.depth': 2 } });
const b = runFromText('step loss\n0 0.5', { id: 'b', params: { 'opt.lr': 0.1, 'opt.name': 'adam', 'opt.sched.gamma': 1, seed: 2 } });

describe('the table', () => {
  test('params are a tree; a folder of one is no folder', () => {
    expect(labels([a, b])).toEqual(['# Metrics', 'loss (best)', '# Params', 'model.depth', 'opt.', '  lr', '  name', '  sched.gamma', 'seed']);
  });
  test('differences only', () => {
    expect(labels([a, b], { differencesOnly: true })).toEqual(['# Metrics', 'loss (best)', '# Params', 'model.depth', 'opt.name', 'seed']);
  });
  test('search looks at whole keys and drops empty sections', () => {
    expect(labels([a, b], { search: 'OPT name' })).toEqual(['# Params', 'opt.name']);
  });
  test('folded sections and folders keep their counts', () => {
    const folded = items([a, b], { folded: new Set(['metrics', 'params:opt.']) });
    expect(folded.find((item) => item.kind === 'section' && item.id === 'metrics')).toMatchObject({ open: false, rows: 1, differing: 1 });
    expect(folded.find((item) => item.kind === 'folder')).toMatchObject({ open: false, rows: 3 });
  });
  test('an equal value of two types shows both types; a missing one a dash', () => {
    const rows = items([a, b]).filter((item) => item.kind === 'row');
    const cell = (key: string, run: Run) => rows.find((row) => row.key === key)?.cells.get(run.id);
    expect([cell('opt.lr', a)?.text, cell('opt.lr', b)?.text]).toEqual(['0.1 (str)', '0.1 (float)']);
    expect(rows.find((row) => row.key === 'opt.lr')?.differs).toBe(false);
    expect(cell('model.depth', b)).toMatchObject({ text: '–', tone: 'missing' });
    expect(cell('loss', b)).toMatchObject({ tone: 'good', exact: '0.5' });
  });
});

test('a key tree loses no name', () => {
  const names = ['a', 'a.b', 'a.b.c', 'a.b.d', 'x/y', 'x/z', '', '.', 'a.'];
  const leaves: string[] = [];
  const visit = (nodes: ReturnType<typeof keyTree<string>>): void => {
    for (const node of nodes) node.kind === 'leaf' ? leaves.push(node.value) : visit(node.children);
  };
  visit(keyTree(names, (name) => name));
  expect(leaves.sort()).toEqual([...names].sort());
});

test('long equal stretches of a diff fold away', () => {
  const text = Array.from({ length: 30 }, (_, line) => `line ${line}`);
  const changed = text.with(15, 'other');
  const shown = changedLines(diffTexts(`${text.join('\n')}\n`, `${changed.join('\n')}\n`) ?? [], 2);
  expect(shown.map((line) => (line.kind === 'gap' ? `… ${line.lines}` : line.kind))).toEqual([
    '… 13',
    'same',
    'same',
    'removed',
    'added',
    'same',
    'same',
    '… 12',
  ]);
});

describe('previews', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each([
    ['plots/a.PNG', 'image'],
    ['diff.patch', 'patch'],
    ['model/MLmodel', 'text'],
    ['requirements.txt', 'text'],
    ['a.csv', 'table'],
    ['model.pkl', 'none'],
    ['weights.pt', 'none'],
  ])('%s is %s', (path, kind) => expect(previewKind(path)).toBe(kind));
  test('JSON is indented unless that would change a number', () => {
    expect(jsonPreview(bytes('{"a":[1,2]}')).lines).toEqual(['{', '  "a": [', '    1,', '    2', '  ]', '}']);
    expect(jsonPreview(bytes('{"a":9007199254740993}')).lines).toEqual(['{"a":9007199254740993}']);
    expect(jsonPreview(bytes('{"a":NaN}')).lines).toEqual(['{"a":NaN}']);
  });
  test('a table by its delimiter, quotes understood', () => {
    expect(tablePreview(textPreview(bytes('a;b\n"1;2";"say ""x"""\n')))).toEqual([
      ['a', 'b'],
      ['1;2', 'say "x"'],
    ]);
  });
  test('a long text is cut and counted', () => {
    expect(textPreview(bytes('x\n'.repeat(2500)))).toMatchObject({ more: 500, bad: false });
    expect(textPreview(new Uint8Array([0xff, 0x41])).bad).toBe(true);
  });
  test('the line that evidence means', () => {
    expect([lineOf('line 12'), lineOf('key lr'), lineOf(undefined)]).toEqual([12, null, null]);
  });
});
