// The random seed among hyperparameters, as a fact with its evidence.

import type { Evidence, Fact } from '../model/facts';
import type { Values } from '../model/values';

const seedName = /^(?:(?:random|rng|global|manual|torch|train(?:ing)?)[_-]?)?seed$|^seed_everything$|^random_state$/i;

/**
 * The first param that names a seed: by its last part, so that `data.seed` counts.
 * @param evidence where the params stand; the key is added
 * @returns no fact where there is none, or where it is no number (`true`, null)
 */
export function seedFacts(params: Values, evidence: Evidence): Fact[] {
  for (const [key, value] of Object.entries(params)) {
    if (typeof value !== 'number' || !seedName.test(key.slice(key.lastIndexOf('.') + 1))) continue;
    const where = evidence.where === undefined ? `key ${key}` : `${evidence.where}, key ${key}`;
    return [{ kind: 'seed', value, evidence: [{ file: evidence.file, where, value: String(value) }] }];
  }
  return [];
}
