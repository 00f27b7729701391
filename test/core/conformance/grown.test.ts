// Every fixture, grown in pieces under the eyes of a follower: what it has in the end is what one reading of the whole gives.
import { describe, expect, test } from 'vitest';
import { filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { type Files, followed, GrowingSource, grownTo } from '../../support/grown';
import { readTree, seededRandom } from '../../support/read';

const pieces = 5;

/** Five moments of the writing, each file cut anywhere: in the middle of records and lines. */
function moments(files: Files, seed: number): Files[] {
  const random = seededRandom(seed);
  const cuts = new Map(
    Object.entries(files).map(([path, { length }]) => [
      path,
      Array.from({ length: pieces - 1 }, () => Math.floor(random() * (length + 1))).sort((a, b) => a - b),
    ]),
  );
  return Array.from({ length: pieces }, (_, moment) =>
    grownTo(files, Object.fromEntries([...cuts].flatMap(([path, at]) => (at[moment] === undefined ? [] : [[path, at[moment]]])))),
  );
}

/** Without its id: a run that has none of its own keeps the one that its first bytes gave it. */
const unnamed = (runs: Iterable<Awaited<ReturnType<typeof readTree>>['runs'][number]>) =>
  [...runs]
    .map(({ run: { id: _, ...run }, points, contents }) => ({ run, points, contents }))
    .sort((a, b) => (a.run.path + a.run.nativeId < b.run.path + b.run.nativeId ? -1 : 1));

/** Experiments that were deleted while they were followed: what was read of them stays, though one reading of the whole finds nothing. */
const deletedMeanwhile = new Set(['to be deleted']);

/** A browser writes a download at once: half of one is no sign of the whole. */
const downloads = new Set(['tensorboard-export', 'wandb-export']);

describe.each(fixtureCases.filter(({ format }) => !downloads.has(format)))('$id', (fixture) => {
  const files = filesOf(fixture);

  test('grown in five pieces it is what it is read at once', async () => {
    const source = new GrowingSource();
    const follower = followed(source);
    for (const moment of moments(files, 7)) {
      source.become(moment);
      await follower.look();
    }
    const whole = await readTree(treeOf(files), { keepContents: true });
    const grown = [...follower.runs.values()].filter(({ run }) => !deletedMeanwhile.has(run.experiment ?? ''));
    expect(unnamed(grown)).toEqual(unnamed(whole.runs));
  });
});
