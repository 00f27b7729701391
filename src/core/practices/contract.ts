// The comparability contract: which runs meet what the project demands before runs are ranked, and their ranking.

import type { RunId } from '../base/units';
import { sameValue } from '../compare/same-value';
import { factValue } from '../model/facts';
import { contextText, type Direction, type Run, type Series } from '../model/run';
import type { ComparabilityContract, Project } from '../project/project';
import { replicatesOf, seedOf } from './scopes';

/** One demand that a run does not meet, or does not show to meet. */
export interface Breach {
  readonly clause: 'metric' | 'split' | 'params' | 'dataset' | 'budget' | 'seeds';
  readonly reason: string;
}

export type Broken = ReadonlyMap<RunId, readonly Breach[]>;

/** Runs that break the contract, with every reason; empty without a contract. */
export function brokenBy(runs: readonly Run[], project: Project): Broken {
  const { contract } = project;
  if (contract === null) return new Map();
  const seeds = contract.seeds === undefined ? new Map<RunId, number>() : seedCounts(runs);
  return new Map(runs.map((run) => [run.id, breachesOf(run, contract, project, seeds)] as const).filter(([, breaches]) => breaches.length > 0));
}

export interface Ranked {
  readonly run: Run;
  /** Last logged value of the contract's metric. */
  readonly value: number;
}

/** Runs that meet the contract, best first by their last value; null where the contract names no metric or no direction is known. */
export function rankingOf(runs: readonly Run[], project: Project, broken: Broken): readonly Ranked[] | null {
  const { contract } = project;
  if (contract?.metric === undefined) return null;
  const ranked = runs.flatMap((run) => {
    const series = broken.has(run.id) ? null : metricOf(run, contract.metric as string);
    return series === null ? [] : [{ run, value: series.last as number, direction: series.direction }];
  });
  const stated = project.roles.find(({ metric }) => metric === contract.metric)?.direction;
  const directions = new Set<Direction>(contract.direction ? [contract.direction] : stated ? [stated] : ranked.map(({ direction }) => direction));
  const [direction] = directions;
  if (ranked.length > 0 && (directions.size !== 1 || direction === 'none')) return null;
  const sign = direction === 'max' ? -1 : 1;
  return ranked.sort((a, b) => sign * (a.value - b.value) || (a.run.id < b.run.id ? -1 : 1)).map(({ run, value }) => ({ run, value }));
}

function breachesOf(run: Run, contract: ComparabilityContract, project: Project, seeds: ReadonlyMap<RunId, number>): readonly Breach[] {
  const series = contract.metric === undefined ? null : metricOf(run, contract.metric);
  return [
    contract.metric === undefined ? null : metricBreach(series, contract.metric),
    contract.split === undefined ? null : splitBreach(series, contract.split, project),
    paramsBreach(run, contract.params ?? {}),
    contract.datasetDigest === undefined ? null : datasetBreach(run, contract.datasetDigest),
    contract.lastStep === undefined ? null : budgetBreach(run, series, contract.lastStep),
    contract.seeds === undefined ? null : seedsBreach(seeds.get(run.id) ?? 0, contract.seeds),
  ].filter((breach) => breach !== null);
}

/** The metric's series, the one without a context first. */
function metricOf(run: Run, name: string): Series | null {
  const named = run.series.filter((series) => series.name === name && series.count > 0);
  return named.find(({ context }) => contextText(context) === '') ?? named[0] ?? null;
}

function metricBreach(series: Series | null, name: string): Breach | null {
  if (series === null) return { clause: 'metric', reason: `${name} is not logged` };
  return Number.isFinite(series.last ?? Number.NaN) ? null : { clause: 'metric', reason: `the last ${name} is not finite` };
}

/** Only what is known for sure breaks it: a stated split, or one that the name says plainly. */
function splitBreach(series: Series | null, wanted: string, project: Project): Breach | null {
  if (series === null) return null;
  const stated = project.roles.find(({ metric }) => metric === series.name)?.split;
  const split = stated ?? (series.confidence >= 0.8 && series.split !== 'other' ? series.split : wanted);
  return split === wanted ? null : { clause: 'split', reason: `${series.name} is measured on ${split}, not ${wanted}` };
}

function paramsBreach(run: Run, wanted: ComparabilityContract['params'] & object): Breach | null {
  const names = Object.keys(wanted).filter((name) => !sameValue(Object.hasOwn(run.params, name) ? run.params[name] : undefined, wanted[name]));
  if (names.length === 0) return null;
  const [first] = names as [string];
  const has = Object.hasOwn(run.params, first) ? `is ${String(run.params[first]).slice(0, 60)}` : 'is not recorded';
  return { clause: 'params', reason: `${first} ${has}${names.length > 1 ? `, and ${names.length - 1} more` : ''}` };
}

function datasetBreach(run: Run, wanted: string): Breach | null {
  const digests = (factValue(run.facts, 'datasets') ?? []).flatMap(({ digest }) => digest ?? []);
  if (digests.includes(wanted)) return null;
  return { clause: 'dataset', reason: digests.length === 0 ? 'no digest of the data is recorded' : `the data has the digest ${digests[0]}` };
}

/** One logging interval, or 1 %, early or late is the same budget: trackers count from 0 or 1. */
function budgetBreach(run: Run, series: Series | null, wanted: number): Breach | null {
  const measured =
    series ??
    run.series
      .filter(({ system }) => !system)
      .reduce<Series | null>((longest, one) => ((one.lastStep ?? -1) > (longest?.lastStep ?? -1) ? one : longest), null);
  const last = measured?.lastStep ?? null;
  if (measured === null || last === null) return { clause: 'budget', reason: 'no step is recorded' };
  const interval = measured.count > 1 && measured.firstStep !== null ? (last - measured.firstStep) / (measured.count - 1) : 0;
  return Math.abs(last - wanted) <= Math.max(interval, 0.01 * wanted) ? null : { clause: 'budget', reason: `it ends at step ${last}, not ${wanted}` };
}

const seedsBreach = (count: number, wanted: number): Breach | null =>
  count >= wanted
    ? null
    : { clause: 'seeds', reason: `its configuration has ${count === 0 ? 'no recorded seed' : `${count} ${count === 1 ? 'seed' : 'seeds'}`}, not ${wanted}` };

/** Different recorded seeds of each run's configuration. */
function seedCounts(runs: readonly Run[]): ReadonlyMap<RunId, number> {
  return new Map(
    replicatesOf(runs).flatMap((members) => {
      const seeds = new Set(members.map(seedOf).filter((seed) => seed !== null));
      return members.map((run) => [run.id, seeds.size] as const);
    }),
  );
}
