// Reads the folder of an experiment: its description, its metrics, its params, and what lies beside them.

import { type Issue, issue } from '../../base/issues';
import { readWhole } from '../../formats/bytes';
import { isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { seedFacts } from '../../formats/seed';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { currentValues, headerEvents, numbersIn } from '../_comet/experiment';
import { codeFacts, packageFacts, patchFacts, systemFacts, textAt } from '../_comet/facts';
import { PointCollector } from '../_logs/collector';
import { identityOf } from '../_logs/identity';
import { readJsonLines } from '../_logs/json-lines';
import { assetEvents } from './assets';
import { readMetrics } from './metrics';
import type { ExperimentNote } from './reader';

const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const note = present(claim.note as ExperimentNote, claim.files);
  const { root } = claim;
  const [file] = claim.key;
  if (!file) return;
  const issues: Issue[] = [];
  const json = async (one: SourceFile | null): Promise<Value> => {
    if (!one) return null;
    const { value, issues: found } = await readJsonFile(one, context);
    issues.push(...found);
    return value ?? null;
  };
  const metadata = valuesOf(await json(note.metadata));
  const key = textAt(metadata, 'experimentKey') ?? /^[0-9a-zA-Z]{32,50}$/.exec(root.name)?.[0];
  yield { kind: 'begin', run, identity: await identityOf(key, file, context), path: root.path };

  const others = await othersOf(note.others, issues, context);
  const system = valuesOf(await json(note.system));
  yield* headerEvents(run, metadata, others, system);
  const params = currentValues(await json(note.params));
  yield { kind: 'params', run, values: params };
  const at = (one: SourceFile): string => pathBelow(root, one);
  if (note.params) for (const fact of seedFacts(numbersIn(params), { file: at(note.params) })) yield { kind: 'fact', run, fact };
  if (note.system) for (const fact of systemFacts(system, at(note.system))) yield { kind: 'fact', run, fact };
  if (note.git) for (const fact of codeFacts(valuesOf(await json(note.git)), at(note.git))) yield { kind: 'fact', run, fact };
  if (note.patch && note.patch.size > 0) for (const fact of patchFacts(at(note.patch))) yield { kind: 'fact', run, fact };
  if (note.requirements)
    for (const fact of packageFacts(await linesOf(note.requirements, issues, context), at(note.requirements))) yield { kind: 'fact', run, fact };

  yield* assetEvents(run, claim, note, issues, context);
  const points = new PointCollector(run, context.limits.seriesPerRun);
  if (note.metrics) issues.push(...(await readMetrics(note.metrics, points, context)));
  yield* points.flush(true);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

/** The note without files that another reader took. */
function present(note: ExperimentNote, files: readonly SourceFile[]): ExperimentNote {
  const left = new Set(files);
  return Object.fromEntries(Object.entries(note).map(([name, file]) => [name, file && left.has(file) ? file : null])) as unknown as ExperimentNote;
}

const valuesOf = (value: Value): Values => (isObject(value) ? value : {});

/** What `log_other` logged, by name; the last value of each. */
async function othersOf(file: SourceFile | null, issues: Issue[], context: ReadContext): Promise<Values> {
  const values: Record<string, Value> = Object.create(null);
  if (!file) return values;
  const take = (row: Value): void => {
    const name = isObject(row) ? textAt(row, 'name') : null;
    if (name === null) throw new SyntaxError('no item');
    values[name] = (row as Values).valueCurrent ?? null;
  };
  issues.push(...(await readJsonLines(file, take, 'items', context)));
  return values;
}

/** requirements.txt. Where no packages of Python were logged, cometx writes those of the system into it. */
async function linesOf(file: SourceFile, issues: Issue[], context: ReadContext): Promise<readonly string[]> {
  try {
    const { text } = decodeUtf8(await readWhole(file, { wholeFileBytes: context.limits.recordBytes }, context.signal));
    context.progress(file.size);
    return text.split(/\r?\n/);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
    return [];
  }
}
