// Reads one training folder: the JSON, or the tables where there is none.

import { issue } from '../../base/issues';
import { readExactly } from '../../formats/bytes';
import { readJsonFile } from '../../formats/json-file';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError } from '../../source/source';
import { HistoryWriter } from '../_history/writer';
import { trainingName } from './reader';
import { readErrorTable } from './tables';
import { readTraining, type Take, type Training } from './training';

const headBytes = 4096;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root } = claim;
  const head = await headOf(claim, context);
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity: { nativeId: null, within: '.', head }, path: root.path }));
  const run = writer.touch('');
  const take: Take = (name, iteration, value) => writer.column('', name).add(iteration, Number.NaN, value);
  const training = await readJson(claim, writer, take, context);
  if (!training) await readTables(claim, writer, take, context);
  if (training) {
    writer.params('', training.params);
    // Fewer iterations than asked for: stopped early by its detector, or killed. The file does not say which.
    const finished = training.asked !== null && training.done >= training.asked;
    yield* writer.flush();
    yield { kind: 'header', run, set: { name: training.name, status: finished ? 'finished' : 'unknown' } };
  } else yield* writer.flush();
  yield { kind: 'end', run };
};

async function headOf({ key }: Claim, context: ReadContext): Promise<Uint8Array> {
  try {
    return key[0] ? await readExactly(key[0], 0, headBytes, context.signal) : new Uint8Array(0);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new Uint8Array(0);
  }
}

/** Null where the JSON tells nothing: then the tables count. */
async function readJson({ root, files }: Claim, writer: HistoryWriter, take: Take, context: ReadContext): Promise<Training | null> {
  const file = root.files.get(trainingName);
  if (!file || !files.includes(file)) return null;
  const { value, issues } = await readJsonFile(file, context);
  for (const one of issues) writer.issue(one);
  const training = value === undefined ? null : readTraining(value, take);
  if (!training && issues.length === 0) writer.issue(issue('bad-record', `${file.name} does not say what was measured.`, { file: file.path }));
  if (training && training.bad > 0) writer.issue(issue('bad-record', `Iterations of ${file.name} without a number: ${training.bad}.`, { file: file.path }));
  return training && training.done > 0 ? training : null;
}

async function readTables({ root, files }: Claim, writer: HistoryWriter, take: Take, context: ReadContext): Promise<void> {
  for (const set of ['learn', 'test'] as const) {
    const file = root.files.get(`${set}_error.tsv`);
    if (!file || !files.includes(file)) continue;
    for (const one of await readErrorTable(file, set, take, context)) writer.issue(one);
  }
}
