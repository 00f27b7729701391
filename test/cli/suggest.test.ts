// The verb `suggest` over a table and over runs: its document to the letter, formats, exit codes.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { randomOf } from '../../src/core/base/random';
import { cli, document } from './context';

let top: string;
const table = () => join(top, 'sweep.csv');
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-suggest-'));
  const random = randomOf('sweep');
  const rows = Array.from({ length: 24 }, (_, i) => {
    const [lr, width] = [[0.001, 0.01, 0.1, 1][random.integer(4)]!, 2 ** (3 + random.integer(4))];
    return `r${i},${lr},${width},${i},${(0.9 - 0.1 * (Math.log10(lr) + 1) ** 2 + 0.01 * Math.log2(width) + 0.01 * random.normal()).toFixed(4)}`;
  });
  writeFileSync(table(), `run_id,lr,width,seed,val_acc\n${rows.join('\n')}\n`);
  for (const [i, lr] of [0.1, 0.2, 0.3].entries()) {
    const folder = join(top, 'runs', `run ${i}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'metrics.csv'), `step,loss\n0,2\n1,${1 - lr}\n`);
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ lr }));
  }
});
afterAll(() => rmSync(top, { recursive: true }));

interface Document {
  readonly command: string;
  readonly suggestions: readonly Readonly<Record<string, unknown>>[];
  readonly gates: readonly { readonly code: string; readonly passed: boolean }[];
}
const ask = async (...words: string[]) => (await document(['suggest', ...words])) as unknown as Document;

describe('the document', () => {
  test('has the fields of the contract', async () => {
    const { command, suggestions, gates } = await ask(table(), '--metric', 'val_acc', '--count', '4');
    expect(command).toBe('suggest');
    expect(suggestions).toHaveLength(4);
    for (const one of suggestions) {
      expect(Object.keys(one)).toEqual(['params', 'kind', 'predicted', 'why', 'nearest', 'changes_mind']);
      expect(['exploit', 'explore', 'boundary', 'replicate', 'disambiguate']).toContain(one.kind);
    }
    expect(gates.every(({ passed }) => passed)).toBe(true);
  });

  test('is the same for the same seed', async () => {
    const once = await ask(table(), '--metric', 'val_acc', '--seed', '3');
    expect(await ask(table(), '--metric', 'val_acc', '--seed', '3')).toEqual(once);
    expect(await ask(table(), '--metric', 'val_acc', '--seed', '4')).not.toEqual(once);
  });

  test('of a few runs says which gate holds the model back', async () => {
    const { gates, suggestions } = await ask(join(top, 'runs'), '--metric', 'loss');
    expect(gates.filter(({ passed }) => !passed).map(({ code }) => code)).toContain('complete-runs');
    expect(suggestions.every(({ predicted }) => predicted === null)).toBe(true);
  });
});

test('text for people names reasons and gates', async () => {
  const { code, out } = await cli(['suggest', table(), '--metric', 'val_acc']);
  expect(code).toBe(0);
  expect(out).toMatch(/^1\. \w+: lr = /m);
  expect(out).toContain('predicted');
  expect(out).toContain('ok ');
});

test('a format alone on standard output', async () => {
  const { out } = await cli(['suggest', table(), '--metric', 'val_acc', '--format', 'yaml', '--count', '3']);
  expect(parseAllDocuments(out).map((one) => Object.keys(one.toJS() as object))).toEqual([
    expect.arrayContaining(['lr', 'width']),
    expect.anything(),
    expect.anything(),
  ]);
});

describe('wrong usage', () => {
  test.each([
    [['--metric', 'val_acc', '--format', 'yml'], /yaml/],
    [['--metric', 'val_acc', '--count', '0'], /--count/],
    [['--metric', 'val_acc', '--count', '1000'], /--count/],
    [['--metric', 'val_acc', '--json', '--format', 'yaml'], /--format/],
    [[], /--metric/],
  ])('%j', async (words, message) => {
    const { code, err } = await cli(['suggest', table(), ...words]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
