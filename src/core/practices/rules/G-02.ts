// G-02: one name per param of a concept.

import { canonical } from '../../compare/settings';
import type { Run } from '../../model/run';
import { conceptOf, keptName, ownerOf } from '../concepts';
import { claims, type PracticeClaim, type PracticeRule } from '../rule';
import { gather, idsOf, listed, scopesOf, times } from '../scopes';

/** Two params that are equal in so many runs, with so many different values, are one under two names. */
const fewestRuns = 3;
const fewestValues = 3;

export const rule: PracticeRule = {
  meta: {
    id: 'G-02',
    title: 'One name per param',
    check:
      'A concept has one name throughout an experiment: some runs with `lr` and others with `learning_rate` fall apart in every table. Params that are equal in all runs and mean the same are aliases.',
    severity: 'note',
    optIn: false,
  },
  check: ({ runs }) => claims(scopesOf(runs).flatMap((scope) => [...aliases(scope), ...changedNames(scope)])),
  examples: [
    { given: { runs: [{ params: { lr: 0.1 } }, { params: { lr: 0.2 } }, { params: { learning_rate: '0.1' } }] }, claims: 1 },
    { given: { runs: [0.1, 0.2, 0.3].map((lr) => ({ params: { lr, 'optimizer.learning_rate': String(lr) } })) }, claims: 1 },
    { given: { runs: [{ params: { 'gen.lr': 0.1 } }, { params: { 'disc.lr': 0.2 } }] }, claims: 0 },
    { given: { runs: [1, 2, 3].map((lr) => ({ params: { 'gen.lr': lr, 'disc.lr': lr / 2 } })) }, claims: 0 },
    { given: { runs: [{ params: { lr: 0.1 } }, { experiment: 'other', params: { learning_rate: 0.1 } }] }, claims: 0 },
    { given: { runs: [{ params: { lr: [0.1] } }, { params: {} }] }, claims: 0 },
  ],
};

/** Params of one concept that hold the same value in every run, and vary. */
function aliases(scope: readonly Run[]): readonly PracticeClaim[] {
  const columns = new Map<string, Map<string, string>>();
  for (const run of scope) {
    for (const [name, value] of Object.entries(run.params)) {
      if (conceptOf(name) === null) continue;
      const column = columns.get(name) ?? new Map<string, string>();
      column.set(run.id, JSON.stringify(canonical(value)));
      columns.set(name, column);
    }
  }
  const groups = new Map<string, string[]>();
  for (const [name, column] of columns) {
    if (column.size < fewestRuns || new Set(column.values()).size < fewestValues) continue;
    const key = `${conceptOf(name)} ${JSON.stringify([...column])}`;
    gather(groups, key, name);
  }
  return [...groups.values()]
    .filter((names) => names.length > 1)
    .map((unsorted) => {
      const names = [...unsorted].sort();
      const having = scope.filter(({ params }) => Object.hasOwn(params, names[0] as string));
      return {
        runs: idsOf(having),
        summary: `${listed(names)} are equal in all ${times(having.length, 'run')}: one setting under ${names.length} names.`,
        evidence: { names, runs: having.length, values: new Set(columns.get(names[0] as string)?.values()).size },
        caveat: 'They may be meant to differ one day.',
        advice: { text: `Record it once, as ${names[0]}; whoever looks for what mattered counts it twice otherwise.` },
      };
    })
    .sort(bySummary);
}

/** Runs that name a concept one way beside runs that name it another. */
function changedNames(scope: readonly Run[]): readonly PracticeClaim[] {
  const users = new Map<string, Map<string, Run[]>>();
  const twice = new Set<string>();
  for (const run of scope) {
    const own = new Map<string, string>();
    for (const name of Object.keys(run.params)) {
      const concept = conceptOf(name);
      if (concept === null) continue;
      const key = `${concept}\u0000${ownerOf(name)}`;
      if (own.has(key)) twice.add(key);
      own.set(key, name);
      const names = users.get(key) ?? new Map<string, Run[]>();
      gather(names, name, run);
      users.set(key, names);
    }
  }
  return [...users]
    .filter(([key, names]) => names.size > 1 && !twice.has(key))
    .map(([key, names]) => {
      const ordered = [...names].sort(([a, runsA], [b, runsB]) => runsB.length - runsA.length || (a < b ? -1 : 1));
      const [kept, count] = [ordered[0]?.[0] ?? keptName(Number(key.split('\u0000')[0])), ordered[0]?.[1].length ?? 0];
      const others = ordered.slice(1);
      const renaming = others.flatMap(([, named]) => named);
      return {
        runs: idsOf(renaming),
        summary: `One setting has ${names.size} names: ${ordered.map(([name, named]) => `${name} in ${times(named.length, 'run')}`).join(', ')}.`,
        evidence: { names: Object.fromEntries(ordered.map(([name, named]) => [name, named.length])) },
        caveat: 'Where the code changed what the name means, they are two settings.',
        advice: { text: `Name it ${kept} everywhere, as ${times(count, 'run')} ${count === 1 ? 'does' : 'do'} already.` },
      };
    })
    .sort(bySummary);
}

const bySummary = (a: PracticeClaim, b: PracticeClaim): number => (a.summary < b.summary ? -1 : 1);
