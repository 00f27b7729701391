// NUL bytes: what a crash leaves of blocks that were never written, at the end of a log or where its writer went on.
import { expect, test } from 'vitest';
import { codes, readTexts, sayings } from '../../support/odd-texts';

const nuls = '\0'.repeat(5000);
const loss = (read: Awaited<ReturnType<typeof readTexts>>) => sayings(read).map(({ series }) => series.map(({ name, values }) => [name, [...values]]));

test.each([
  ['a table', 'log.csv', 'step,loss\n0,1\n1,2\n', [['loss', [1, 2]]]],
  ['JSON lines', 'log.jsonl', '{"step": 0, "loss": 1}\n{"step": 1, "loss": 2}\n', [['loss', [1, 2]]]],
  [
    'a JSON history',
    'history.json',
    '{"loss": [1, 2], "val_loss": [3, 4]}',
    [
      ['loss', [1, 2]],
      ['val_loss', [3, 4]],
    ],
  ],
])('%s that ends in them is read up to there, and told', async (_, name, text, series) => {
  const read = await readTexts({ [name]: text + nuls });
  expect(loss(read)).toEqual([series]);
  expect(codes(read)).toEqual(['truncated']);
});

test('a table whose writer went on behind a hole has both parts, and tells the line', async () => {
  const read = await readTexts({ 'log.csv': `step,loss\n0,1\n1,2\n${nuls}2,3\n3,4\n` });
  expect(loss(read)).toEqual([[['loss', [1, 2, 3, 4]]]]);
  expect(read.runs[0]?.run.issues.map(({ code, where }) => [code, where])).toEqual([['bad-record', 'line 4']]);
});

test('JSON lines behind a hole: the line that it tore is told, the others are read', async () => {
  const read = await readTexts({ 'log.jsonl': `{"step": 0, "loss": 1}\n{"step": 1, "loss": 2}\n${nuls}{"step": 2, "loss": 3}\n{"step": 3, "loss": 4}\n` });
  expect(loss(read)).toEqual([[['loss', [1, 2, 4]]]]);
  expect(codes(read)).toEqual(['bad-record']);
});

test('binary data with the name of a table is none', async () => {
  const bytes = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251);
  expect((await readTexts({ 'log.csv': '' }, () => bytes)).runs).toEqual([]);
});
