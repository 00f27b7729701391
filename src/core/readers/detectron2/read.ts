// Reads an output folder: rows of metrics.json, the config, what the log tells of the environment; checkpoints are listed.

import { type Issue, issue } from '../../base/issues';
import { readExactly } from '../../formats/bytes';
import { isEventFile } from '../../formats/event-folder';
import { flatten, isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import { readYamlFile } from '../../formats/yaml-file';
import type { RunEvent, RunKey } from '../../model/events';
import type { Checkpoint, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, type SourceFile } from '../../source/source';
import { HistoryWriter } from '../_history/writer';
import { readJsonLines } from '../_logs/json-lines';
import { environmentFacts } from './environment';
import { configName, logName, rowsName } from './reader';

const identityBytes = 4096;
const logBytes = 256 * 1024;
const run: RunKey = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root, files } = claim;
  const owned = (name: string): SourceFile | null => files.find((file) => file === root.files.get(name)) ?? null;
  const rows = owned(rowsName);
  if (!rows) return;
  const issues: Issue[] = [];
  const identity = { nativeId: null, within: '.', head: await headOf(rows, identityBytes, context) };
  const writer = new HistoryWriter(context.limits.seriesPerRun, () => ({ identity, path: root.path }));
  writer.touch('');
  const last = await readRows(rows, writer, issues, context);
  yield* writer.flush();

  const config = owned(configName);
  const params = config ? flatten(await readYamlFile(config, issues, context)) : {};
  yield { kind: 'params', run, values: params };
  const log = owned(logName);
  const text = log ? new TextDecoder().decode(await headOf(log, logBytes, context)) : '';
  for (const fact of [...configFacts(params), ...environmentFacts(text, logName)]) yield { kind: 'fact', run, fact };
  const asked = numberOf(params['SOLVER.MAX_ITER']) ?? numberOf(params['train.max_iter']) ?? Number.POSITIVE_INFINITY;
  // Iterations count from 0.
  yield { kind: 'header', run, set: { status: owned('model_final.pth') || last + 1 >= asked ? 'finished' : 'unknown' } };
  yield* fileEvents(claim, rows);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

async function headOf(file: SourceFile, length: number, context: ReadContext): Promise<Uint8Array> {
  try {
    return await readExactly(file, 0, length, context.signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new Uint8Array(0);
  }
}

/** Rows in the order of the file. @returns the greatest iteration, −1 where there is none */
async function readRows(file: SourceFile, writer: HistoryWriter, issues: Issue[], context: ReadContext): Promise<number> {
  let greatest = -1;
  let restart = 0;
  const trouble = await readJsonLines(
    file,
    (row, line) => {
      const iteration = isObject(row) ? numberOf(row.iteration) : null;
      if (iteration === null) throw new SyntaxError('no row');
      if (iteration <= greatest && restart === 0) restart = line;
      greatest = Math.max(greatest, iteration);
      for (const [name, value] of Object.entries(row as Values)) {
        const number = name === 'iteration' || typeof value === 'boolean' ? null : numberOf(value);
        if (number !== null) writer.column('', name).add(iteration, Number.NaN, number);
      }
    },
    'rows',
    context,
  );
  issues.push(...trouble);
  if (restart > 0) {
    const message = 'Iterations go back: the training was resumed from a checkpoint and wrote some of them again.';
    issues.push(issue('step-restart', message, { file: file.path, where: `line ${restart}`, tip: 'All rows are kept as they stand.' }));
  }
  return greatest;
}

/** The seed, unless it was left open, and the data sets by name. */
function configFacts(params: Values): Fact[] {
  const facts: Fact[] = [];
  const seed = params.SEED;
  if (typeof seed === 'number' && seed >= 0)
    facts.push({ kind: 'seed', value: seed, evidence: [{ file: configName, where: 'key SEED', value: String(seed) }] });
  const datasets = [['DATASETS.TRAIN', 'training'] as const, ['DATASETS.TEST', 'test'] as const].flatMap(([key, use]) =>
    namesOf(params[key]).map((name) => ({ name, digest: null, context: use })),
  );
  if (datasets.length > 0) facts.push({ kind: 'datasets', value: datasets, evidence: [{ file: configName, where: 'key DATASETS' }] });
  return facts;
}

const namesOf = (value: Value | undefined): string[] => (Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []);

function* fileEvents({ root, files }: Claim, rows: SourceFile): Generator<RunEvent> {
  const checkpoints: Checkpoint[] = [];
  for (const file of files) {
    if (file === rows || isEventFile(file.name)) continue;
    const path = pathBelow(root, file);
    yield { kind: 'artifact', run, artifact: { path, size: file.size, kind: 'file' }, file };
    const iteration = /^model_(\d{1,15})\.pth$/.exec(path)?.[1];
    if (path.endsWith('.pth')) checkpoints.push({ path, step: iteration === undefined ? null : Number(iteration), digest: null });
  }
  if (checkpoints.length > 0)
    yield { kind: 'fact', run, fact: { kind: 'checkpoint', value: checkpoints, evidence: checkpoints.slice(0, 10).map(({ path }) => ({ file: path })) } };
}
