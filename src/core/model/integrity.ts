// Says whether a run that was read keeps the model's promises; used by tests of readers, stores and the wire.

import { mediaKeyText } from './media';
import { contextText, type ReadRun } from './run';

/** @throws Error that lists every promise broken */
export function assertRunIntegrity(read: ReadRun): void {
  const broken = [...problemsOf(read)];
  if (broken.length > 0) throw new Error(`run ${read.run.id} (${read.run.path}):\n  ${broken.join('\n  ')}`);
}

function* problemsOf({ run, points, contents }: ReadRun): Generator<string> {
  if (!/^[a-z2-7]{20}(-\d+)?$/.test(run.id)) yield `its id is not 20 base32 characters: ${run.id}`;
  if (run.path === '' || run.path.startsWith('/') || /(^|\/)\.\.(\/|$)/.test(run.path)) yield `its path is not relative: ${run.path}`;
  if (run.startedMs !== null && !Number.isFinite(run.startedMs)) yield 'startedMs is not finite';
  if (run.endedMs !== null && !Number.isFinite(run.endedMs)) yield 'endedMs is not finite';
  if (run.sources.length === 0) yield 'no reader is named in sources';
  yield* seriesProblems(run, points);
  yield* repeated(
    'artifact',
    run.artifacts.map(({ path }) => path),
  );
  yield* repeated(
    'fact',
    run.facts.map(({ kind }) => kind),
  );
  yield* repeated(
    'content',
    contents.map(({ path }) => path),
  );
  yield* mediaProblems(run, contents);
  for (const fact of run.facts) if (fact.evidence.length === 0) yield `fact ${fact.kind} has no evidence`;
  for (const { path } of run.artifacts) if (path === '' || path.startsWith('/')) yield `an artifact's path is not relative: '${path}'`;
  for (const found of run.issues) if (found.message === '') yield `issue ${found.code} has no message`;
}

function* seriesProblems(run: ReadRun['run'], points: ReadRun['points']): Generator<string> {
  if (points.length !== run.series.length) yield `${run.series.length} series, ${points.length} sets of points`;
  const keys = run.series.map(({ name, context }) => `${name}\0${contextText(context)}`);
  yield* repeated('series', keys);
  if (keys.some((key, i) => i > 0 && key < (keys[i - 1] as string))) yield 'its series are not sorted by name, then context';
  for (const [i, series] of run.series.entries()) {
    const { steps, values, times } = points[i] ?? {};
    const what = `series ${JSON.stringify(series.name)}`;
    if (values?.length !== series.count) yield `${what}: count is ${series.count}, values are ${values?.length}`;
    if (steps && steps.length !== series.count) yield `${what}: ${steps.length} steps for ${series.count} values`;
    if (times && times.length !== series.count) yield `${what}: ${times.length} times for ${series.count} values`;
    if ((steps === null) !== (series.stepsDigest === null)) yield `${what}: steps and their digest disagree`;
    if ((times === null) !== (series.timesDigest === null)) yield `${what}: times and their digest disagree`;
    if (series.finite > series.count) yield `${what}: more finite values than values`;
    if (series.min !== null && series.max !== null && series.min > series.max) yield `${what}: min is above max`;
    if (series.mean !== null && series.min !== null && series.max !== null) {
      // The mean is rounded; one part in 10^12 is far above that.
      const slack = 1e-12 * Math.max(Math.abs(series.min), Math.abs(series.max));
      if (series.mean < series.min - slack || series.mean > series.max + slack) yield `${what}: mean is outside of min and max`;
    }
  }
}

function* mediaProblems(run: ReadRun['run'], contents: ReadRun['contents']): Generator<string> {
  yield* repeated('media', run.media.map(mediaKeyText));
  const sizes = new Map(contents.map(({ path, bytes }) => [path, bytes.length]));
  for (const media of run.media) {
    const what = `media ${JSON.stringify(media.name)}`;
    const order = (step: number | null) => step ?? Number.NEGATIVE_INFINITY;
    for (const [i, item] of (media.items ?? []).entries()) {
      const before = media.items?.[i - 1];
      if (item.step !== null && !Number.isFinite(item.step)) yield `${what}: step ${item.step} of an item is not finite`;
      if (item.content !== null && sizes.get(item.content) !== item.size) yield `${what}: the bytes of ${item.content} are not kept, or not ${item.size}`;
      if (!before) continue;
      const inOrder = before.step === item.step ? before.index < item.index : order(before.step) < order(item.step);
      if (!inOrder) yield `${what}: items ${i - 1} and ${i} are not in the order of step and index`;
    }
  }
}

function* repeated(what: string, names: readonly string[]): Generator<string> {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) yield `${what} ${JSON.stringify(name)} is there twice`;
    seen.add(name);
  }
}
