// Judges runs by all items of the checklist.

import { frameworkOf } from '../advice/framework';
import { sameValue } from '../compare/same-value';
import { isSeedKey } from '../compare/seed-keys';
import type { Run } from '../model/run';
import type { Value } from '../model/values';
import type { Attestation, Waiver } from '../project/project';
import { attestationOf, noStatements, type Statements, waiverOf } from '../project/statements';
import { formats } from '../readers';
import type { Recordable } from '../source/reader';
import { items } from './index';
import { type CheckContext, type ChecklistItem, type Fix, type ItemMeta, type Outcome, unknown } from './item';
import { type Score, scoreOf } from './score';

export interface JudgedItem extends Outcome {
  readonly meta: ItemMeta;
  /** Only where there is something to mend. */
  readonly fix: Fix | null;
  /** What a person said of it; the verdict stays what the evidence gives. */
  readonly attested: Attestation | null;
  /** Set aside by a person, and not ended: counts as before, and does not close a gate. */
  readonly waived: Waiver | null;
}

export interface Checklist {
  readonly run: Run;
  readonly items: readonly JudgedItem[];
  readonly score: Score;
}

/** One checklist per run. `all` holds every run that is known, so that replicates are found; linear in its length. */
export const checkRuns = (runs: readonly Run[], all: readonly Run[] = runs, statements: Statements = noStatements): readonly Checklist[] =>
  contextsOf(runs, all).map((context) => checkRun(context, items, statements));

/** What is known around each run: its tracker, its replicates, its experiment. */
export function contextsOf(runs: readonly Run[], all: readonly Run[] = runs): readonly CheckContext[] {
  const experiments = groupBy(all, experimentKey);
  const replicates = groupBy(all, (run) => `${experimentKey(run)}\u0000${configKey(run)}`);
  return runs.map((run) => {
    const experiment = experiments.get(experimentKey(run)) ?? [run];
    const same = Object.keys(run.params).length === 0 ? [run] : (replicates.get(`${experimentKey(run)}\u0000${configKey(run)}`) ?? [run]);
    return contextOf(run, same, experiment);
  });
}

function contextOf(run: Run, replicates: readonly Run[], experiment: readonly Run[]): CheckContext {
  const format = formats.find(({ id }) => id === run.format);
  return {
    run,
    records: recordsOf(run),
    tracker: format?.tracker.name ?? 'The format',
    ...(format ? { family: format.family } : {}),
    replicates,
    experiment,
  };
}

/** What the trackers of a run record between them: several may have read it. */
function recordsOf(run: Run): CheckContext['records'] {
  const ids = new Set([run.format, ...run.sources.map((source) => source.reader)]);
  const strength = { never: 0, optional: 1, auto: 2 } as const;
  const records: Partial<Record<Recordable, keyof typeof strength>> = {};
  for (const format of formats.filter(({ id }) => ids.has(id))) {
    for (const [kind, how] of Object.entries(format.records ?? {}) as [Recordable, keyof typeof strength][])
      if (strength[how] > strength[records[kind] ?? 'never']) records[kind] = how;
  }
  return records;
}

/** Judges one run. Exported for examples and tests; a screen wants `checkRuns`. */
export function checkRun(context: CheckContext, rules: readonly ChecklistItem[] = items, statements: Statements = noStatements): Checklist {
  const framework = frameworkOf(context.run);
  const judged = rules.map((item) => {
    const outcome = judge(item, context);
    return {
      meta: item.meta,
      ...outcome,
      fix: outcome.verdict === 'pass' || outcome.verdict === 'n.a.' ? null : item.fix(framework, context.family),
      attested: attestationOf(statements, item.meta.id, context.run.id),
      waived: waiverOf(statements, item.meta.id, context.run.id),
    };
  });
  return { run: context.run, items: judged, score: scoreOf(judged, context) };
}

/** An item that throws is a bug of ours, not the run's: it answers unknown and the others still run. */
function judge(item: ChecklistItem, context: CheckContext): Outcome {
  try {
    return item.check(context);
  } catch (error) {
    return unknown(`Not assessed: the check failed (${error instanceof Error ? error.message : String(error)}).`);
  }
}

const experimentKey = (run: Run): string => `${run.format}\u0000${run.experiment ?? ''}`;

function configKey(run: Run): string {
  return Object.keys(run.params)
    .filter((key) => !isSeedKey(key))
    .sort()
    .map((key) => `${key}=${plain(run.params[key] ?? null)}`)
    .join('\u0001');
}

/** One spelling per value, so that equal configurations get equal keys. */
function plain(value: Value): string {
  if (typeof value === 'string' && value.trim() !== '' && sameValue(value, Number(value))) return String(Number(value));
  return typeof value === 'object' && value !== null ? JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}` : inner)) : String(value);
}

function groupBy(runs: readonly Run[], keyOf: (run: Run) => string): ReadonlyMap<string, readonly Run[]> {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = keyOf(run);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return groups;
}
