// Two thousand random damages to real runs: nothing throws, nothing hangs, no whole run is lost. `FUZZ_SEED` tries others.
import { expect, test } from 'vitest';
import { mutationFailures, shares } from '../support/mutations';

const seed = Number(process.env.FUZZ_SEED ?? 1);

test.each(shares(2000))('$fixture.id: $count', async ({ fixture, count }) => {
  expect(await mutationFailures(fixture, count, seed)).toEqual([]);
});
