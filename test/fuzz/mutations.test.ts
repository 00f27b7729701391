// A hundred thousand random damages to real runs: nothing throws, hangs or swells, and no whole run is lost.
import { expect, test } from 'vitest';
import { fuzz, shares } from '../support/mutations';

const seed = Number(process.env.FUZZ_SEED ?? 1);
const total = Number(process.env.FUZZ_COUNT ?? 100_000);
const [part, parts] = (process.env.FUZZ_PART ?? '0/1').split('/').map(Number);

test.each(shares(total, part, parts))(
  '$fixture.id: $count',
  async ({ fixture, count }) => {
    const { failures, slowestMs, grownBytes } = await fuzz(fixture, count, seed);
    console.log(`FUZZED ${JSON.stringify({ id: fixture.id, count, failures: failures.length, slowestMs, grownBytes })}`);
    expect(failures).toEqual([]);
  },
  3_600_000,
);
