// A small share of the fuzz lane, so that the usual tests notice a reader that throws on damage.
import { expect, test } from 'vitest';
import { fuzz, shares } from '../../support/mutations';

test.each(shares(3_000))(
  '$fixture.id: $count random damages',
  async ({ fixture, count }) => {
    expect((await fuzz(fixture, count, 20261123)).failures).toEqual([]);
  },
  120_000,
);
