// Reads one training folder: the logger's rows, then the episodes that Monitor and EvalCallback wrote, as one run.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { readExactly } from '../../formats/bytes';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { stemOf } from '../_history/find';
import { finishRuns } from '../_history/runs';
import { type TableShape, tableOf } from '../_history/table';
import { readLog } from '../_history/table-rows';
import { HistoryWriter } from '../_history/writer';
import { addEvaluations, readEvaluations } from './evaluations';
import { type MonitorHead, monitorHeadOf, readMonitor } from './monitor';
import { readRows } from './progress-rows';
import { stepColumn, type TrainingFolder } from './reader';
import { readZoo } from './zoo';

const headBytes = 64 * 1024;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root, files } = claim;
  const { progress, monitors, evaluations, sidecars, zoo, artifacts } = claim.note as TrainingFolder;
  const own = monitors.filter((file) => files.includes(file));
  const logger = progress && files.includes(progress) ? progress : null;
  const heads = await headsOf([...(logger ? [logger] : []), ...own], context);
  const monitorHeads = own.map((file) => monitorHeadOf(heads.get(file) ?? new Uint8Array(0)));
  const shape = logger?.name.endsWith('.csv') ? progressShape(logger, heads.get(logger) ?? new Uint8Array(0)) : null;
  const saved = evaluations && files.includes(evaluations) ? await readEvaluations(evaluations, context) : null;
  const first = logger ? (heads.get(logger) ?? new Uint8Array(0)) : new Uint8Array(0);
  const head = logger || own.length > 0 ? fingerprint(monitorHeads, shape, first) : (saved?.fingerprint ?? first);
  const logged = new Set(shape?.dialect.columns);
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity: { nativeId: null, within: '.', head }, path: root.path }));
  const run = writer.touch('');

  if (logger && shape) yield* readLog(logger, shape, writer, { context, manyLogs: false });
  else if (logger?.name.endsWith('.csv')) writer.issue(issue('bad-record', `${logger.name} is no table any more.`, { file: logger.path }));
  else if (logger) for (const one of await readRows(logger, writer, logged, context)) writer.issue(one);
  for (const [at, file] of own.entries()) {
    for (const one of await readMonitor(file, monitorHeads[at] ?? null, writer, context)) writer.issue(one);
    yield* writer.drain();
  }
  if (saved) addEvaluations(saved, writer, (name) => logged.has(name));
  const issues: Issue[] = [];
  const settings = await readZoo(
    root,
    zoo.filter((file) => files.includes(file)),
    issues,
    context,
  );
  writer.params('', settings.params);
  for (const fact of settings.facts) writer.fact('', fact);
  for (const one of issues) writer.issue(one);
  const starts = monitorHeads.flatMap((one) => one?.startedMs ?? []);
  const environment = monitorHeads.find((one) => one?.environment != null)?.environment;
  const found = { logs: [], path: root.path, home: root, sidecars, artifacts: artifacts.filter((file) => files.includes(file)) };
  for await (const event of finishRuns(found, claim, writer, context)) {
    if (event.kind === 'end') {
      if (starts.length > 0) yield { kind: 'header', run, set: { startedMs: epochMs(Math.min(...starts)) } };
      if (environment != null) yield { kind: 'tags', run, values: { env_id: environment } };
    }
    yield event;
  }
};

async function headsOf(files: readonly SourceFile[], context: ReadContext): Promise<ReadonlyMap<SourceFile, Uint8Array>> {
  const heads = new Map<SourceFile, Uint8Array>();
  for (const file of files) {
    try {
      heads.set(file, await readExactly(file, 0, headBytes, context.signal));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return heads;
}

/** The table as the logger means it, whatever its columns are called. */
function progressShape(file: SourceFile, head: Uint8Array): TableShape | null {
  const shape = tableOf(head, head.length >= file.size, stemOf(file.name), true);
  if (!shape?.dialect.columns.includes(stepColumn)) return null;
  return { ...shape, plan: { ...shape.plan, step: stepColumn, time: null, run: null, split: null, long: null, settings: new Set() } };
}

/**
 * Monitor's first line has the time. The logger writes its file anew with a wider header whenever a name is new, so of a table the
 * first row by name counts.
 */
function fingerprint(monitors: readonly (MonitorHead | null)[], shape: TableShape | null, head: Uint8Array): Uint8Array {
  const lines = monitors.flatMap((one) => one?.line ?? []);
  if (lines.length > 0) return new TextEncoder().encode(lines.join('\n'));
  if (!shape) return head.subarray(0, head.indexOf(10) + 1);
  const [row = []] = shape.dialect.sample;
  const cells = row.flatMap((cell, at) => (cell === '' ? [] : [`${shape.dialect.columns[at]}=${cell}`]));
  return new TextEncoder().encode(cells.sort().join('\n'));
}
