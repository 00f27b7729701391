// A run's attributes as a tree: by path as Neptune has it, by kind for others; folded, searched, and walked by keys.
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/core/model/run';
import {
  type AttributeNode,
  allFolders,
  attributeRows,
  attributeTree,
  folderPath,
  openAtFirst,
  searchTree,
  treeMove,
} from '../../../src/core/view/attribute-tree';
import { type AttributeOrder, attributesOf, attributeText, naturalOrder } from '../../../src/core/view/attributes';
import { runFromText } from '../../support/run-from-text';

const run: Run = {
  ...runFromText('step train/loss val.loss\n0 1 .\n1 0.5 0.75', {
    name: 'digits',
    params: { 'optim/lr': 0.1, 'optim/name': 'sgd', 'model.layers.10': 4, 'model.layers.9': 3, nested: { deep: { er: [1, 2] }, off: false } },
    tags: { urgent: true, 'sys/owner': 'kim' },
    facts: [{ kind: 'packages', value: { numpy: '2.1.0', torch: '2.5.1' } }],
  }),
  artifacts: [
    { path: 'checkpoints/last.ckpt', size: 2048, kind: 'file' },
    { path: 'train.py', size: 10, kind: 'file' },
  ],
  media: [{ name: 'val/examples', kind: 'images', count: 12 }],
};

const drawn = (nodes: readonly AttributeNode[], depth = 0): string[] =>
  nodes.flatMap((node) =>
    node.kind === 'folder'
      ? [`${'  '.repeat(depth)}${node.label}/ ${node.count}`, ...drawn(node.children, depth + 1)]
      : [`${'  '.repeat(depth)}${node.label}: ${node.attribute.text}`],
  );
const treeOf = (order: AttributeOrder, of = run) => attributeTree(attributesOf(of, order), order);

describe('by path', () => {
  test('all kinds stand in one tree, folders first and numbers as numbers', () => {
    expect(drawn(treeOf('path')).filter((line) => !/^ *(run\/|diptych_id|format|path|status|id|name: digits)/.test(line))).toEqual([
      'checkpoints/ 1',
      '  last.ckpt: 2.0 KB',
      'facts/ 2',
      '  packages/ 2',
      '    numpy: 2.1.0',
      '    torch: 2.5.1',
      'model/ 2',
      '  layers/ 2',
      '    9: 3',
      '    10: 4',
      'nested/ 2',
      '  deep/ 1',
      '    er: [1,2]',
      '  off: false',
      'optim/ 2',
      '  lr: 0.1',
      '  name: sgd',
      'sys/ 1',
      '  owner: kim',
      'tags/ 1',
      '  urgent: true',
      'train/ 1',
      '  loss: 0.5',
      'val/ 2',
      '  examples: 12 entries of images',
      '  loss: 0.75',
      'train.py: 10 B',
    ]);
  });

  test('Neptune’s runs are shown so, all others by kind', () => {
    expect(['neptune-export', 'neptune-offline', 'neptune-scale', 'wandb', 'unknown'].map(naturalOrder)).toEqual(['path', 'path', 'path', 'kind', 'kind']);
  });
});

test('by kind, the kinds stand in their own order', () => {
  expect(treeOf('kind').map(({ label }) => label)).toEqual(['run', 'params', 'metrics', 'media', 'tags', 'files', 'facts']);
});

test('names that are no paths lose nothing', () => {
  const odd = treeOf(
    'path',
    runFromText('step loss\n0 1', { params: { '/abs/x': 1, 'a//b': 2, 'end/': 3, '/': 4, '': 5, '..': 6, [`${'d/'.repeat(2000)}e`]: 7 } }),
  );
  const paths = attributeRows(odd, allFolders(odd)).flatMap(({ node }) =>
    node.kind === 'leaf' && node.attribute.kind === 'param' ? [node.attribute.path] : [],
  );
  expect(paths.toSorted()).toEqual(['', '..', '/', '/abs/x', 'a//b', `${'d/'.repeat(2000)}e`, 'end/'].toSorted());
  const rows = attributeRows(odd, allFolders(odd));
  expect(rows.every(({ node }) => node.label !== '')).toBe(true);
  expect(new Set(rows.map(({ node }) => node.id)).size).toBe(rows.length);
});

describe('search', () => {
  test('keeps the folders of what it finds, by path and by value', () => {
    expect(drawn(searchTree(treeOf('kind'), 'lr'))).toEqual(['params/ 1', '  optim/ 1', '    lr: 0.1']);
    expect(drawn(searchTree(treeOf('kind'), 'SGD'))).toEqual(['params/ 1', '  optim/ 1', '    name: sgd']);
    expect(drawn(searchTree(treeOf('kind'), 'facts torch'))).toEqual(['facts/ 1', '  packages/ 1', '    torch: 2.5.1']);
    expect(searchTree(treeOf('kind'), 'no such thing')).toEqual([]);
  });
});

describe('rows', () => {
  const tree = treeOf('kind');
  const names = (open: ReadonlySet<string>) => attributeRows(tree, open).map(({ node, level }) => `${level} ${node.label}`);

  test('open at first as far as there is room', () => {
    expect(names(openAtFirst(tree, 5))).toEqual(['1 run', '1 params', '1 metrics', '1 media', '1 tags', '1 files', '1 facts']);
    expect(names(openAtFirst(tree, 10)).length).toBeLessThanOrEqual(10);
    expect(names(allFolders(tree))).toContain('4 10');
  });

  test('say their place among their brothers', () => {
    const rows = attributeRows(tree, allFolders(tree));
    expect(rows.filter(({ level }) => level === 1).map(({ place, brothers }) => `${place}/${brothers}`)).toEqual([
      '1/7',
      '2/7',
      '3/7',
      '4/7',
      '5/7',
      '6/7',
      '7/7',
    ]);
  });

  test('are walked as the tree pattern has it', () => {
    const open = allFolders(tree);
    const rows = attributeRows(tree, open);
    const at = (label: string) => rows.findIndex(({ node }) => node.label === label);
    const optim = at('optim');
    const folder = rows[optim]?.node;
    expect(treeMove(rows, optim, 'ArrowRight', 10)).toEqual({ to: optim + 1 });
    expect(treeMove(rows, optim, 'ArrowLeft', 10)).toEqual({ close: folder?.id });
    expect(treeMove(rows, at('lr'), 'ArrowLeft', 10)).toEqual({ to: optim });
    expect(treeMove(rows, at('lr'), 'ArrowRight', 10)).toBeNull();
    expect(treeMove(rows, 0, 'ArrowUp', 10)).toEqual({ to: 0 });
    expect(treeMove(rows, 0, 'End', 10)).toEqual({ to: rows.length - 1 });
    const folded = attributeRows(tree, new Set());
    expect(treeMove(folded, 1, 'ArrowRight', 10)).toEqual({ open: [folded[1]?.node.id] });
    expect(treeMove(folded, 1, '*', 10)).toEqual({ open: folded.map(({ node }) => node.id) });
    expect(treeMove([], 0, 'ArrowDown', 10)).toBeNull();
  });

  test('folders and attributes are copied in full', () => {
    const rows = attributeRows(tree, allFolders(tree));
    const layers = rows.find(({ node }) => node.label === 'layers')?.node;
    expect(layers?.kind === 'folder' && folderPath(layers)).toBe('params/model/layers');
    const exact = attributesOf(runFromText('step a\n0 0.1234567890123', { params: { p: 1 / 3, text: 'x\n'.repeat(400) } }), 'kind');
    expect(exact.find(({ path }) => path === 'p')).toMatchObject({ text: '0.3333333333333333' });
    expect(exact.filter(({ path }) => path === 'text' || path === 'a').map(attributeText)).toEqual(['x\n'.repeat(400), '0.1234567890123']);
  });
});

test('ten thousand attributes of one folder are one level', () => {
  const many = runFromText('step loss\n0 1', { params: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`layer/${i}/w`, i])) });
  const tree = treeOf('path', many);
  const rows = attributeRows(tree, allFolders(tree));
  expect(rows.filter(({ node }) => node.kind === 'leaf').length).toBeGreaterThan(10_000);
  expect(openAtFirst(tree, 60).size).toBeLessThan(5);
});
