// Facts that several sources of a run hold: evidence of those that agree is put together.

import type { Checkpoint, Dataset, Evidence, Fact, FactKind } from '../model/facts';
import type { Conflict, Origin } from '../model/run';
import type { Value, Values } from '../model/values';
import { meansTheSame, originsOf } from './merge-values';

interface GivenFacts {
  readonly source: number;
  readonly facts: readonly Fact[];
}

/** Trackers describe these in words of their own: `Linux-6.1-x86_64` and `Linux`; a difference is no contradiction. */
const worded: ReadonlySet<FactKind> = new Set([
  'tracker',
  'os',
  'cpu',
  'gpu',
  'host',
  'command',
  'entry_point',
  'container',
  'memory_bytes',
  'git_patch',
  'git_remote',
]);

/** One fact per kind; @param given in order of precedence */
export function mergeFacts(given: readonly GivenFacts[]): {
  readonly facts: readonly Fact[];
  readonly origins: Readonly<Record<string, Origin>>;
  readonly conflicts: readonly Conflict[];
} {
  const kinds = new Map<FactKind, { readonly source: number; readonly fact: Fact }[]>();
  for (const { source, facts } of given) for (const fact of facts) kinds.set(fact.kind, [...(kinds.get(fact.kind) ?? []), { source, fact }]);
  const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  const facts: Fact[] = [];
  const origins: [string, Origin][] = [];
  const conflicts: Conflict[] = [];
  for (const [kind, said] of sorted) {
    let standing = (said[0] as (typeof said)[number]).fact;
    const origin: number[] = [];
    const differing = new Set<number>();
    for (const { source, fact } of said) {
      const united = unite(standing, fact);
      if (united) standing = united;
      if (united || fact === standing) origin.push(source);
      else differing.add(source);
    }
    facts.push(standing);
    origins.push([kind, origin]);
    if (differing.size > 0) {
      const values = [said[0] as (typeof said)[number], ...said.filter(({ source }) => differing.has(source))];
      conflicts.push({
        what: 'facts',
        name: kind,
        kind: worded.has(kind) ? 'worded' : 'differs',
        values: values.map(({ source, fact }) => ({ source, value: fact.value as Value })),
      });
    }
  }
  return { facts, origins: originsOf(origins), conflicts };
}

/** Both facts as one, or null where they contradict each other. */
function unite(a: Fact, b: Fact): Fact | null {
  const evidence = distinct([...a.evidence, ...b.evidence], ({ file, where }: Evidence) => `${file}\0${where ?? ''}`);
  if (meansTheSame(a.value as Value, b.value as Value)) return { ...a, evidence } as Fact;
  switch (a.kind) {
    case 'packages':
    case 'framework':
    case 'determinism': {
      const [one, other] = [a.value as Values, b.value as Values];
      const agree = Object.entries(other).every(([name, value]) => !Object.hasOwn(one, name) || meansTheSame(one[name] as Value, value));
      return agree ? ({ ...a, value: { ...other, ...one }, evidence } as Fact) : null;
    }
    case 'datasets': {
      const all = distinct([...a.value, ...(b.value as readonly Dataset[])], ({ name, digest }) => `${name}\0${digest ?? ''}`);
      return { ...a, value: all, evidence };
    }
    case 'checkpoint': {
      const all = distinct([...a.value, ...(b.value as readonly Checkpoint[])], ({ path }) => path);
      return { ...a, value: all, evidence };
    }
    default:
      return null;
  }
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const known = new Map<string, T>();
  for (const item of items) if (!known.has(keyOf(item))) known.set(keyOf(item), item);
  return [...known.values()];
}
