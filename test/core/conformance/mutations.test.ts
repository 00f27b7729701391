// A small share of the fuzz lane, so that the usual tests notice a reader that throws on damage.
import { expect, test } from 'vitest';
import { mutationFailures, shares } from '../../support/mutations';

test.each(shares(200))('$fixture.id: $count random damages', async ({ fixture, count }) => {
  expect(await mutationFailures(fixture, count, 20261123)).toEqual([]);
});
