// Reads the trials of an experiment, one after another.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readExactly } from '../../formats/bytes';
import { flatten, isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { seedFacts } from '../../formats/seed';
import type { RunEvent } from '../../model/events';
import type { Value } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, SourceError, type SourceFile, walkFiles } from '../../source/source';
import { stemOf } from '../_history/find';
import { tableOf } from '../_history/table';
import { readLog } from '../_history/table-rows';
import { HistoryWriter } from '../_history/writer';
import { checkpointFolders, type Experiment } from './reader';
import { ownKeys, type Result, readResults, resultOf, stepKey, timeKey } from './results';
import { readState, type TrialState } from './state';

const headBytes = 64 * 1024;

/** Who a trial is, known before its first point. */
interface Trial {
  readonly dir: SourceDir;
  readonly id: string;
  readonly state: TrialState | null;
  /** Folder of the experiment, or of the trial itself where it was given alone. */
  readonly root: SourceDir;
  /** The claim's files. */
  readonly files: ReadonlySet<SourceFile>;
}

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { state, trials } = claim.note as Experiment;
  const known = await readState(state && claim.files.includes(state) ? state : null, context);
  const files = new Set(claim.files);
  for (const one of known.issues) yield { kind: 'issue', issue: one };
  for (const [run, dir] of trials.entries()) {
    const id = (await idOf(dir, context)) ?? known.folders.get(dir.name) ?? dir.name;
    yield* renumbered(readTrial({ dir, id, state: known.trials.get(id) ?? null, root: claim.root, files }, context), run);
  }
};

/** Each trial has a writer of its own, which calls its only run 0. */
async function* renumbered(events: AsyncIterable<RunEvent>, run: number): AsyncGenerator<RunEvent> {
  for await (const event of events) yield { ...event, run };
}

async function* readTrial({ dir, id, state, root, files }: Trial, context: ReadContext): AsyncGenerator<RunEvent> {
  const own = (name: string): SourceFile | null => {
    const file = dir.files.get(name);
    return file && files.has(file) ? file : null;
  };
  const experiment = dir === root ? null : root.name;
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({
    identity: { nativeId: id },
    path: dir.path,
    header: { name: state?.name ?? null, experiment, group: experiment, startedMs: state?.startedMs == null ? null : epochMs(state.startedMs) },
  }));
  const run = writer.touch('');

  const seen = { first: null as Result | null, done: false };
  const results = own('result.json');
  const table = own('progress.csv');
  if (results && results.size > 0) {
    const look = (result: Result) => {
      seen.first ??= result;
      seen.done = result.done === true;
    };
    const take = (name: string, step: number, time: number, value: number) => writer.column('', name).add(step, time, value);
    for (const one of await readResults(results, look, take, context)) writer.issue(one);
  } else if (table && table.size > 0) yield* readTable(table, writer, context);
  else writer.issue(issue('empty', 'The trial has not reported anything.', { file: dir.path }));

  const config = await configOf(own('params.json'), writer, context);
  const params = flatten(withoutPickles(config ?? state?.config ?? seen.first?.config ?? null));
  writer.params('', params);
  for (const fact of seedFacts(params, { file: 'params.json' })) writer.fact('', fact);
  const host = seen.first?.hostname;
  if (typeof host === 'string') writer.fact('', { kind: 'host', value: host, evidence: [{ file: 'result.json', where: 'line 1, key hostname', value: host }] });
  yield* writer.flush();
  const failed = own('error.txt') !== null;
  const told = failed ? 'failed' : seen.done ? 'finished' : 'unknown';
  yield { kind: 'header', run, set: state ? { status: state.status, nativeStatus: state.nativeStatus } : { status: told } };
  for (const file of artifactsOf(dir))
    if (files.has(file)) yield { kind: 'artifact', run, artifact: { path: pathBelow(dir, file), size: file.size, kind: 'file' }, file };
  yield { kind: 'end', run };
}

/** What is listed and never opened: pickles, the error, output, checkpoints. */
function artifactsOf(dir: SourceDir): SourceFile[] {
  const own = [...dir.files.values()].filter(({ name }) => /\.pkl$|^error\.txt$|^std(?:out|err)$/.test(name));
  return [...own, ...checkpointFolders(dir).flatMap((checkpoint) => [...walkFiles(checkpoint)])];
}

/** The id in the first result. */
async function idOf(dir: SourceDir, context: ReadContext): Promise<string | null> {
  const file = dir.files.get('result.json');
  if (!file) return null;
  try {
    const head = new TextDecoder().decode(await readExactly(file, 0, headBytes, context.signal));
    const id = resultOf(head.split('\n', 1)[0] ?? '')?.trial_id ?? /"trial_id": "([^"\\]+)"/.exec(head)?.[1];
    return typeof id === 'string' ? id : null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return null;
  }
}

async function configOf(file: SourceFile | null, writer: HistoryWriter, context: ReadContext): Promise<Value | undefined> {
  if (!file) return undefined;
  const { value, issues } = await readJsonFile(file, context);
  for (const one of issues) writer.issue(one);
  return isObject(value) ? value : undefined;
}

/** Objects that JSON cannot hold were pickled: they are named and never decoded. */
function withoutPickles(value: Value, depth = 0): Value {
  if (depth > 64) return value;
  if (Array.isArray(value)) return value.map((item: Value) => withoutPickles(item, depth + 1));
  if (!isObject(value)) return value;
  if (value._type === 'CLOUDPICKLE_FALLBACK') return 'pickled object';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutPickles(item, depth + 1)]));
}

/** The table has only the columns of the first result: read where result.json is gone. */
async function* readTable(file: SourceFile, writer: HistoryWriter, context: ReadContext): AsyncGenerator<RunEvent> {
  const head = await readExactly(file, 0, headBytes, context.signal);
  const shape = tableOf(head, head.length >= file.size, stemOf(file.name), true);
  if (!shape?.dialect.columns.includes(stepKey)) {
    writer.issue(issue('bad-record', `${file.name} is no table of results any more.`, { file: file.path }));
    return;
  }
  // Text columns would become params: only those of numbers are named here, text gives no points anyway.
  const ignored = new Set(shape.sampled.filter(({ name, texts }) => ownKeys.has(name) && texts.length === 0).map(({ name }) => name));
  const plan = { ...shape.plan, step: stepKey, time: timeKey, run: null, split: null, long: null, ignored, settings: new Set<string>() };
  yield* readLog(file, { ...shape, plan }, writer, { context, manyLogs: false });
}
