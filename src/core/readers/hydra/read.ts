// Reads one job: its configuration, then what the training wrote beside it.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { joinBytes, readExactly } from '../../formats/bytes';
import { EventFolder, eventFoldersOf } from '../../formats/event-folder';
import { SeriesWriter } from '../../formats/event-series';
import type { RunEvent } from '../../model/events';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { stemOf } from '../_history/find';
import { finishRuns } from '../_history/runs';
import { tableOf } from '../_history/table';
import { readLog } from '../_history/table-rows';
import { HistoryWriter } from '../_history/writer';
import type { Job } from './reader';
import { readSettings } from './settings';

const headBytes = 64 * 1024;
const identityBytes = 4096;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root, files } = claim;
  const job = claim.note as Job;
  const has = (file: SourceFile | null): file is SourceFile => file !== null && files.includes(file);
  const settings = await readSettings(job, root, context);
  const head = joinBytes([new TextEncoder().encode(settings.place), await headOf(job.config, context)]);
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({
    identity: { nativeId: null, within: '.', head },
    path: root.path,
    header: settings.header,
  }));
  const run = writer.touch('');
  for (const one of settings.issues) writer.issue(one);
  for (const fact of settings.facts) writer.fact('', fact);

  const tables = job.tables.filter(has);
  for (const file of tables) yield* readTable(file, writer, tables.length > 1, context);
  // The configuration is what the job ran with; a column of the table that never changes may repeat it.
  writer.params('', settings.params);
  const found = { logs: [], path: root.path, home: root, sidecars: job.sidecars, artifacts: job.artifacts.filter(has) };
  const names = new Set<string>();
  let series = 0;
  for await (const event of finishRuns(found, claim, writer, context)) {
    if (event.kind === 'series') {
      series++;
      names.add(event.key.name);
    }
    if (event.kind === 'end') yield* readEvents(job.events.filter(has), claim, new SeriesWriter(run, series), names, context);
    yield event;
  }
};

async function headOf(file: SourceFile, context: ReadContext): Promise<Uint8Array> {
  try {
    return await readExactly(file, 0, identityBytes, context.signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new Uint8Array(0);
  }
}

async function* readTable(file: SourceFile, writer: HistoryWriter, manyLogs: boolean, context: ReadContext): AsyncGenerator<RunEvent> {
  const head = await readExactly(file, 0, headBytes, context.signal);
  const shape = tableOf(head, head.length >= file.size, stemOf(file.name), true);
  if (!shape) {
    writer.issue(issue('bad-record', `${file.name} is no table any more.`, { file: file.path }));
    return;
  }
  // One job is one run, whatever the columns are called.
  yield* readLog(file, { ...shape, wide: null, plan: { ...shape.plan, run: null } }, writer, { context, manyLogs });
}

/** Event files of the job. What a table beside them has too is not read twice: the table has the exact values. */
async function* readEvents(
  files: readonly SourceFile[],
  { root }: Claim,
  writer: SeriesWriter,
  names: ReadonlySet<string>,
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const { run } = writer;
  const started: number[] = [];
  for (const [path, members] of eventFoldersOf(root, files)) {
    const folder = new EventFolder(members, context);
    const subrun: Values = path === '.' ? {} : { subrun: path };
    writer.folder(subrun);
    for await (const output of folder.read(context))
      if (path !== '.' || output.kind === 'media' || output.kind === 'media-purge' || !names.has(output.tag.name)) yield* writer.write(output);
    for (const media of folder.media) yield { kind: 'media', run, media: path === '.' ? media : { ...media, context: subrun } };
    for (const one of folder.issues) yield { kind: 'issue', run, issue: one };
    if (folder.startedMs !== null) started.push(folder.startedMs);
  }
  if (started.length > 0) yield { kind: 'header', run, set: { startedMs: epochMs(Math.min(...started)) } };
}
