// Makes one run of what several readers read of it: every value with its origin, differences kept and told (docs/decisions/0265).

import { issue } from '../base/issues';
import { type Artifact, type Conflict, contextText, type Origin, type ReadRun, type Run, type RunHeader, type RunSource, type Series } from '../model/run';
import type { Value, Values } from '../model/values';
import { inferRole } from '../series/roles';
import { mergeFacts } from './merge-facts';
import { mergeMedia } from './merge-media';
import { mergeSeries } from './merge-series';
import { mergeValues, originsOf } from './merge-values';

/** What one reader read of the run. */
export interface Part {
  readonly read: ReadRun;
  /** What to call it: the reader's id, with a number where a reader read two parts. */
  readonly label: string;
  /** The tracker's name, for people. */
  readonly title: string;
}

/** Header fields in which each tracker has words or clocks of its own. */
const worded = new Set(['name', 'experiment', 'group', 'jobType', 'startedMs', 'endedMs', 'user', 'notes', 'nativeStatus', 'formatVersion']);

/**
 * One run of its parts.
 * @param parts in order of precedence: the first gives the run its identity, and its values stand
 * @param path of the folder that the run is now
 */
export function mergeRuns(parts: readonly Part[], path: string): ReadRun {
  const [first] = parts as readonly [Part, ...Part[]];
  const { sources, indices } = sourcesOf(parts);
  const given = parts.map((part, at) => ({ ...part, source: indices[at] as number, run: part.read.run }));
  const values = (what: 'params' | 'tags' | 'summary') =>
    mergeValues(
      what,
      given.map(({ source, run }) => ({ source, values: run[what] })),
    );
  const [params, tags, summary] = [values('params'), values('tags'), values('summary')];
  const header = mergeValues(
    'header',
    given.map(({ source, run }, at) => ({ source, values: headerValues(run, at === 0) })),
    worded,
  );
  const facts = mergeFacts(given.map(({ source, run }) => ({ source, facts: run.facts })));
  const curves = mergeSeries(given);
  const artifacts = union(
    given.map(({ source, run }) => ({ source, items: run.artifacts })),
    ({ path: name }: Artifact) => name,
  );
  const { media, contents } = mergeMedia(parts.map(({ read }) => read));
  const conflicts = [header, params, tags, summary, facts].flatMap((one) => one.conflicts);
  const run: Run = {
    ...first.read.run,
    ...(header.values as Partial<RunHeader>),
    path,
    sources,
    params: params.values,
    tags: tags.values,
    summary: summary.values,
    media: [...media].sort((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind) || compare(contextText(a.context ?? {}), contextText(b.context ?? {}))),
    series: withRoles(
      curves.map(({ series }) => series),
      params.values,
    ),
    artifacts: artifacts.items,
    facts: facts.facts,
    issues: [...parts.flatMap(({ read }) => read.run.issues), ...conflictIssues(conflicts, sources, parts)],
    origins: {
      header: header.origins,
      params: params.origins,
      tags: tags.origins,
      summary: summary.origins,
      facts: facts.origins,
      artifacts: artifacts.origins,
      series: curves.map(({ origin }) => origin),
    },
    ...(conflicts.length > 0 ? { conflicts } : {}),
  };
  return { run, points: curves.map(({ points }) => points), contents: [...contents].sort((a, b) => compare(a.path, b.path)) };
}

/** Roles are read from a name among its siblings, which are more now. */
function withRoles(all: readonly Series[], params: Values): readonly Series[] {
  const names = all.map(({ name }) => name);
  return all.map((series) => {
    const { role, split, direction, confidence } = inferRole(series.name, names, { params, context: series.context });
    return { ...series, role, split, direction, confidence };
  });
}

/** All sources, and the index of each part's first. */
function sourcesOf(parts: readonly Part[]): { readonly sources: readonly RunSource[]; readonly indices: readonly number[] } {
  const sources: RunSource[] = [];
  const indices = parts.map(({ read: { run } }, at) => {
    const place = sources.length;
    const known = at > 0 && run.nativeId !== null ? { nativeId: run.nativeId, runId: run.id } : {};
    sources.push(...run.sources.map((source) => ({ ...source, ...known })));
    return place;
  });
  return { sources, indices };
}

/**
 * What is known of a header. A name that no tracker's id goes with was made of the place where the log lies; the parent and what the
 * tracker thinks of the run's being deleted are said of its own run.
 */
function headerValues(run: Run, isFirst: boolean): Values {
  const { name, experiment, group, jobType, status, nativeStatus, startedMs, endedMs, user, notes, formatVersion, parent, deleted } = run;
  const known: Readonly<Record<string, Value>> = {
    name: isFirst || run.nativeId !== null ? name : null,
    experiment,
    group,
    jobType,
    status: status === 'unknown' ? null : status,
    nativeStatus,
    startedMs,
    endedMs,
    user,
    notes,
    ...(isFirst ? { formatVersion, parent, deleted: deleted || null } : {}),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

function union<T>(given: readonly { readonly source: number; readonly items: readonly T[] }[], keyOf: (item: T) => string) {
  const known = new Map<string, { readonly item: T; readonly origin: number[] }>();
  for (const { source, items } of given) {
    for (const item of items) {
      const key = keyOf(item);
      const one = known.get(key);
      if (one) one.origin.push(source);
      else known.set(key, { item, origin: [source] });
    }
  }
  const sorted = [...known].sort(([a], [b]) => compare(a, b));
  return { items: sorted.map(([, { item }]) => item), origins: originsOf(sorted.map(([key, { origin }]): [string, Origin] => [key, origin])) };
}

const mostNamed = 3;

/** One issue for all contradictions: the run's page lists them. */
function conflictIssues(conflicts: readonly Conflict[], sources: readonly RunSource[], parts: readonly Part[]) {
  const found = [...new Set(conflicts.filter(({ kind }) => kind === 'differs').map(({ name }) => name))];
  if (found.length === 0) return [];
  const named = found.slice(0, mostNamed).map((name) => `“${name}”`);
  const names =
    found.length > mostNamed
      ? `${named.join(', ')} and ${found.length - mostNamed} more differ`
      : `${named.join(' and ')} ${found.length === 1 ? 'differs' : 'differ'}`;
  const file = sources[0]?.files[0];
  const between = [...new Set(parts.map(({ title }) => title))].join(', ');
  return [
    issue('source-conflict', `${names} between the sources of the run (${between}); what ${parts[0]?.title} says stands.`, file === undefined ? {} : { file }),
  ];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
