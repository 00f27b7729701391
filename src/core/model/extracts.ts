// A run read from an extract (a downloaded table or chart) beside the same run read before: what becomes of the two.

import { contextText, emptyHeader, type Points, type ReadRun, type Run, type RunHeader, type Series } from './run';

/**
 * What to do with a run when one of its id is there: an extract never replaces the tracker's own record, which always replaces it;
 * two extracts complete each other.
 */
export function fateOf(before: Run, after: Run): 'take' | 'keep' | 'join' {
  if (!after.extract) return 'take';
  return before.extract ? 'join' : 'keep';
}

/** The run that stands when one of its id was there. */
export function settledWith(before: ReadRun, after: ReadRun): ReadRun {
  const fate = fateOf(before.run, after.run);
  return fate === 'take' ? after : fate === 'keep' ? before : joinExtracts(before, after);
}

/** Two extracts of one run as one: every series of both, of a series that both hold the longer one; of values the later. */
function joinExtracts(before: ReadRun, after: ReadRun): ReadRun {
  const [a, b] = [before.run, after.run];
  const series = new Map<string, { readonly series: Series; readonly points: Points }>();
  for (const { run, points } of [before, after])
    for (const [at, one] of run.series.entries()) {
      const key = `${one.name}\0${contextText(one.context)}`;
      const known = series.get(key);
      if (!known || known.series.count <= one.count) series.set(key, { series: one, points: points[at]! });
    }
  const ordered = [...series].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, one]) => one);
  const run: Run = {
    ...b,
    ...headerOf(a, b),
    parentId: b.parentId ?? a.parentId,
    sources: distinct([...a.sources, ...b.sources]),
    params: { ...a.params, ...b.params },
    tags: { ...a.tags, ...b.tags },
    summary: { ...a.summary, ...b.summary },
    media: distinct([...a.media, ...b.media]),
    series: ordered.map(({ series }) => series),
    artifacts: distinct([...a.artifacts, ...b.artifacts]),
    facts: [...new Map([...a.facts, ...b.facts].map((fact) => [fact.kind, fact])).values()].sort((x, y) => (x.kind < y.kind ? -1 : 1)),
    issues: distinct([...a.issues, ...b.issues]),
  };
  return {
    run,
    points: ordered.map(({ points }) => points),
    contents: [...new Map([...before.contents, ...after.contents].map((content) => [content.path, content])).values()],
  };
}

/** Fields that the later extract knows nothing of are the earlier one's. */
function headerOf(before: Run, after: Run): RunHeader {
  const names = Object.keys(emptyHeader) as (keyof RunHeader)[];
  return Object.fromEntries(names.map((name) => [name, after[name] === emptyHeader[name] ? before[name] : after[name]])) as unknown as RunHeader;
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
