// The coverage view: what of ten axes is recorded, with the lines that show it.

import { setupCalls } from './facts/automatic';
import { keepsModel, savesOf } from './facts/checkpoints';
import { dataVersionsOf } from './facts/data-version';
import { evaluationsDuring, evaluationsOf } from './facts/evaluation';
import { isLearningRate } from './facts/metrics';
import { paramsOf } from './facts/params';
import { provenanceOf } from './facts/provenance';
import { isDuring, isStored, type Records, recordsOf } from './facts/records';
import { schedulesOf } from './facts/schedules';
import { seedingsOf } from './facts/seeds';
import { labelsOf } from './facts/stored';
import { type CodePlace, type CoverageAxis, coverageAxes, type SetupReview } from './finding';
import type { Found, FoundPlace, NodePlace, SetupContext } from './rule';
import { gathered, type Steps } from './steps';

/** Rules whose finding says that an axis is absent, or there in part. */
export const faults: Readonly<Record<CoverageAxis, { readonly absent: readonly string[]; readonly partial: readonly string[] }>> = {
  tracker: { absent: ['E-01'], partial: ['E-02', 'E-05'] },
  params: { absent: ['E-01', 'E-03'], partial: ['E-04'] },
  train_metrics: { absent: ['E-01'], partial: ['E-06', 'E-28', 'E-32', 'E-39'] },
  val_metrics: { absent: ['E-01', 'E-07'], partial: ['E-08'] },
  lr: { absent: ['E-01', 'E-09'], partial: [] },
  checkpoints: { absent: ['E-21'], partial: ['E-22'] },
  seeds: { absent: ['E-10'], partial: ['E-11', 'E-12', 'E-13', 'E-15'] },
  data_version: { absent: ['E-16'], partial: [] },
  code_env: { absent: [], partial: ['E-18', 'E-19', 'E-20'] },
  naming: { absent: [], partial: ['E-31', 'E-34'] },
};
/** More lines than this show nothing more. */
const mostPlaces = 20;

type State = SetupReview['coverage'][CoverageAxis];

/**
 * Each axis: absent or partial where a rule says so, present where a line of the code (or a framework's default) shows it, else unknown.
 * @param found what each rule found
 * @param isWithdrawn whether runs refute a rule's findings
 */
export function* coverageOf(
  context: SetupContext,
  found: ReadonlyMap<string, readonly Found[]>,
  isWithdrawn: (rule: string) => boolean,
): Steps<SetupReview['coverage']> {
  const records = yield* recordsOf.steps(context);
  const evaluations = yield* evaluationsOf.steps(context.trainings, context.project);
  const scored = yield* gathered(records, ({ training }) => evaluationsDuring(training, evaluations, context.project));
  const at = (rules: readonly string[]): readonly FoundPlace[] | null => {
    const said = rules.filter((rule) => !isWithdrawn(rule)).flatMap((rule) => (found.get(rule) ?? []).filter((one) => one.kind === 'finding'));
    return said.length === 0 ? null : said.flatMap((one) => (one.kind === 'finding' ? one.places : []));
  };
  const state = (axis: CoverageAxis): State => {
    if (records.length === 0) return { state: 'unknown', places: [] };
    const absent = at(faults[axis].absent);
    const partial = at(faults[axis].partial);
    const shown = axis === 'val_metrics' ? (records.some(isStored) && scored.length > 0 ? scored : null) : evidence[axis](context, records);
    // One training of several that lacks it: in part.
    if (absent)
      return shown && shown.length > 0 && axis !== 'lr' ? { state: 'partial', places: placesOf(shown) } : { state: 'absent', places: placesOf(absent) };
    if (partial) return { state: 'partial', places: placesOf(shown && shown.length > 0 ? shown : partial) };
    return shown ? { state: 'present', places: placesOf(shown) } : { state: 'unknown', places: [] };
  };
  const states: Partial<Record<CoverageAxis, State>> = {};
  for (const axis of coverageAxes) {
    yield;
    states[axis] = state(axis);
  }
  return states as SetupReview['coverage'];
}

/** Lines that show an axis; empty where a framework does it by itself; null where nothing does. */
const evidence: Readonly<Record<Exclude<CoverageAxis, 'val_metrics'>, (context: SetupContext, records: readonly Records[]) => readonly NodePlace[] | null>> = {
  tracker: (_, records) => ofRecords(records, ({ stores }) => stores.filter(({ kind }) => kind === 'init' || kind === 'autolog'), isStored),
  params: ({ project }, records) =>
    ofRecords(
      records,
      (one) => paramsOf(one, project).stores,
      (one) => paramsOf(one, project).state === 'present',
    ),
  train_metrics: ({ project }, records) =>
    ofRecords(
      records,
      ({ metrics, training }) => metrics.filter((store) => training.kind === 'single' || isDuring(store, training, project)),
      ({ automatic }) => automatic.metrics === 'yes',
    ),
  lr: ({ project }, records) => {
    const stored = records.flatMap(({ metrics }) => metrics.filter((store) => labelsOf(store, project).some(isLearningRate)));
    if (stored.length > 0) return stored;
    if (records.some(({ automatic }) => automatic.rate === 'yes')) return [];
    // A constant rate is one of the params.
    const kept = records.flatMap((one) => paramsOf(one, project).stores);
    return schedulesOf(project).length === 0 && records.some((one) => paramsOf(one, project).state === 'present') ? kept : null;
  },
  checkpoints: ({ project }, records) => {
    const saves = savesOf(project).map(({ call }) => ({ module: call.module, node: call.node }));
    return saves.length > 0 ? saves : records.some(({ training }) => keepsModel(training, project) === 'yes') ? [] : null;
  },
  seeds: ({ project }) => {
    const seeded = seedingsOf(project).filter(({ effect }) => effect === 'seeded');
    return seeded.length > 0 ? seeded.map(({ call }) => ({ module: call.module, node: call.node })) : null;
  },
  data_version: ({ project }, records) => {
    const lines = records.flatMap(({ training }) => dataVersionsOf(training.module, project));
    return lines.length > 0 ? lines : null;
  },
  code_env: (context, records) => {
    const known = records.map(({ training }) => provenanceOf(training, context));
    return known.length > 0 && known.every(({ commit, packages }) => commit === 'yes' && packages === 'yes') ? [] : null;
  },
  naming: ({ project }, records) => {
    const named = project.calls.filter(
      ({ keywords, name }) =>
        name !== null &&
        /^(wandb|mlflow|neptune|comet_ml|clearml|swanlab|trackio|aim)\b|Logger$|TrainingArguments$/.test(name) &&
        [...keywords.keys()].some((one) => /^(run_name|name|tags|group|task_name)$/.test(one)),
    );
    const handed = records.flatMap(({ training }) => setupCalls(training, project)).filter(({ keywords }) => keywords.has('run_name'));
    const lines = [...named, ...handed].map(({ module, node }) => ({ module, node }));
    return lines.length > 0 ? lines : null;
  },
};

function ofRecords(
  records: readonly Records[],
  lines: (one: Records) => readonly { readonly module: NodePlace['module']; readonly node: NodePlace['node'] }[],
  byItself: (one: Records) => boolean,
): readonly NodePlace[] | null {
  const shown = records.flatMap(lines);
  return shown.length > 0 ? shown : records.some(byItself) ? [] : null;
}

/** Without repeats, in the order of files and lines. */
function placesOf(places: readonly FoundPlace[]): readonly CodePlace[] {
  const told = new Map<string, CodePlace>();
  for (const one of places) {
    const place = 'place' in one ? one.place : one.module.placeOf(one.node);
    told.set(`${place.file}\n${place.cell ?? ''}\n${place.line}`, place);
  }
  return [...told.values()]
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line))
    .slice(0, mostPlaces);
}
