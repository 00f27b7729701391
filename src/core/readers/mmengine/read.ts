// Reads a work folder: every launch is a run, with the config and the log of that launch.

import { type Issue, issue } from '../../base/issues';
import { readExactly, readWhole } from '../../formats/bytes';
import { flatten, isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { HistoryWriter } from '../_history/writer';
import { environmentFacts, type LaunchLog, readLaunchLog } from './launch-log';
import { literalsOf } from './python-literals';
import type { Launch, WorkFolder } from './reader';
import { type Progress, readRows } from './rows';

const identityBytes = 4096;
/** Configs are a few hundred lines. */
const configBytes = 4 * 1024 * 1024;
const silent: LaunchLog = { name: null, facts: [], epochLength: null, saved: null };

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const note = claim.note as WorkFolder;
  const left = new Set(claim.files);
  const shared = note.shared.filter((file) => left.has(file));
  const launches = note.launches.filter(({ rows }) => left.has(rows)).map((launch) => withoutTaken(launch, left));
  for (const [run, launch] of launches.entries()) {
    // A launch goes on from the checkpoints of the one before: those that lie there are the last one's.
    const own = run === launches.length - 1 ? shared : shared.filter(({ name }) => name.endsWith('.py'));
    yield* readLaunch(run, launch, own, claim, context);
  }
};

/** The launch without files that another reader took. */
function withoutTaken(launch: Launch, left: ReadonlySet<SourceFile>): Launch {
  const kept = (file: SourceFile | null): SourceFile | null => (file && left.has(file) ? file : null);
  return { ...launch, log: kept(launch.log), config: kept(launch.config), test: kept(launch.test), files: launch.files.filter((file) => left.has(file)) };
}

async function* readLaunch(run: RunKey, launch: Launch, shared: readonly SourceFile[], claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const issues: Issue[] = [];
  const isFolder = 'files' in launch.place;
  const pathOf = (file: SourceFile): string => {
    const { place } = launch;
    if (!('files' in place)) return pathBelow(claim.root, file);
    return file.path.startsWith(`${place.path}/`) || place === claim.root ? pathBelow(place, file) : `../${pathBelow(claim.root, file)}`;
  };
  const log = launch.log ? await readLaunchLog(launch.log, pathOf(launch.log), context) : silent;
  const head = await headOf(launch.rows, context);
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity: { nativeId: null, within: launch.stamp ?? '.', head }, path: '' }));
  const rows = await readRows(launch.rows, '', writer, isFolder ? null : log.epochLength, context);
  issues.push(...rows.issues);

  const configs = launch.config ? [launch.config] : shared.filter(({ name }) => name.endsWith('.py'));
  const { params, from } = await paramsOf(configs, rows.progress.meta, issues, context);
  const files = [...launch.files, ...shared];
  const path = launch.place.path;
  yield { kind: 'begin', run, identity: { nativeId: null, within: launch.stamp ?? '.', head }, path, files };
  const named = log.name ?? textOf(rows.progress.meta?.exp_name);
  yield {
    kind: 'header',
    run,
    set: {
      name: named,
      experiment: launch.place === claim.root || claim.root === context.tree.root ? null : claim.root.name,
      status: statusOf(params, rows.progress, log),
    },
  };
  yield { kind: 'params', run, values: params };
  for (const fact of factsOf(log, rows.progress.meta, params, launch, pathOf, from)) yield { kind: 'fact', run, fact };
  if (launch.test) yield* testEvents(run, launch.test, issues, context);
  for (const event of writer.flush()) if (event.kind !== 'begin' && event.kind !== 'header') yield 'run' in event ? { ...event, run } : event;
  yield* fileEvents(run, launch, files, pathOf);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
}

async function headOf(file: SourceFile, context: ReadContext): Promise<Uint8Array> {
  try {
    return await readExactly(file, 0, identityBytes, context.signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new Uint8Array(0);
  }
}

/** The literal settings of the config, or of the text that MMCV keeps in its first row. */
async function paramsOf(
  configs: readonly SourceFile[],
  meta: Values | null,
  issues: Issue[],
  context: ReadContext,
): Promise<{ readonly params: Values; readonly from: SourceFile | null }> {
  const [config] = configs;
  if (config && configs.length === 1) {
    try {
      const limits = { wholeFileBytes: Math.min(configBytes, context.limits.wholeFileBytes) };
      const { text } = decodeUtf8(await readWhole(config, limits, context.signal));
      context.progress(config.size);
      return { params: flatten(literalsOf(text)), from: config };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      issues.push(issue(error.code, error.message, { file: config.path }));
    }
  }
  const text = textOf(meta?.config);
  return { params: text === null ? {} : flatten(literalsOf(text.slice(0, configBytes))), from: null };
}

function factsOf(
  log: LaunchLog,
  meta: Values | null,
  params: Values,
  launch: Launch,
  pathOf: (file: SourceFile) => string,
  config: SourceFile | null,
): readonly Fact[] {
  const rowsPath = pathOf(launch.rows);
  const facts: Fact[] = [...environmentFacts(textOf(meta?.env_info) ?? '', rowsPath), ...log.facts];
  const seed = meta?.seed;
  if (typeof seed === 'number') facts.push({ kind: 'seed', value: seed, evidence: [{ file: rowsPath, where: 'line 1, key seed', value: String(seed) }] });
  // The config may leave the seed open: then the log has the one that was drawn.
  if (!facts.some(({ kind }) => kind === 'seed'))
    for (const key of ['randomness.seed', 'seed']) {
      const value = params[key];
      if (typeof value !== 'number' || !config) continue;
      facts.push({ kind: 'seed', value, evidence: [{ file: pathOf(config), where: `key ${key}`, value: String(value) }] });
      break;
    }
  return facts;
}

/** Finished where as much was trained as the config asks for and, by epochs, where the last one was validated or saved. */
function statusOf(params: Values, progress: Progress, { saved }: LaunchLog): 'finished' | 'unknown' {
  const asked = (...keys: readonly string[]): number => keys.map((key) => params[key]).find((value) => typeof value === 'number') ?? Number.POSITIVE_INFINITY;
  const epochs = asked('train_cfg.max_epochs', 'runner.max_epochs', 'total_epochs');
  const iterations = asked('train_cfg.max_iters', 'runner.max_iters', 'total_iters');
  if (progress.iteration >= iterations || progress.validatedEpoch >= epochs) return 'finished';
  return saved && saved.at >= (saved.by === 'epochs' ? epochs : iterations) ? 'finished' : 'unknown';
}

/** Metrics of a test are one object of the whole file. */
async function* testEvents(run: RunKey, file: SourceFile, issues: Issue[], context: ReadContext): AsyncGenerator<RunEvent> {
  const { value, issues: found } = await readJsonFile(file, context);
  issues.push(...found);
  const entries = Object.entries(flatten(isObject(value) ? value : {}, '/'));
  if (entries.length > 0) yield { kind: 'summary', run, values: Object.fromEntries(entries) };
}

function* fileEvents(run: RunKey, launch: Launch, files: readonly SourceFile[], pathOf: (file: SourceFile) => string): Generator<RunEvent> {
  const pictures = new Map<string, number>();
  const checkpoints: Checkpoint[] = [];
  for (const file of files) {
    if (file === launch.rows || /\.tfevents\./.test(file.name)) continue;
    const path = pathOf(file);
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    const [, picture] = /(?:^|\/)vis_image\/(.+)_\d+\.png$/.exec(path) ?? [];
    if (picture !== undefined) pictures.set(picture, (pictures.get(picture) ?? 0) + 1);
    const iteration = /iter_(\d{1,15})\.pth$/.exec(path)?.[1];
    if (path.endsWith('.pth')) checkpoints.push({ path, step: iteration === undefined ? null : Number(iteration), digest: null });
  }
  for (const [name, count] of pictures) yield { kind: 'media', run, media: { name, kind: 'image', count } };
  if (checkpoints.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence: checkpoints.slice(0, 10).map(({ path }) => ({ file: path })) } };
}

const textOf = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
