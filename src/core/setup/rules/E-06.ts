// Trainings that go over steps and keep no curve: a final value alone, nothing of the training itself, or every value on one step.

import { isAutolog, isDisabled } from '../facts/automatic';
import { engineOf } from '../facts/engines';
import { flowOf, isWithin } from '../facts/flow';
import { duringOf, functionsIn, headOf, loopsOf } from '../facts/loops';
import { isLossName, isMetricName } from '../facts/metrics';
import { comesFrom, isDuring, isIterative, isSurelyStored, type Records, recordsOf } from '../facts/records';
import { splitOf } from '../facts/splits';
import { labelsOf, type Store, sourcesOf } from '../facts/stored';
import type { TextEdit } from '../finding';
import type { NamedCall, Project } from '../project/project';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { Found, SetupRule } from '../rule';
import { keywordAdded, metricLine, trackerOf } from '../write';

/** Trackers whose calls do not count by themselves. */
const needsStep = /^(mlflow|tensorboard|clearml)$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-06',
    title: 'The training is kept as a curve',
    severity: 'warn',
    why: 'A single point does not show whether a training converged, diverged or was stopped too early.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project } = context;
    const told = new Set<Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training } = records;
      if (!isIterative(training, project) || !isSurelyStored(records, project) || training.outOfView === 'run') continue;
      const found =
        training.framework === 'lightning'
          ? inLightning(records, project)
          : training.kind === 'loop'
            ? (withoutStep(records, project) ?? inLoop(records, project) ?? inEngine(records, project))
            : (withoutStep(records, project) ?? inFit(records, project));
      const place = found?.kind === 'finding' ? found.places[0]?.node : undefined;
      if (!found || (place && told.has(place))) continue;
      if (place) told.add(place);
      yield found;
    }
  },
};

/** TensorFlow's own summaries: an operation that a session runs step by step, or one that takes the step from outside. */
const isSummary = (name: string | null): boolean => /^tensorflow(\.compat\.v[12]|\.contrib)?\.summary\.scalar$/.test(name ?? '');

/** Calls in the loop whose values all land on step 0. */
function withoutStep(records: Records, project: Project): Found | null {
  const { training, metrics, stores } = records;
  const during = duringOf(training, project);
  // A run of its own for each round: its one value has no step.
  if (stores.some(({ kind, node, module, call }) => kind === 'init' && call?.name !== 'mlflow.set_experiment' && during.has(node, module))) return null;
  const bare = metrics.filter(
    ({ via, step, call, node, module }) =>
      needsStep.test(via) && step === null && call !== null && !call.splat && !isSummary(call.name) && during.has(node, module),
  );
  const [first] = bare;
  if (!first?.call) return null;
  const variable = loopVariable(records, project);
  const edits: TextEdit[] = bare.flatMap((store) =>
    variable && store.call && store.call.loops[0] === variable.loop && store.via === 'mlflow'
      ? [...keywordAdded(store.module, store.node, `step=${variable.name}`)]
      : [],
  );
  return {
    kind: 'finding',
    confidence: 0.93,
    places: bare.map(({ module, node }) => ({ module, node })),
    summary: `${bare.length === 1 ? 'A value' : `${bare.length} values`} of the loop ${bare.length === 1 ? 'is' : 'are'} logged without a step: every one lands on step 0.`,
    fix: {
      text: 'Say which step each value belongs to.',
      code: metricLine(first.via, first.names[0]?.text || 'train/loss', 'value', variable?.name ?? 'step'),
      edits: edits.length === bare.length ? edits : [],
    },
  };
}

/** The name that counts the epochs, where the loop has one. */
function loopVariable({ training }: Records, project: Project): { readonly name: string; readonly loop: Syntax } | null {
  const { epoch } = loopsOf(training, project);
  const [left, right] = epoch?.node.type === 'for_statement' ? [fieldOf(epoch.node, 'left'), fieldOf(epoch.node, 'right')] : [null, null];
  if (!epoch || !left || !right) return null;
  const counted = /^range\(|^tqdm\(range\(|^trange\(/.test(epoch.module.textOf(right));
  return left.type === 'identifier' && counted ? { name: epoch.module.textOf(left), loop: epoch.node } : null;
}

function inLoop(records: Records, project: Project): Found | null {
  const { training, metrics, automatic } = records;
  const { step } = loopsOf(training, project);
  if (metrics.length === 0 || automatic.metrics !== 'no' || !step || metrics.some(({ via }) => /^unknown/.test(via))) return null;
  if (metrics.some((store) => store.step === null && isSummary(store.call?.name ?? null))) return null;
  // What each step computes, wherever it is written: in the loop's body, or in the function of the step.
  const ofTraining = metrics.filter(
    (store) =>
      comesFrom(store, step.node, step.module, project) ||
      comesFrom(store, training.call.node, training.module, project) ||
      (training.within !== null && training.stepLoop === null && comesFrom(store, training.within.node, training.module, project)) ||
      readsBatch(store, records, project),
  );
  const during = duringOf(training, project);
  // A name that says it is of the training is believed: how its value comes about may not be seen.
  if (metrics.some((store) => during.has(store.node, store.module) && store.names.some(({ text }) => splitOf(text) === 'train'))) return null;
  // So are the measured values themselves: a training loss that is computed anew when the epoch is over.
  const isOfTraining = (label: string) => splitOf(label) === 'train' && (isLossName(label) || isMetricName(label));
  if (metrics.some((store) => during.has(store.node, store.module) && writtenIn(store).some(isOfTraining))) return null;
  // What an agent is paid while it trains is of the training.
  const { all } = loopsOf(training, project);
  if (metrics.some((store) => isReward(store, project) && all.some(({ node, module }) => store.module === module && isWithin(store.node, node)))) return null;
  const byStep = ofTraining.some(
    (store) =>
      during.has(store.node, store.module) || (store.call?.loops.length ?? 0) > 0 || (store.kind !== 'metrics' && mayHoldCurve(store, records, project)),
  );
  if (byStep) return null;
  const place = (ofTraining[0] ?? metrics[0]) as Store;
  return {
    kind: 'finding',
    confidence: 0.85,
    places: [{ module: place.module, node: place.node }],
    summary:
      ofTraining.length > 0
        ? 'Only a final value of the training is stored: there is no curve.'
        : 'No value of the training itself is stored, only scores of the result.',
    fix: { text: `Store the training loss in the loop (${headOf(step)}).`, code: metricLine(trackerOf(records), 'train/loss', 'loss.item()'), edits: [] },
  };
}

/** What an engine gives back at each step, and its own metrics: `engine.state.output`, `trainer.state.metrics["loss"]`. */
const ofSteps = /\bstate\.output\b|\btrain\w*\.state\.metrics\b/;

/** Ignite: every value that its handlers store is named after held-out data. */
function inEngine({ training, metrics, automatic }: Records, project: Project): Found | null {
  const engine = engineOf(training, project);
  const during = duringOf(training, project);
  const stored = engine && automatic.metrics === 'no' ? metrics.filter(({ node, module }) => during.has(node, module)) : [];
  const isOfSteps = (store: Store) => [store.node, ...store.values].some((node) => ofSteps.test(store.module.textOf(node)));
  const isHeldOut = (store: Store) =>
    store.complete && store.names.length > 0 && store.names.every(({ text }) => ['validation', 'test'].includes(splitOf(text) ?? ''));
  const [first] = stored;
  if (!engine || !first || metrics.some(isOfSteps) || !stored.every(isHeldOut)) return null;
  return {
    kind: 'finding',
    confidence: 0.85,
    places: [{ module: first.module, node: first.node }],
    summary: 'No value of the training itself is stored, only scores of held-out data.',
    fix: {
      text: 'Store what each step gives back in a handler of the trainer.',
      code: `@trainer.on(Events.ITERATION_COMPLETED(every=50))\ndef log_training_loss(engine):\n    ${metricLine(first.via, 'train/loss', 'engine.state.output', 'engine.state.iteration')}`,
      edits: [],
    },
  };
}

/** Names of the values as they are written where they are stored. */
const writtenIn = ({ values, module }: Store): readonly string[] =>
  values.flatMap((value) => [...walk(value)].flatMap((node) => (node.type === 'identifier' ? [module.textOf(node)] : [])));

const isReward = (store: Store, project: Project): boolean =>
  labelsOf(store, project).some((label) => /reward|episode|(^|[\W_])(returns?|score)([\W_]|$)/i.test(label)) &&
  sourcesOf(store, project).some(({ nodes }) =>
    [...nodes].some(([node, within]) => node.type === 'call' && /\.step$/.test(within.textOf(node.children[0] ?? node))),
  );

/** A file whose values come from what the loop gathers; one of what is computed when all is over holds no curve. */
function mayHoldCurve(store: Store, { training }: Records, project: Project): boolean {
  if (!store.complete || store.values.length === 0) return true;
  return loopsOf(training, project).all.some(({ node, module }) => comesFrom(store, node, module, project));
}

/** A function that does the step and whose result is stored through something that the slice does not enter. */
function readsBatch(store: Store, { training }: Records, project: Project): boolean {
  const fn = training.within;
  if (!fn) return false;
  return project.callsTo(fn).some((call) => comesFrom(store, call.node, call.module, project));
}

const boosted = /^(xgboost|lightgbm)$/;

/** Keras and boosting: the history must be kept, by a callback or after the fit. */
function inFit(records: Records, project: Project): Found | null {
  const { training, metrics, automatic } = records;
  const boosting = boosted.test(training.framework);
  if ((training.framework !== 'keras' && !boosting) || metrics.length === 0 || training.call.splat) return null;
  const { call } = training;
  const watched = boosting && (call.args.length > 3 || ['eval_set', 'evals', 'valid_sets'].some((one) => call.keywords.has(one)));
  // Autologging keeps the rounds of the sets that it boosts on, and of none where there are none.
  if (automatic.metrics !== 'no' && !(boosting && !watched && autologs(call, project))) return null;
  if (boosting && (/\.cv$/.test(call.name ?? '') || call.keywords.has('callbacks'))) return null;
  // What is watched while it boosts, and of which nothing is kept, is E-07's.
  if (watched && !metrics.some((store) => comesFrom(store, call.node, training.module, project))) return null;
  const results = call.keywords.get('evals_result');
  const held = results ? flowOf(project).variableOf(results, training.module) : [];
  const kept = metrics.some(
    (store) =>
      /^unknown/.test(store.via) ||
      (store.kind !== 'metrics' && (boosting || store.kind === 'text' || isOfEpochs(store, project))) ||
      isCurve(store, call) ||
      isCallback(store) ||
      historyIn(store) ||
      (watched && (isDuring(store, training, project) || isOfRounds(store, project))) ||
      (held.length > 0 && sourcesOf(store, project).some(({ variables }) => variables.has(held))),
  );
  const [first] = metrics;
  if (kept || !first) return null;
  return {
    kind: 'finding',
    confidence: boosting ? 0.75 : 0.85,
    places: [{ module: first.module, node: first.node }],
    summary: `Only values after the fit are stored: the history of its ${boosting ? 'rounds' : 'epochs'} is lost.`,
    fix: boosting
      ? {
          text: 'Watch training and validation rows while it boosts, and log every round.',
          code: `mlflow.${training.framework}.autolog()\n${training.call.module.textOf(training.call.callee)}(..., ${training.call.name?.endsWith('.fit') ? 'eval_set=[(X_train, y_train), (X_val, y_val)]' : training.framework === 'xgboost' ? 'evals=[(dtrain, "train"), (dval, "val")]' : 'valid_sets=[train_set, val_set]'})`,
          edits: [],
        }
      : { text: 'Let a callback log every epoch.', code: 'model.fit(..., callbacks=[keras.callbacks.CSVLogger("history.csv")])', edits: [] },
  };
}

/** Whether autologging is what records a fit, and no callback. */
const autologs = (call: NamedCall, project: Project): boolean => project.callsIn(call.module).some((one) => isAutolog(one) && !isDisabled(one));

/** It is written in a loop that the fit does not stand in: over its rounds, and not over settings or folds. */
const isCurve = ({ call: one, module, via, step, kind }: Store, fit: NamedCall): boolean =>
  // Without a step a loop over names of scores, `for name, value in scores.items()`, is no curve.
  !(kind === 'metrics' && step === null && needsStep.test(via)) && (one?.loops.some((loop) => module !== fit.module || !isWithin(fit.node, loop)) ?? false);

/** `booster.evals_result()`, `model.evals_result_`. */
const isOfRounds = (store: Store, project: Project): boolean => /evals_result|get_evals/.test(labelsOf(store, project).join(' '));

/** A file that holds the history of a fit, and not only scores of the result. */
const isOfEpochs = (store: Store, project: Project): boolean =>
  labelsOf(store, project).some((label) => /^(\w+_)?hist(ory|ories)?(_\w+)?$|^epoch$/i.test(label));

/** It stands in a class of the project that a framework calls. */
const isCallback = ({ call }: Store): boolean => (call?.within?.owner?.bases.length ?? 0) > 0;

const historyIn = ({ values, module }: Store): boolean => values.some((value) => /history/.test(module.textOf(value)));

/** Lightning: what `training_step` and all that it calls hand to `self.log`. */
function inLightning({ program, stores, automatic }: Records, project: Project): Found | null {
  if (automatic.metrics !== 'yes') return null;
  for (const module of program) {
    for (const fn of module.functions) {
      if (fn.name !== 'training_step' || !fn.owner || !project.isReached(fn)) continue;
      const functions = functionsIn({ module, node: fn.node }, project);
      const inside = (store: Store) => store.call !== null && (store.call.within === fn || (store.call.within !== null && functions.has(store.call.within)));
      const hooks = (store: Store) => store.call?.within?.owner === fn.owner && /train/.test(store.call?.within?.name ?? '');
      if (stores.some((store) => inside(store) || hooks(store)) || /\.log|log_metrics|add_scalar|['"]log['"]\s*:/.test(module.textOf(fn.node))) continue;
      // Lightning before 1.0 logged what any hook returned under "log".
      if (/['"]log['"]\s*:/.test(module.textOf(fn.owner.node))) continue;
      if (fn.owner.bases.length !== 1 || project.classOf(project.nameOf(fn.owner.bases[0] as Syntax, module) ?? '')) continue;
      return {
        kind: 'finding',
        confidence: 0.85,
        places: [{ module, node: fieldOf(fn.node, 'name') ?? fn.node }],
        summary: 'training_step logs nothing: no curve of the training is stored.',
        fix: { text: 'Log the loss in training_step.', code: 'self.log("train/loss", loss)', edits: [] },
      };
    }
  }
  return null;
}
