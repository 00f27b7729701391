// Reads the folder of an experiment: its description, its metrics, its params, and what lies beside them.

import type { Issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { numberOf } from '../../formats/numbers';
import { seedFacts } from '../../formats/seed';
import type { RunEvent } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, type SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { identityOf } from '../_logs/identity';
import { readJsonLines } from '../_logs/json-lines';
import { assetEvents } from './assets';
import { codeFacts, packageFacts, systemFacts, textAt } from './facts';
import { readMetrics } from './metrics';
import type { ExperimentNote } from './reader';

const run = 0;
/** Keys of `log_other` that Comet writes by itself. */
const own: ReadonlySet<string> = new Set(['Name', 'offline_experiment', 'hasNestedParams', 'Created from']);

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
  yield* headerEvents(metadata, others, system);
  const params = paramsOf(await json(note.params));
  yield { kind: 'params', run, values: params };
  const at = (one: SourceFile): string => pathBelow(root, one);
  if (note.params) for (const fact of seedFacts(numbersIn(params), { file: at(note.params) })) yield { kind: 'fact', run, fact };
  if (note.system) for (const fact of systemFacts(system, at(note.system))) yield { kind: 'fact', run, fact };
  if (note.git) for (const fact of codeFacts(valuesOf(await json(note.git)), at(note.git))) yield { kind: 'fact', run, fact };
  if (note.patch && note.patch.size > 0) {
    const evidence = [{ file: at(note.patch) }];
    yield { kind: 'fact', run, fact: { kind: 'git_patch', value: at(note.patch), evidence } };
    yield { kind: 'fact', run, fact: { kind: 'git_dirty', value: true, evidence } };
  }
  if (note.requirements) for (const fact of await packageFacts(note.requirements, at(note.requirements), issues, context)) yield { kind: 'fact', run, fact };

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

function* headerEvents(metadata: Values, others: Values, system: Values): Generator<RunEvent> {
  const started = numberOf(metadata.startTimeMillis);
  const ended = numberOf(metadata.endTimeMillis);
  const running = metadata.running === true;
  const crashed = metadata.hasCrashed === true;
  yield {
    kind: 'header',
    run,
    set: {
      name: textAt(metadata, 'experimentName') ?? textAt(others, 'Name'),
      experiment: textAt(metadata, 'projectName'),
      status: crashed ? 'failed' : running ? 'running' : ended === null ? 'unknown' : 'finished',
      startedMs: started === null ? null : epochMs(started),
      endedMs: ended === null || running ? null : epochMs(ended),
      user: textAt(system, 'user'),
      deleted: metadata.archived === true,
    },
  };
  const tags = Array.isArray(metadata.tags) ? (metadata.tags as readonly Value[]).filter((tag) => typeof tag === 'string') : [];
  const values = Object.entries(others).filter(([name]) => !own.has(name));
  yield { kind: 'tags', run, values: Object.fromEntries([...values, ...tags.map((tag): [string, Value] => [tag, true])]) };
}

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

/** Hyperparameters: a list of summaries, text as Comet's server keeps them. */
function paramsOf(value: Value): Values {
  const list = Array.isArray(value) ? (value as readonly Value[]) : [];
  return Object.fromEntries(
    list.flatMap((item): [string, Value][] => {
      const name = isObject(item) ? textAt(item, 'name') : null;
      return name === null ? [] : [[name, (item as Values).valueCurrent ?? null]];
    }),
  );
}

/** Whole numbers written as text, for what looks for a seed. */
const numbersIn = (params: Values): Values =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value]));
