// Which params mattered in these runs, and how sure that is: the whole answer as plain data.

import type { TrialTable } from '../trials/trial';
import { oneFrom } from './association';
import { type Configurations, configurationsOf } from './configurations';
import { type Confounder, confoundersOf } from './confounding';
import { type Estimate, estimateShares, type PairEstimate, type ParamEstimate } from './estimate';
import { type Gate, gatesOf, leastPredicted, needed } from './gates';
import { inertParams, withoutInert } from './inert';
import { type PairedDifference, pairedDifferences } from './paired';
import type { Level, Param, ParamType, Scale } from './param';
import type { SetAside } from './set-aside';
import { type Space, spaceOf } from './space';
import { directionText } from './trend';

export type Tier = 'likely-top' | 'unclear' | 'no-sign' | 'not-varied';

export interface ParamEffect {
  readonly name: string;
  readonly type: ParamType;
  readonly scale: Scale;
  readonly levels: readonly Level[];
  readonly varied: boolean;
  readonly tier: Tier;
  /** Share of the outcome's variance over the tested space that its own effect has, 0 to 1; null where that may not be said. */
  readonly importance: number | null;
  readonly interval: readonly [number, number] | null;
  readonly interval80: readonly [number, number] | null;
  /** In how many of the draws it ranked first, 0 to 1; null below ten configurations. */
  readonly rankedFirst: number | null;
  readonly directionText: string;
  /** Params that changed wherever this one did, and only there. */
  readonly aliases: readonly string[];
  readonly confounders: readonly Confounder[];
  /** Where it applies: `only with optimizer = sgd`; null for everywhere. */
  readonly condition: string | null;
  /** What must be said beside it; null for nothing. */
  readonly note: string | null;
}

export interface Effects {
  readonly metric: string;
  readonly direction: 'min' | 'max';
  readonly reading: string;
  readonly seedParam: string | null;
  /** Distinct configurations that count; runs and failed runs of the table. */
  readonly n: number;
  readonly runs: number;
  readonly failed: number;
  /** Standard deviation of repeated runs around their configuration's mean; null where none was repeated. */
  readonly noiseSd: number | null;
  /** By tier and importance, then name. */
  readonly params: readonly ParamEffect[];
  /** Strongest first; empty below 100 configurations. */
  readonly interactions: readonly PairEstimate[];
  readonly paired: readonly PairedDifference[];
  readonly setAside: readonly SetAside[];
  readonly gates: readonly Gate[];
  readonly method: string;
}

/** Draws in which a param has to be among the strongest to be called so, and below which it shows no sign. */
const topFrom = 0.7;
/** Nothing is called strongest of a model that predicts runs left out no better than this (leave-one-out R²). */
const topPredicted = 0.15;
const noSignBelow = 0.25;
/** Where so large an own share cannot be ruled out, no sign only means that nothing was seen. */
const noSignUpTo = 0.1;
/** Trials that at least two levels (of five bins) need each. */
const trialsPerLevel = 3;
const mostInteractions = 3;

/** The answer for a table, whatever it holds: few runs give observations, one run gives gates that were not passed. */
export function effectsOf(table: TrialTable): Effects {
  const whole = spaceOf(table);
  const inert = inertParams(table, whole);
  const space = withoutInert(whole, inert);
  const configurations = configurationsOf(table, space);
  const n = configurations.rows.length;
  const confounders = confoundersOf(table, space, configurations);
  const together = new Map([...confounders].map(([name, list]) => [name, list.filter(({ strength }) => strength >= oneFrom).map((other) => other.name)]));
  const estimate =
    n >= needed.tiers ? estimateShares(space, configurations, { seed: seedOf(table, configurations), withPairs: n >= needed.pairs, together }) : null;
  const { squares, freedom } = configurations.within;
  const view = { table, space, configurations, estimate, confounders };
  const params = [
    ...space.params.flatMap((param) => effectsOfGroup(param, view)),
    ...whole.params.flatMap((param) => inertEffects(param, whole, inert.get(param.name) ?? 0)),
    ...space.notVaried.map(notVaried),
  ];
  const pairs = estimate && n >= needed.pairs && estimate.predicted >= leastPredicted.pairs ? estimate.pairs : [];
  return {
    metric: table.metric,
    direction: table.direction,
    reading: table.reading,
    seedParam: table.seedParam,
    n,
    runs: table.trials.length,
    failed: configurations.failed,
    noiseSd: freedom > 0 ? Math.sqrt(squares / freedom) : null,
    params: params.sort(byStrength),
    interactions: pairs.filter(({ interval95 }) => interval95[1] >= 0.01).slice(0, mostInteractions),
    paired: pairedDifferences(space, configurations),
    setAside: space.setAside,
    gates: gatesOf(table, space, configurations, estimate),
    method: methodText(n, estimate),
  };
}

interface View {
  readonly table: TrialTable;
  readonly space: Space;
  readonly configurations: Configurations;
  readonly estimate: Estimate | null;
  readonly confounders: ReadonlyMap<string, readonly Confounder[]>;
}

/** The same draws for the same outcomes, in whatever order the runs come. */
const seedOf = ({ metric }: TrialTable, { outcome }: Configurations): string => `effects ${metric} ${outcome.join(' ')}`;

/** A param and its aliases: one effect that cannot be divided among them. */
function effectsOfGroup(param: Param, view: View): readonly ParamEffect[] {
  const others = view.space.aliases.get(param.name) ?? [];
  const group = [param, ...others];
  return group.map((member) =>
    effectOf(
      member,
      param,
      group.filter((other) => other !== member).map(({ name }) => name),
      view,
    ),
  );
}

function effectOf(param: Param, first: Param, aliases: readonly string[], view: View): ParamEffect {
  const { table, configurations, estimate } = view;
  const found = estimate?.params.find(({ name }) => name === first.name) ?? null;
  const confounders = view.confounders.get(first.name) ?? [];
  const inseparable = [...aliases, ...confounders.filter(({ strength }) => strength >= oneFrom).map(({ name }) => name)];
  const thin = levelsWithEnough(param) < 2;
  const tier = tierOf(found, inseparable.length > 0 || thin || !(estimate && estimate.predicted >= topPredicted));
  const numbers = found !== null && estimate !== null && inseparable.length === 0 && !thin && numbersAllowed(estimate, configurations);
  return {
    name: param.name,
    type: param.type,
    scale: param.scale,
    levels: param.levels,
    varied: true,
    tier,
    importance: numbers ? found.share : null,
    interval: numbers ? found.interval95 : null,
    interval80: numbers ? found.interval80 : null,
    rankedFirst: found?.first ?? null,
    directionText: directionText(param, configurations, table.direction),
    aliases,
    confounders,
    condition: first.condition && `only with ${first.condition.param} = ${first.condition.levels.join(' or ')}`,
    note: noteOf(inseparable, confounders, thin),
  };
}

const numbersAllowed = (estimate: Estimate, { rows }: Configurations): boolean => rows.length >= needed.numbers && estimate.predicted >= leastPredicted.numbers;

function tierOf(found: ParamEstimate | null, capped: boolean): Tier {
  if (!found) return 'unclear';
  if (found.top >= topFrom && !capped) return 'likely-top';
  return found.some < noSignBelow && found.interval80[1] <= noSignUpTo ? 'no-sign' : 'unclear';
}

function levelsWithEnough({ levels, column, type }: Param): number {
  if (levels.length > 5 && type !== 'category') return column.length >= 2 * trialsPerLevel ? 2 : 0;
  return levels.filter(({ n }) => n >= trialsPerLevel).length;
}

function noteOf(inseparable: readonly string[], confounders: readonly Confounder[], thin: boolean): string | null {
  if (inseparable.length > 0) return `changed only together with ${inseparable.join(', ')}: cannot be told apart in these runs`;
  const [first] = confounders;
  if (first)
    return `changed mostly together with ${confounders.map(({ name }) => name).join(', ')} (association ${first.strength.toFixed(2)}): hard to tell apart in these runs`;
  return thin ? `fewer than ${trialsPerLevel} runs at all values but one` : null;
}

const notVaried = (param: Param): ParamEffect => ({
  name: param.name,
  type: param.type,
  scale: param.scale,
  levels: param.levels,
  varied: false,
  tier: 'not-varied',
  importance: null,
  interval: null,
  interval80: null,
  rankedFirst: null,
  directionText: 'not varied',
  aliases: [],
  confounders: [],
  condition: null,
  note: null,
});

function inertEffects(param: Param, space: Space, pairs: number): readonly ParamEffect[] {
  if (pairs === 0) return [];
  const note = `${pairs} pairs of runs that differ in nothing else ended alike to the last digit: it changed nothing`;
  return [param, ...(space.aliases.get(param.name) ?? [])].map((member) => ({
    ...notVaried(member),
    varied: true,
    tier: 'no-sign',
    directionText: 'no difference',
    note,
  }));
}

const tierOrder: Readonly<Record<Tier, number>> = { 'likely-top': 0, unclear: 1, 'no-sign': 2, 'not-varied': 3 };

const byStrength = (a: ParamEffect, b: ParamEffect): number =>
  tierOrder[a.tier] - tierOrder[b.tier] ||
  (b.importance ?? -1) - (a.importance ?? -1) ||
  (b.rankedFirst ?? -1) - (a.rankedFirst ?? -1) ||
  (a.name < b.name ? -1 : 1);

function methodText(n: number, estimate: Estimate | null): string {
  if (n < needed.tiers) return `observations only: ${n} distinct configurations are too few for a model`;
  if (!estimate) return 'nothing to estimate: the outcome or the params do not vary';
  const part = estimate.n < n ? ` on a random part of ${estimate.n} of ${n} configurations` : '';
  return (
    `shares of the variance over the tested space (functional ANOVA of a Gaussian process with variable selection)${part}; ` +
    `intervals are 95 % of posterior draws, widened by what they missed on factorials with a known answer; associations in these runs, not proof of what would happen in others`
  );
}
