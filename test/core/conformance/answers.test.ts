// Every fixture, read through ingest, is what the tracker's own software answered; and it stays the same run wherever it lies.
import { describe, expect, test } from 'vitest';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import { differences } from '../../support/answer';
import { answerOf, filesOf, fixtureCases, slowTree, treeOf } from '../../support/fixtures';
import { readTree, type WasRead } from '../../support/read';

const idsOf = ({ runs }: WasRead): string[] => runs.map(({ run }) => run.id).sort();

describe.each(fixtureCases)('$id', (fixture) => {
  const files = filesOf(fixture);
  const whole = readTree(treeOf(files));

  test('gives the answer', async () => {
    const { runs } = await whole;
    for (const read of runs) assertRunIntegrity(read);
    expect(differences(answerOf(fixture), runs)).toEqual([]);
  });

  test('gives the same when read again, and when its bytes come in small pieces', async () => {
    expect(await readTree(treeOf(files))).toEqual(await whole);
    const size = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    expect(await readTree(slowTree(files, size > 200_000 ? 4099 : 61))).toEqual(await whole);
  });

  test('keeps its ids when it is moved and renamed', async () => {
    const moved = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`elsewhere/deeper/${path}`, bytes]));
    expect(idsOf(await readTree(treeOf(moved, 'another name')))).toEqual(idsOf(await whole));
  });
});
