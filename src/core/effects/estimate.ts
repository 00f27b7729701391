// From configurations to what is known of each param's share: draws, intervals, and how often a param is among the strongest.

import { randomOf } from '../base/random';
import { mean, quantile, sorted, variance } from '../statistics/basic';
import type { Configurations } from './configurations';
import { factorOf } from './kernels';
import type { Param } from './param';
import { sampleSettings } from './sample';
import { drawShares, pairIndex, type ShareDraw } from './shares';
import type { Space } from './space';

export interface Share {
  /** Median over the draws. */
  readonly share: number;
  readonly interval95: readonly [number, number];
  readonly interval80: readonly [number, number];
}

export interface ParamEstimate extends Share {
  readonly name: string;
  /** In how many of the draws its own effect is the largest, and is at least half as large as the largest and not negligible. */
  readonly first: number;
  readonly top: number;
  /** In how many of the draws it has an effect worth the name, alone or with others. */
  readonly some: number;
}

export interface PairEstimate extends Share {
  readonly params: readonly [string, string];
}

export interface Estimate {
  readonly params: readonly ParamEstimate[];
  readonly pairs: readonly PairEstimate[];
  /** 1 − leave-one-out squared error / variance of the configurations' means; NaN where they do not vary. */
  readonly predicted: number;
  /** Configurations that the estimate stands on; fewer than all where there are very many. */
  readonly n: number;
}

/** Beyond this many configurations a random part of them is used: the cost grows with the cube. */
export const mostConfigurations = 120;
/** Params that enter the model, the most telling ones first; the rest are beyond what so few runs can say. */
export const mostParams = 24;
/** Effects below this share of the variance between trials are negligible. */
const negligible = 0.05;

const chains = 3;
/** Covariance factorisations that an answer may take at 50 configurations; fewer where each costs more. */
const budget = 5000;

export interface EstimateOptions {
  /** The same seed gives the same draws. */
  readonly seed: string;
  readonly withPairs: boolean;
  /** Param → params that it cannot be told from: what is largest is judged by their sum, as the draws divide it at will. */
  readonly together?: ReadonlyMap<string, readonly string[]>;
}

/** Estimates the shares; null where nothing varies. The same table gives the same numbers. */
export function estimateShares(space: Space, configurations: Configurations, options: EstimateOptions): Estimate | null {
  const { seed, withPairs } = options;
  const chosen = part(configurations, seed);
  const spread = variance(chosen.outcome);
  const params = mostTelling(space.params, chosen);
  if (!(spread > 0) || params.length === 0) return null;
  const centre = mean(chosen.outcome);
  const y = chosen.outcome.map((value) => (value - centre) / Math.sqrt(spread));
  const within = { squares: configurations.within.squares / spread, freedom: configurations.within.freedom };
  const reach = new Map(space.params.map((param) => [param.name, reachOf(param, space)]));
  const factors = params.map((param) => factorOf(param, chosen.rows, reach.get(param.name) ?? 1));

  const random = randomOf(`${seed} draws`);
  const draws: ShareDraw[] = [];
  const each = 2 * factors.length + 3;
  const sweeps = Math.max(45, Math.min(360, Math.round((budget * Math.min(1, (50 / y.length) ** 2)) / each / chains)));
  const burn = Math.ceil(sweeps / 4);
  const thin = Math.max(1, Math.floor((sweeps - burn) / 80));
  const kept = Math.floor((sweeps - burn) / thin);
  sampleSettings({ factors, y, replicates: chosen.replicates, within }, { seed, chains, draws: kept, burn, thin }, (setting, surface) => {
    draws.push(drawShares(setting, surface, random, withPairs));
  });
  return summary(params, draws, y.length, options.together ?? new Map());
}

function summary(params: readonly Param[], draws: readonly ShareDraw[], n: number, together: ReadonlyMap<string, readonly string[]>): Estimate {
  const shares = draws.map(({ main, total }) => main.map((own) => (total > 0 ? own / total : 0)));
  const groups = params.map(({ name }, j) => [
    j,
    ...(together.get(name) ?? []).map((other) => params.findIndex((param) => param.name === other)).filter((at) => at >= 0),
  ]);
  const largest = shares.map((share) => Math.max(0, ...groups.map((group) => group.reduce((sum, at) => sum + (share[at] as number), 0))));
  const counted = (test: (draw: ShareDraw, at: number) => boolean): number => draws.filter(test).length / draws.length;
  const estimates = params.map((param, j): ParamEstimate => {
    const all = sorted(shares.map((share) => share[j] as number));
    const worth = ({ main }: ShareDraw): boolean => (main[j] as number) >= negligible;
    return {
      name: param.name,
      ...shareOf(all, n),
      first: counted((draw, at) => worth(draw) && (shares[at]?.[j] as number) >= (largest[at] as number)),
      top: counted((draw, at) => worth(draw) && (shares[at]?.[j] as number) >= 0.5 * (largest[at] as number)),
      some: counted(({ total, without, main }) => Math.max(main[j] as number, total - (without[j] as number)) >= negligible),
    };
  });
  const pairs = draws[0]?.pairs.length
    ? params.flatMap((a, i) => params.slice(i + 1).map((b, k) => pairOf(a, b, draws, pairIndex(i, i + 1 + k, params.length), n)))
    : [];
  return {
    params: estimates,
    pairs: pairs.sort((a, b) => b.share - a.share),
    predicted: 1 - mean(draws.map(({ missed }) => missed)) / (n - 1),
    n,
  };
}

const pairOf = (a: Param, b: Param, draws: readonly ShareDraw[], at: number, n: number): PairEstimate => ({
  params: [a.name, b.name],
  ...shareOf(sorted(draws.map(({ pairs, total }) => (total > 0 ? (pairs[at] as number) / total : 0))), n),
});

/**
 * Intervals are this much wider than the draws: the surface is smoother and its noise more even than those of real trainings. Set on
 * factorials with a known answer (docs/decisions/0140).
 */
const widened = 1.3;

/** No interval ends below 1 / n: so few configurations cannot rule less out. */
function shareOf(ascending: Float64Array, n: number): Share {
  const share = quantile(ascending, 0.5);
  const outward = (q: number): number => Math.min(1, Math.max(0, share + widened * (quantile(ascending, q) - share)));
  const upper = (q: number): number => Math.max(outward(q), 1 / n);
  return { share, interval95: [outward(0.025), upper(0.975)], interval80: [outward(0.1), upper(0.9)] };
}

/** Share of the branches in which a param applies: its own effect counts only there. */
function reachOf({ condition }: Param, space: Space): number {
  const parent = condition && space.params.find(({ name }) => name === condition.param);
  return parent ? condition.levels.length / parent.levels.length : 1;
}

type Part = Pick<Configurations, 'rows' | 'outcome' | 'replicates'>;

function part(all: Configurations, seed: string): Part {
  if (all.rows.length <= mostConfigurations) return all;
  const random = randomOf(`${seed} part`);
  const order = Array.from(all.rows.keys(), (at) => ({ at, key: random.next() })).sort((a, b) => a.key - b.key);
  const kept = order
    .slice(0, mostConfigurations)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  return {
    rows: Int32Array.from(kept, (at) => all.rows[at] as number),
    outcome: Float64Array.from(kept, (at) => all.outcome[at] as number),
    replicates: Float64Array.from(kept, (at) => all.replicates[at] as number),
  };
}

/** Where there are very many params: those whose levels tell most of the outcome, by the corrected share of variance between levels. */
function mostTelling(params: readonly Param[], { rows, outcome }: Part): readonly Param[] {
  if (params.length <= mostParams) return params;
  const centre = mean(outcome);
  const scored = params.map((param) => {
    const sums = new Map<number, { sum: number; n: number }>();
    for (const [at, row] of rows.entries()) {
      const level = param.column[row] as number;
      const group = sums.get(level) ?? { sum: 0, n: 0 };
      sums.set(level, { sum: group.sum + (outcome[at] as number) - centre, n: group.n + 1 });
    }
    let between = 0;
    for (const { sum, n } of sums.values()) between += sum ** 2 / n;
    return { param, score: between / Math.max(1, sums.size - 1) };
  });
  const best = scored.sort((a, b) => b.score - a.score || (a.param.name < b.param.name ? -1 : 1)).slice(0, mostParams);
  return best.map(({ param }) => param).sort((a, b) => (a.name < b.name ? -1 : 1));
}
