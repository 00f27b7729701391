// The events of runs that Aim's server listed: what the search told, then the points of all of them together.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { flatten } from '../../formats/flatten';
import { textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import type { Values } from '../../model/values';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { ListedRun } from '../../source/tracker';
import { keptBytes } from '../_remote/kept-bytes';
import { SeriesEvents } from './events';
import { factsOfSystem, userOf } from './facts';
import { MediaShelf } from './media';
import { objectOf, RunMeta, systemParams } from './meta';
import type { JoinedPoints } from './points';
import { artifactOf, endOf } from './run';
import type { AimApi } from './server';
import { type FetchBlob, hasManySteps, type MediaSequence, mediaEvents, mediaKinds } from './server-media';
import { listOf, type StreamedRun } from './stream';

export interface RunNote {
  readonly props: Values;
  readonly params: Values;
  readonly hasSeries: boolean;
}

const evidenceFile = 'api/runs/search/run';

export async function* readListed(runs: readonly ListedRun[], api: AimApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const hashes = runs.map(({ nativeId }) => nativeId);
  const points = await api.points(hashes, context.signal);
  const media = await mediaOf(hashes, api, context);
  for (const [run, hash] of hashes.entries()) {
    yield { kind: 'begin', run, identity: { nativeId: hash }, path: hash };
    yield* said(run, runs[run]?.note as RunNote);
    yield* details(run, hash, runs[run]?.note as RunNote, api, context);
    const streamed = points.get(hash);
    if (isBare(runs[run]?.note as RunNote)) yield { kind: 'issue', run, issue: issue('empty', bare, { where: `run ${hash}`, tip: bareTip }) };
    if (streamed) yield* seriesOf(run, hash, streamed);
    for (const [sequence, found] of media.streamed) {
      const shown = found.get(hash);
      if (!shown) continue;
      yield* mediaEvents(run, sequence, shown, media.fetch);
      const most = context.limits.mediaItems;
      const message = `Of ${sequence} with more than ${most} steps the server was asked for so many, evenly spaced (limit mediaItems).`;
      if (hasManySteps(shown, most)) yield { kind: 'issue', run, issue: issue('too-large', message, { where: `run ${hash}`, severity: 'info' }) };
    }
    if (media.trouble) yield { kind: 'issue', run, issue: media.trouble };
    yield { kind: 'end', run };
  }
}

interface Media {
  readonly streamed: ReadonlyMap<MediaSequence, ReadonlyMap<string, StreamedRun>>;
  readonly fetch: FetchBlob;
  /** Why there are not all. */
  readonly trouble: Issue | null;
}

/** Media are a bonus: runs are told without them. */
async function mediaOf(hashes: readonly string[], api: AimApi, context: ReadContext): Promise<Media> {
  const { signal, limits, keepMedia } = context;
  const bytes = await keptBytes(context);
  const fetch: FetchBlob = (sequence, uri, most) => bytes(uri, () => api.blob(sequence, uri, most, signal));
  const streamed = new Map<MediaSequence, ReadonlyMap<string, StreamedRun>>();
  let trouble: Issue | null = null;
  for (const sequence of keepMedia ? (Object.keys(mediaKinds) as MediaSequence[]) : []) {
    try {
      streamed.set(sequence, await api.media(sequence, hashes, limits.mediaItems, signal));
    } catch (error) {
      if (!(error instanceof HttpError) || error.isFinal) throw error;
      trouble ??= issue(error.code, `Media were left out: ${error.message}`, { file: error.file, severity: 'warn' });
    }
  }
  return { streamed, fetch, trouble };
}

const bare = 'The server tells neither params nor series of the run.';
const bareTip = 'The run has just begun, or Aim has not indexed it since the server was started: refresh in a while.';

/** So does the server tell of runs that are not in its index yet. */
const isBare = ({ params, hasSeries }: RunNote): boolean => !hasSeries && Object.keys(params).length === 0;

/** What the search told of the run. */
function* said(run: RunKey, { props, params: all }: RunNote): Generator<RunEvent> {
  const { [systemParams]: stored, ...params } = all;
  const system = objectOf(stored);
  const [began, ended] = [props.creation_time, props.end_time].map((seconds) => numberOf(seconds ?? null));
  const archived = props.archived === true;
  yield {
    kind: 'header',
    run,
    set: {
      name: textOf(props.name) || null,
      experiment: textOf(objectOf(props.experiment).name) || null,
      notes: textOf(props.description) || null,
      deleted: archived,
      startedMs: began === null || began === undefined ? null : epochMs(began * 1000),
      user: userOf(system),
      ...endOf(ended ? ended * 1000 : null),
    },
  };
  const names = listOf(props.tags).flatMap((tag) => textOf(objectOf(tag).name) ?? []);
  yield { kind: 'tags', run, values: Object.fromEntries(names.map((name) => [name, true])) };
  const values = flatten(params);
  yield { kind: 'params', run, values };
  const evidence = [{ file: evidenceFile, where: 'key archived', value: 'true' }];
  if (archived) yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: 'archived', evidence } };
  for (const fact of [...factsOfSystem(system, evidenceFile), ...seedFacts(values, { file: evidenceFile }).slice(0, 1)]) yield { kind: 'fact', run, fact };
}

/** Notes and artifacts are a bonus: a run is told without them. */
async function* details(run: RunKey, hash: string, { props }: RunNote, api: AimApi, { signal }: ReadContext): AsyncGenerator<RunEvent> {
  try {
    const { artifacts, notes } = await api.details(hash, signal);
    for (const artifact of artifacts) yield* artifactOf(run, artifact);
    if (notes.length > 0) yield { kind: 'header', run, set: { notes: [textOf(props.description), ...notes].filter((text) => text).join('\n\n') } };
  } catch (error) {
    if (!(error instanceof HttpError) || error.isFinal) throw error;
    yield { kind: 'issue', run, issue: issue(error.code, `Notes and artifacts were left out: ${error.message}`, { file: error.file, severity: 'warn' }) };
  }
}

function* seriesOf(run: RunKey, hash: string, { tree, columns }: StreamedRun): Generator<RunEvent> {
  const events = new SeriesEvents(run, new RunMeta(), `api/runs/search/metric, run ${hash}`, new MediaShelf(run));
  for (const [place, trace] of listOf(tree.at('traces')).entries()) {
    const { name, context } = objectOf(trace);
    const points = pointsOf(place, columns);
    if (typeof name === 'string' && points) yield* events.joined(name, objectOf(context), points);
  }
  yield* events.end();
}

/** Null where the server sent no columns of numbers. */
function pointsOf(place: number, columns: StreamedRun['columns']): JoinedPoints | null {
  const column = (name: string): Float64Array<ArrayBuffer> | undefined => columns.get(`${place}.${name}`);
  const [steps, values] = [column('iters'), column('values')];
  if (!steps || !values) return null;
  const length = Math.min(steps.length, values.length);
  const beside = (name: string): Float64Array<ArrayBuffer> => {
    const numbers = column(name);
    return Float64Array.from({ length }, (_, at) => numbers?.[at] ?? Number.NaN);
  };
  const times = beside('timestamps').map((seconds) => seconds * 1000);
  const own = { steps: steps.slice(0, length), values: values.slice(0, length), times, epochs: beside('epochs') };
  return { ...own, exactSteps: new Map(), inexactValues: false, incomplete: values.length - length };
}
