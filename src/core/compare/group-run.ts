// A group of repeated runs as one run: what all members share, and the mean of what each measured.

import type { RunId } from '../base/units';
import type { Fact } from '../model/facts';
import type { Run, Series } from '../model/run';
import type { Value, Values } from '../model/values';
import { seriesId } from './metrics';
import { canonical } from './settings';

/**
 * The group as a run that can be compared with others. Params, tags and header fields on which the members disagree (the seed) are left out; facts on
 * which they disagree are joined, so that two groups that both mix two commits do not differ in their commit. Statistics of series are means over members.
 */
export function groupRun(id: RunId, name: string, members: readonly Run[]): Run {
  const [first] = members;
  if (!first) throw new Error('a group has members');
  const shared = <K extends keyof Run>(key: K): Run[K] | null => (members.every((run) => run[key] === first[key]) ? first[key] : null);
  return {
    ...first,
    id,
    name,
    nativeId: null,
    parent: null,
    parentId: null,
    experiment: shared('experiment'),
    group: shared('group'),
    jobType: shared('jobType'),
    status: shared('status') ?? 'unknown',
    nativeStatus: shared('nativeStatus'),
    startedMs: null,
    endedMs: null,
    user: shared('user'),
    notes: null,
    params: agreed(members.map(({ params }) => params)),
    tags: agreed(members.map(({ tags }) => tags)),
    summary: {},
    media: [],
    series: sharedSeries(members),
    artifacts: [],
    facts: sharedFacts(members),
    issues: [],
  };
}

const textOf = (value: Value | undefined): string => JSON.stringify(canonical(value));

function agreed(all: readonly Values[]): Values {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(Object.entries(first).filter(([key, value]) => rest.every((other) => textOf(other[key]) === textOf(value))));
}

function sharedFacts(members: readonly Run[]): readonly Fact[] {
  const byKind = new Map<string, Fact[]>();
  for (const { facts } of members) {
    for (const fact of facts) {
      const known = byKind.get(fact.kind);
      if (known) known.push(fact);
      else byKind.set(fact.kind, [fact]);
    }
  }
  return [...byKind.values()].flatMap((facts) => {
    const value = joined(facts.map((fact) => fact.value as Value));
    return value === undefined ? [] : [{ ...facts[0], value } as Fact];
  });
}

/** The value where all agree; texts joined where not; objects key by key; undefined for what cannot be joined. */
function joined(values: readonly Value[]): Value | undefined {
  const distinct = [...new Map(values.map((value) => [textOf(value), value])).values()];
  if (distinct.length === 1) return distinct[0];
  if (distinct.every((value) => typeof value === 'string')) return [...distinct].sort().join(' | ');
  if (!distinct.every((value) => typeof value === 'object' && value !== null && !Array.isArray(value))) return undefined;
  const objects = distinct as readonly Values[];
  const keys = [...new Set(objects.flatMap((value) => Object.keys(value)))];
  const entries = keys.map((key) => [key, joined(objects.flatMap((value) => value[key] ?? []))] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
}

function sharedSeries(members: readonly Run[]): readonly Series[] {
  const columns = new Map<string, Series[]>();
  for (const { series } of members) {
    for (const one of series) {
      const known = columns.get(seriesId(one));
      if (known) known.push(one);
      else columns.set(seriesId(one), [one]);
    }
  }
  return [...columns.values()].map((column) => {
    const mean = (read: (series: Series) => number | null): number | null => {
      const values = column.map(read).filter((value) => value !== null);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return {
      ...(column[0] as Series),
      first: mean(({ first }) => first),
      last: mean(({ last }) => last),
      min: mean(({ min }) => min),
      max: mean(({ max }) => max),
      mean: mean((one) => one.mean),
      firstStep: mean(({ firstStep }) => firstStep),
      lastStep: mean(({ lastStep }) => lastStep),
    };
  });
}
