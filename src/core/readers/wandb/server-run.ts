// The events of one run on a server: what the interface tells, said as its folder would say it.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { type JsonObject, textOf } from '../../formats/http-json';
import { parseJson } from '../../formats/json';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, walkFiles } from '../../source/source';
import { type RemoteEntry, remoteFolder } from '../_remote/folder';
import type { LoggedArtifact } from './artifacts';
import { msOf, statusOfState } from './connect';
import { Environment } from './environment';
import { factsOf } from './facts';
import type { RunPlace, WandbApi } from './graphql';
import { History } from './history';
import { mediaEvents } from './media';
import { readOwnFiles, unwrapped } from './own-files';
import { historyRows, withNumbers } from './server-history';
import { newTelemetry } from './telemetry';
import { configValues, flatValues, summaryValues } from './written-values';

const run: RunKey = 0;
/** The interface tells these itself. */
const told: ReadonlySet<string> = new Set(['config.yaml', 'wandb-summary.json']);
const mostFiles = 5000;
/** Rows of system metrics; of more the server gives a sample. */
const mostEvents = 10_000;

export async function* readListed(place: RunPlace, api: WandbApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const { entity, project } = place;
  const path = `${entity}/${project}/${place.run}`;
  const details = await api.details(place, context.signal);
  yield { kind: 'begin', run, identity: { nativeId: place.run, scope: `${entity}/${project}` }, path };
  const config = jsonOf(details.config);
  const summary = jsonOf(details.summaryMetrics);
  const params = flatValues(unwrapped(config), configValues);
  yield { kind: 'params', run, values: params };
  yield { kind: 'summary', run, values: flatValues(isObject(summary) ? withNumbers(summary) : null, summaryValues) };
  yield { kind: 'tags', run, values: tagsOf(details) };
  yield { kind: 'header', run, set: headerOf(details, config, project) };

  const entries: RemoteEntry[] = [];
  for await (const page of api.files(place, context.signal)) {
    for (const { name, directUrl, sizeBytes } of page) {
      const [file, url] = [textOf(name), textOf(directUrl)];
      if (file === null || url === null) continue;
      entries.push({ path: `files/${file}`, size: numberOf(sizeBytes ?? 0) ?? 0, fetch: (most) => api.fetch(url, most, context.signal) });
    }
    if (entries.length > mostFiles) break;
  }
  const home = remoteFolder(path, entries.slice(0, mostFiles));
  const files = home.dirs.get('files') ?? null;
  if (entries.length > mostFiles)
    yield { kind: 'issue', run, issue: issue('too-large', `The run has more than ${mostFiles} files; the rest is not listed.`, { file: path }) };
  yield* facts(place, details, config, params, entries, api, context);
  if (files)
    for (const file of walkFiles(files)) yield { kind: 'artifact', run, artifact: { path: pathBelow(home, file), size: file.size, kind: 'file' }, file };
  yield* curves(place, details, summary, files, api, context);
  yield { kind: 'end', run };
}

async function* curves(
  place: RunPlace,
  { historyKeys, historyLineCount, state }: JsonObject,
  summary: Value,
  files: Parameters<typeof mediaEvents>[2]['files'],
  api: WandbApi,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const history = new History(context.limits.seriesPerRun, context.keepMedia);
  const declared = new Set<number>();
  const drain = function* (all: boolean): Generator<RunEvent> {
    for (const { series, batch } of history.series.drain(all)) {
      const { number, name, system } = series;
      if (!declared.has(number)) yield { kind: 'series', run, series: number, key: { name, context: {} }, system };
      declared.add(number);
      yield { kind: 'points', run, series: number, ...batch };
    }
    yield* mediaEvents(run, history.drainMedia(), { files, prefix: 'files/' });
  };
  const last = isObject(historyKeys) ? numberOf(historyKeys.lastStep ?? null) : null;
  const count = numberOf(historyLineCount ?? null) ?? 0;
  const lastStep = last ?? (isObject(summary) ? numberOf(summary._step ?? null) : null) ?? count - 1;
  if (count > 0 || lastStep >= 0) {
    const goesOn = statusOfState(textOf(state)).status === 'running';
    for await (const row of historyRows(place, { lastStep, count, goesOn }, api, context)) {
      history.object(row);
      yield* drain(false);
    }
  }
  const rows = await api.events(place, mostEvents, context.signal);
  for (const line of rows) systemRow(line, history);
  yield* drain(true);
  for (const [name, { kind, count: items }] of history.media) yield { kind: 'media', run, media: { name, kind, count: items } };
  if (rows.length >= mostEvents) yield { kind: 'issue', run, issue: issue('sampled', `System metrics are a sample of ${rows.length} rows, drawn by W&B.`) };
  if (history.refused > 0)
    yield { kind: 'issue', run, issue: issue('too-large', `${history.refused} values were left out: the run has too many names of series.`) };
}

/** `{"_timestamp": 1.7e9, "system.cpu": 3.5}` */
function systemRow(line: string, history: History): void {
  const row = parseJson(line);
  if (!isObject(row)) return;
  const seconds = numberOf(row._timestamp ?? null);
  for (const [name, value] of Object.entries(withNumbers(row))) {
    if (name.startsWith('_') || typeof value !== 'number') continue;
    history.stat(name.replace(/^system\./, ''), value, seconds === null ? Number.NaN : seconds * 1000);
  }
}

function headerOf(details: JsonObject, config: Value, project: string) {
  const { displayName, group, jobType, notes, sweepName, createdAt, heartbeatAt, user, state } = details;
  const internal = internalOf(config);
  const started = isObject(internal) && typeof internal.start_time === 'number' ? epochMs(internal.start_time * 1000) : msOf(createdAt);
  const { status, nativeStatus } = statusOfState(textOf(state));
  const client = clientOf(config);
  return {
    name: textOf(displayName),
    experiment: project,
    // Runs of a sweep belong together even where no group was given.
    group: textOf(group) || textOf(sweepName) || null,
    jobType: textOf(jobType) || null,
    notes: textOf(notes) || null,
    status,
    nativeStatus,
    startedMs: started,
    endedMs: status === 'running' ? null : msOf(heartbeatAt),
    user: isObject(user) ? (textOf(user.username) ?? textOf(user.name)) : null,
    ...(client ? { formatVersion: client } : {}),
  };
}

function tagsOf({ tags, sweepName }: JsonObject): Values {
  const names = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [];
  const sweep = textOf(sweepName);
  return { ...Object.fromEntries(names.map((tag) => [tag, true])), ...(sweep ? { sweep_id: sweep } : {}) };
}

async function* facts(
  place: RunPlace,
  { commit }: JsonObject,
  config: Value,
  params: Values,
  entries: readonly RemoteEntry[],
  api: WandbApi,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const root = `${place.entity}/${place.project}/${place.run}`;
  const home = remoteFolder(
    root,
    entries.filter(({ path }) => !told.has(path.slice('files/'.length))),
  );
  const environment = new Environment();
  const runGit = new Environment();
  const sha = textOf(commit);
  if (sha) runGit.set('gitCommit', sha, 'graphql', 'run.commit');
  const folder = home.dirs.get('files');
  const files = folder ? await readOwnFiles(folder, home, environment, context) : null;
  const artifacts: LoggedArtifact[] = (await api.artifacts(place, context.signal)).map(({ node, used }) => {
    const [type, sequence] = [node.artifactType, node.artifactSequence];
    const version = numberOf(node.versionIndex ?? null);
    return {
      name: isObject(sequence) ? (textOf(sequence.name) ?? '') : '',
      type: isObject(type) ? (textOf(type.name) ?? '') : '',
      digest: textOf(node.digest),
      version: version === null ? null : `v${version}`,
      used,
      files: [],
    };
  });
  const telemetry = newTelemetry();
  const internal = internalOf(config);
  if (isObject(internal)) telemetry.python = textOf(internal.python_version) ?? '';
  const found = factsOf({ log: 'graphql', environment, runGit, host: '', telemetry, client: clientOf(config), artifacts, files, params });
  for (const fact of found) yield { kind: 'fact', run, fact };
  for (const one of files?.issues ?? []) yield { kind: 'issue', run, issue: one };
}

const internalOf = (config: Value): Value => (isObject(config) && isObject(config._wandb) ? (config._wandb.value ?? null) : null);

function clientOf(config: Value): string {
  const internal = internalOf(config);
  return isObject(internal) ? (textOf(internal.cli_version) ?? '') : '';
}

/** JSON that comes as text. */
function jsonOf(value: Value | undefined): Value {
  if (typeof value !== 'string') return value ?? null;
  try {
    return parseJson(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
