// Per training, all that is known to be kept of it: the stores of its program and what its framework writes.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import type { Syntax } from '../python/syntax';
import type { SetupContext } from '../rule';
import { factOf, type Steps } from '../steps';
import { type Automatic, automaticOf } from './automatic';
import { engineOf } from './engines';
import { isWithin } from './flow';
import { duringOf, loopsOf } from './loops';
import { isLossName, isMetricName, isTaskMetric } from './metrics';
import { isPredictedRows, isRows } from './predicted-rows';
import { importedWith, programOf, startsOf } from './programs';
import { isMetricStore, labelsOf, type Store, sourcesOf, storesOf } from './stored';
import type { Training } from './training';
import { isWholeSettings } from './whole-settings';

export interface Records {
  readonly training: Training;
  readonly program: ReadonlySet<PyModule>;
  readonly automatic: Automatic;
  /** Every store of the program. */
  readonly stores: readonly Store[];
  /** Those that hold measured values. */
  readonly metrics: readonly Store[];
}

/** What is kept of each training; one for each of `context.trainings` that is a training of its own. */
export const recordsOf = factOf(function* ({ project, trainings }: SetupContext): Steps<readonly Records[]> {
  const stores = yield* storesOf.steps(project);
  const metricStores = new Set<Store>();
  for (const store of stores) {
    yield;
    if (isMetricStore(store) && holdsMetrics(store, project)) metricStores.add(store);
  }
  // Steps written inside of a LightningModule belong to the Trainer's fit.
  const own = trainings.filter((one) => !(one.framework === 'lightning' && one.kind === 'loop'));
  const found: Records[] = [];
  for (const training of own) {
    yield;
    const program = programOf(training.module, project);
    const automatic = automaticOf(training, project);
    // A Trainer without a logger drops what its module logs.
    const isDropped = training.framework === 'lightning' && automatic.metrics === 'no';
    const here = stores.filter(({ module, via }) => program.has(module) && !(isDropped && via === 'lightning'));
    found.push({ training, program, automatic, stores: here, metrics: here.filter((store) => metricStores.has(store)) });
  }
  return found;
});

/** Names that are those of metrics by chance: a response, an open file, a builtin, an argument of `torch.load`. */
const byChance = /^(r|l|f|ok|map|map_location|map_fn)$/;

const isMeasured = (label: string): boolean => !byChance.test(label) && isMeasuredName(label);

const isMeasuredName = (label: string): boolean =>
  isMetricName(label) || isTaskMetric(label) || isLossName(label) || /^(history|hist|evals_result|results?|stats)$/i.test(label);

/** A tracker's metrics always; a file where the names on the way speak of measured values; a pickle where its own do. */
function holdsMetrics(store: Store, project: Project): boolean {
  if (store.kind === 'metrics') return true;
  if (store.kind === 'object') {
    const text = store.values.map((value) => store.module.textOf(value)).join(' ');
    return !/state_dict|\bmodel\b|\bnet\b/.test(text) && (/hist|loss|metric|result|score|curve|stats|\blogs?\b/i.test(text) || isMeasured(text));
  }
  if (store.kind === 'file' && (isPredictedRows(store, project) || isRows(store, project))) return false;
  // Settings have loss and metric in their names too; the file that they go into is none of them.
  const held = /(^|\.)(safe_)?dump$/.test(store.call?.name ?? '') ? store.values.slice(0, 1) : store.values;
  if (
    held.length > 0 &&
    held.every((value) => isWholeSettings(value, store.module) || (value.type === 'string' && !value.children.some(({ type }) => type === 'interpolation')))
  )
    return false;
  return labelsOf(store, project).some(isMeasured);
}

/** Whether anything at all is kept of what a training computes. */
export const isStored = ({ automatic, metrics }: Records): boolean => automatic.metrics !== 'no' || metrics.length > 0;

/** A file that many scripts share is run by some and read by others: what one of them stores need not be of it. */
const mostScripts = 3;

/**
 * Whether what is kept of a training surely is of it: written by its framework, or where its own imports lead. Where settings name classes, every file may
 * be part of every program: what one script stores says nothing of another.
 */
export const isSurelyStored = ({ training, automatic, metrics }: Records, project: Project): boolean =>
  automatic.metrics === 'yes' ||
  metrics.some(
    ({ module }) =>
      module === training.module || (importedWith(training.module, project).has(module) && startsOf(training.module, project).length <= mostScripts),
  );

/** Whether a store's values come from a node, or from something that lies within it. */
export function comesFrom(store: Store, node: Syntax, module: PyModule, project: Project): boolean {
  return sourcesOf(store, project).some(({ nodes }) => {
    for (const [at, where] of nodes) if (where === module && isWithin(at, node)) return true;
    return false;
  });
}

/** One training for each file, the first: a finding that holds for all of a file's trainings is told once. */
export function firstPerFile<T extends { readonly training: Training }>(records: readonly T[]): readonly T[] {
  const seen = new Set<PyModule>();
  return records.filter(({ training: { module } }) => !seen.has(module) && seen.add(module) !== undefined);
}

/** Whether a training goes over steps: loops, and fits of libraries that repeat. */
export function isIterative(training: Training, project: Project): boolean {
  if (training.kind === 'single') return false;
  if (training.kind === 'fit') return true;
  return loopsOf(training, project).step !== null || engineOf(training, project) !== null;
}

/** Whether a store runs again and again while a training does. */
export const isDuring = (store: Store, training: Training, project: Project): boolean => duringOf(training, project).has(store.node, store.module);
