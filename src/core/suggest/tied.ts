// Params that changed together, so that their effects cannot be told apart: strongest tie first.

import type { Configurations } from '../effects/configurations';
import { confoundersOf } from '../effects/confounding';
import { levelText } from '../effects/param';
import type { Space } from '../effects/space';
import type { Value } from '../model/values';
import type { Trial, TrialTable } from '../trials/trial';

export interface TiedPair {
  readonly a: string;
  readonly b: string;
  /** One changed wherever the other did, and only there: `b` is no axis of its own. */
  readonly alias: boolean;
}

/** Aliases first, then pairs by the strength of their association. */
export function tiedPairs(table: TrialTable, space: Space, configurations: Configurations): readonly TiedPair[] {
  const aliases = [...space.aliases].flatMap(([a, others]) => others.map(({ name }) => ({ a, b: name, alias: true, strength: 1 })));
  const confounded = [...confoundersOf(table, space, configurations)].flatMap(([a, others]) =>
    others.flatMap(({ name, kind, strength }) => (kind === 'param' && a < name ? [{ a, b: name, alias: false, strength }] : [])),
  );
  return [...aliases, ...confounded].sort((x, y) => Number(y.alias) - Number(x.alias) || y.strength - x.strength || (x.a + x.b < y.a + y.b ? -1 : 1));
}

/** A value of `name` that the best of these trials, in order, has instead of `not`; undefined where all have the same. */
export const otherValue = (trials: readonly Trial[], name: string, not: Value | undefined): Value | undefined =>
  trials.find(({ params }) => Object.hasOwn(params, name) && (not === undefined || levelText(params[name] as Value) !== levelText(not)))?.params[name];
