// Every fixture, cut and garbled: what can be read is read, what cannot is told, and nothing throws.
import { describe, expect, test } from 'vitest';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import { mapFiles, scriptedFile } from '../../../src/core/source/scripted';
import { filesOf, fixtureCases, treeOf, withBytes } from '../../support/fixtures';
import { allIssues, readTree, seededRandom, type WasRead } from '../../support/read';

const cuts = 10;
const garbles = 5;

/** Files to damage, the large ones more often: that is where the points are. */
function victims(files: Readonly<Record<string, Uint8Array>>, count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const paths = Object.keys(files).filter((path) => files[path]!.length > 0);
  const weights = paths.map((path) => Math.sqrt(files[path]!.length));
  const sum = weights.reduce((a, b) => a + b, 0);
  return Array.from({ length: count }, () => {
    let left = random() * sum;
    let at = 0;
    while (at < paths.length - 1 && left >= weights[at]!) left -= weights[at++]!;
    return paths[at]!;
  });
}

/** What a damaged import must be, whatever is lost. */
function expectSound(read: WasRead, what: string): void {
  for (const run of read.runs) assertRunIntegrity(run);
  expect(
    allIssues(read).filter(({ code }) => code === 'reader-error'),
    what,
  ).toEqual([]);
}

const pointsOf = ({ runs }: WasRead): number => runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);

describe.each(fixtureCases)('$id', (fixture) => {
  const files = filesOf(fixture);
  const whole = readTree(treeOf(files));

  test('cut at ten places: the loss is told', async () => {
    let silent = 0;
    for (const [at, path] of victims(files, cuts, 1).entries()) {
      const bytes = files[path]!;
      const end = Math.floor((bytes.length * (at + 0.5)) / cuts);
      const read = await readTree(withBytes(treeOf(files), path, bytes.subarray(0, end)));
      expectSound(read, `${path} cut at ${end}`);
      if (pointsOf(read) < pointsOf(await whole) && !allIssues(read).some(({ severity }) => severity === 'warn' || severity === 'critical')) silent++;
    }
    // A cut that falls between two records leaves a whole, shorter file: nobody can tell.
    expect(silent).toBeLessThanOrEqual(2);
  });

  test('ends early underfoot, or cannot be read in the middle', async () => {
    for (const [at, path] of victims(files, 3, 2).entries()) {
      const bytes = files[path]!;
      const place = Math.floor((bytes.length * (at + 1)) / 4);
      for (const script of [{ endsAt: place }, { failsAt: place }]) {
        const tree = mapFiles(treeOf(files), (file) => (file.path === path ? scriptedFile(path, bytes, script) : file));
        expectSound(await readTree(tree), `${path} ${JSON.stringify(script)}`);
      }
    }
  });

  test('garbled in one place', async () => {
    for (const [seed, path] of victims(files, garbles, 3).entries()) {
      const random = seededRandom(seed + 100);
      const bytes = files[path]!.slice();
      const start = Math.floor(random() * bytes.length);
      for (let at = start; at < Math.min(start + 24, bytes.length); at++) bytes[at] = Math.floor(random() * 256);
      expectSound(await readTree(withBytes(treeOf(files), path, bytes)), `${path} garbled at ${start}`);
    }
  });
});
