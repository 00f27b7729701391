// Reads one training: its arguments, then a row per epoch; weights are listed and never opened.

import { type Issue, issue } from '../../base/issues';
import { joinBytes, readExactly } from '../../formats/bytes';
import { isEventFile } from '../../formats/event-folder';
import { flatten } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { readYamlFile } from '../../formats/yaml-file';
import type { RunEvent } from '../../model/events';
import type { Fact } from '../../model/facts';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { stemOf } from '../_history/find';
import { tableOf } from '../_history/table';
import { readLog } from '../_history/table-rows';
import { HistoryWriter } from '../_history/writer';
import { resultsName, settingsNames } from './reader';

const headBytes = 64 * 1024;
const identityBytes = 4096;
const epochColumn = 'epoch';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root } = claim;
  const files = new Set(claim.files);
  const owned = (name: string): SourceFile | null => {
    const file = root.files.get(name);
    return file && files.has(file) ? file : null;
  };
  const issues: Issue[] = [];
  const results = owned(resultsName);
  const head = results ? await headOf(results, context) : new Uint8Array(0);
  const settings = settingsNames.map(owned).filter((file) => file !== null);
  const params: Values = Object.assign(
    Object.create(null),
    ...(await Promise.all(settings.map(async (file) => flatten(await readYamlFile(file, issues, context))))),
  );
  const starts = await Promise.all(settings.map((file) => headOf(file, context)));
  const identity = { nativeId: null, within: '.', head: joinBytes([...starts.map((one) => one.subarray(0, identityBytes)), head.subarray(0, identityBytes)]) };
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity, path: root.path, header: headerOf(params) }));
  const run = writer.touch('');
  for (const one of issues) writer.issue(one);
  for (const fact of factsOf(params, settings.at(-1)?.name ?? 'args.yaml')) writer.fact('', fact);
  if (results) yield* readResults(results, head, writer, context);
  writer.params('', params);

  const epochs = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  for (const event of writer.flush()) {
    if (event.kind === 'points')
      for (const step of event.steps ?? []) {
        epochs.first = Math.min(epochs.first, step);
        epochs.last = Math.max(epochs.last, step);
      }
    yield event;
  }
  // Epochs count from 1, in YOLOv5 and early YOLOv8 from 0. A training that stopped early ends as one that was killed.
  const asked = typeof params.epochs === 'number' ? params.epochs : Number.POSITIVE_INFINITY;
  yield { kind: 'header', run, set: { status: epochs.last + (epochs.first === 0 ? 1 : 0) >= asked ? 'finished' : 'unknown' } };
  const weights: string[] = [];
  for (const file of claim.files) {
    const path = pathBelow(root, file);
    if (file === results || isEventFile(file.name)) continue;
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    if (path.endsWith('.pt')) weights.push(path);
  }
  if (weights.length > 0) {
    const value = weights.map((path) => ({ path, step: null, digest: null }));
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value, evidence: weights.slice(0, 10).map((file) => ({ file })) } };
  }
  yield { kind: 'end', run };
};

async function headOf(file: SourceFile, context: ReadContext): Promise<Uint8Array> {
  try {
    return await readExactly(file, 0, headBytes, context.signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new Uint8Array(0);
  }
}

async function* readResults(file: SourceFile, head: Uint8Array, writer: HistoryWriter, context: ReadContext): AsyncGenerator<RunEvent> {
  const shape = tableOf(head, head.length >= file.size, stemOf(file.name), true);
  if (!shape?.dialect.columns.includes(epochColumn)) {
    writer.issue(issue('bad-record', `${file.name} is no table of epochs any more.`, { file: file.path }));
    return;
  }
  const plan = { ...shape.plan, step: epochColumn, time: null, run: null, split: null, long: null, settings: new Set<string>() };
  yield* readLog(file, { ...shape, plan }, writer, { context, manyLogs: false });
}

const text = (value: Values[string] | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

const headerOf = (params: Values) => ({ name: text(params.name), experiment: text(params.project), jobType: text(params.task) });

function factsOf(params: Values, file: string): Fact[] {
  const facts: Fact[] = [...seedFacts(params, { file })];
  const { deterministic, data } = params;
  if (typeof deterministic === 'boolean')
    facts.push({ kind: 'determinism', value: { deterministic }, evidence: [{ file, where: 'key deterministic', value: String(deterministic) }] });
  const dataset = text(data);
  if (dataset !== null)
    facts.push({ kind: 'datasets', value: [{ name: dataset, digest: null, source: dataset }], evidence: [{ file, where: 'key data', value: dataset }] });
  return facts;
}
