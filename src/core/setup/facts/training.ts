// What trains in a project: loops written by hand, fits of libraries, trainers of frameworks.

import type { NamedCall, Project } from '../project/project';
import type { PyClass, PyFunction, PyModule } from '../python/module';
import { argumentOf, constantOf } from '../python/resolve';
import { fieldOf, memberOf, nodesOf, type Syntax } from '../python/syntax';
import { factOf, gathered, onceOf, type Steps } from '../steps';
import { chosenNames, heldIn, isOneOfMany, mostMany } from './chosen';
import { flowOf } from './flow';
import { isHuggingFaces, type Library, libraryOf } from './libraries';
import { type OutOfView, outOfViewOf } from './out-of-view';
import { importedWith } from './programs';

export type Framework =
  | 'pytorch'
  | 'lightning'
  | 'huggingface'
  | 'accelerate'
  | 'keras'
  | 'tensorflow'
  | 'jax'
  | 'sklearn'
  | 'xgboost'
  | 'lightgbm'
  | 'catboost'
  | 'ultralytics'
  | 'sb3'
  | 'ray'
  | 'fastai'
  | 'sbert'
  | 'library'
  | 'mmengine';

/** One place where a model is trained. */
export interface Training {
  readonly framework: Framework;
  /** `loop`: steps are written out; `fit`: one call trains over steps; `single`: one call without a step axis (scikit-learn). */
  readonly kind: 'loop' | 'fit' | 'single';
  readonly module: PyModule;
  readonly within: PyFunction | null;
  /** The call that trains, or the one that shows the loop (`backward()`). */
  readonly call: NamedCall;
  /** For a loop: the innermost loop around the step, and the outermost within the function (often the epochs). */
  readonly stepLoop: Syntax | null;
  readonly outerLoop: Syntax | null;
  /** What of it is out of view: with whoever uses this code. */
  readonly outOfView: OutOfView | null;
  /** Of framework `library`: its habits. */
  readonly library?: Library;
}

/** Last part of a call's name → what it trains, where the rest of the name says the library. */
const fits: readonly { readonly name: RegExp; readonly framework: Framework; readonly kind: Training['kind'] }[] = [
  { name: /^(pytorch_)?lightning(\.pytorch)?(\.trainer(\.trainer)?)?\.Trainer\.fit$/, framework: 'lightning', kind: 'fit' },
  { name: /(^|\.)(LightningCLI)$/, framework: 'lightning', kind: 'fit' },
  {
    name: /^(transformers|trl|setfit|sentence_transformers|unsloth|optimum|adapters|span_marker|gliner)(\.\w+)*\.\w*Trainer\.(train|hyperparameter_search)$/,
    framework: 'huggingface',
    kind: 'fit',
  },
  { name: /^(tensorflow\.keras|keras|tf_keras|tensorflow\.python\.keras)(\.\w+)*\.(fit|fit_generator|train_on_batch)$/, framework: 'keras', kind: 'fit' },
  {
    name: /^tensorflow(\.compat\.v1)?\.(contrib\.learn|estimator)\.(train_and_evaluate|(experimental\.)?\w+\.(train|fit))$/,
    framework: 'tensorflow',
    kind: 'fit',
  },
  { name: /^(keras_tuner|kerastuner)(\.\w+)*\.search$/, framework: 'keras', kind: 'fit' },
  { name: /^mmengine(\.\w+)*\.\w*Runner(\.from_cfg)?\.train$/, framework: 'mmengine', kind: 'fit' },
  { name: /^mmcv\.runner(\.\w+)*\.\w*Runner\.run$/, framework: 'mmengine', kind: 'fit' },
  { name: /^xgboost\.(train|cv)$/, framework: 'xgboost', kind: 'fit' },
  { name: /^xgboost(\.sklearn)?\.XGB\w+\.fit$/, framework: 'xgboost', kind: 'fit' },
  { name: /^lightgbm\.(train|cv)$/, framework: 'lightgbm', kind: 'fit' },
  { name: /^lightgbm(\.sklearn)?\.LGBM\w+\.fit$/, framework: 'lightgbm', kind: 'fit' },
  { name: /^catboost(\.core)?\.(CatBoost\w*\.fit|train|cv)$/, framework: 'catboost', kind: 'fit' },
  { name: /^ultralytics(\.\w+)*\.\w+\.train$/, framework: 'ultralytics', kind: 'fit' },
  { name: /^(stable_baselines3?|sb3_contrib)(\.\w+)*\.\w+\.learn$/, framework: 'sb3', kind: 'fit' },
  { name: /^sentence_transformers(\.\w+)*\.(SentenceTransformer|CrossEncoder|SparseEncoder)\.(fit|old_fit)$/, framework: 'sbert', kind: 'fit' },
  { name: /^ignite(\.\w+)*\.create_supervised_trainer$/, framework: 'pytorch', kind: 'loop' },
  { name: /^fastai2?(\.\w+)*\.(fit|fit_one_cycle|fine_tune|fit_flat_cos)$/, framework: 'fastai', kind: 'fit' },
  { name: /^(sklearn|imblearn)(\.\w+)+\.(fit|fit_predict|fit_transform|partial_fit)$/, framework: 'sklearn', kind: 'single' },
  // Estimators of packages that follow scikit-learn: one call, no steps that it would keep.
  {
    name: /^(hmmlearn|sksurv|lightfm|implicit|surprise|prophet|fbprophet|pmdarima|ngboost|interpret|pytorch_tabnet|tpot|flaml|autosklearn|sktime|pygam|cuml|dask_ml|pyspark\.ml|supervised|imodels|lifelines|lazypredict|pyod|tabpfn|gplearn|hdbscan|deepforest|rulefit|sklearn_crfsuite)(\.\w+)+\.(fit|fit_predict)$/,
    framework: 'sklearn',
    kind: 'single',
  },
  { name: /^sklearn\.model_selection\.(cross_val_score|cross_validate|cross_val_predict)$/, framework: 'sklearn', kind: 'single' },
];

/** Transformers and splitters are fitted too, and train nothing that anyone would log. */
const noModel =
  /\.(feature|transformations|preprocessing|impute|feature_extraction|decomposition|feature_selection|model_selection\.\w*(Split|Fold)\w*|compose(?!(\.\w+)*\.TransformedTarget)|random_projection|over_sampling|under_sampling|combine)\b/;

const backward = /(^|\.)(backward|manual_backward)$/;
const jaxGradients = /^(jax\.(grad|value_and_grad)|(flax|equinox|haiku|nnx|treex|elegy)(\.\w+)*\.(filter_)?(grad|value_and_grad))$/;
const tape = /^tensorflow\.GradientTape$/;

/** The modules that train; one set for one list. */
export const modulesOf = onceOf((trainings: readonly Training[]): ReadonlySet<PyModule> => new Set(trainings.map(({ module }) => module)));

/** Every training that can be reached, in the order of files and lines. */
export const trainingsOf = factOf(function* (project: Project): Steps<readonly Training[]> {
  const found: Omit<Training, 'outOfView'>[] = [];
  const loops = new Set<Syntax>();
  const improving = new Set(project.calls.flatMap((call) => (isImproving(call) ? [call.module] : [])));
  for (const call of project.calls) {
    yield;
    const name =
      fitOfKeras(call, project) ??
      fitOfAgent(call, project) ??
      (call.name !== null && !isOneOfMany(call.name) ? call.name : null) ??
      fitOfMany(call, project) ??
      fitOfHeld(call, project) ??
      fitOfChosen(call, project) ??
      call.name ??
      '';
    const fit = fits.find((one) => one.name.test(name));
    if (fit && !(fit.framework === 'sklearn' && noModel.test(name))) {
      if (fit.framework === 'keras' && isDry(call)) continue;
      if (fit.framework === 'sklearn' && isPartOfEstimator(call, project)) continue;
      found.push({ ...placed(call), framework: fit.framework, kind: name.endsWith('.partial_fit') || name.endsWith('.train_on_batch') ? 'loop' : fit.kind });
      continue;
    }
    const written = call.callee.type === 'attribute' ? call.module.textOf(call.callee) : '';
    if (backward.test(written) || backward.test(name)) {
      // Gradients without anything in the program that takes a step: a try of a layer, a saliency map.
      if (improving.size === 0 ? call.loops.length === 0 : ![...importedWith(call.module, project)].some((module) => improving.has(module))) continue;
      // A method of that name hands on: the training is where it is called.
      if (call.within?.name === 'backward' && isHandingOn(call.within, project)) continue;
      for (const step of stepsBy(call, project)) {
        const training = { ...placed(step), framework: loopFramework(call, project), kind: 'loop' as const };
        const loop = training.stepLoop ?? step.within?.node ?? step.module.root;
        if (!loops.has(loop)) found.push(training);
        loops.add(loop);
      }
    } else if ((tape.test(name) && !isStepOfKeras(call, project) && isApplied(call, project)) || isSessionStep(call, project))
      found.push({ ...placed(call), framework: 'tensorflow', kind: 'loop' });
    else if (jaxGradients.test(name) && isUpdated(call.module)) found.push({ ...placed(call), framework: 'jax', kind: 'loop' });
    else {
      const library = libraryOf(call, name, project);
      const loop = library?.kind === 'loop' ? call.loops[0] : undefined;
      // One loop is one training, however many steps it names: `train_step(…)` beside `train_epoch(…)`.
      if (library?.kind === 'fit' && isHuggingFaces(call, project)) found.push({ ...placed(call), framework: 'huggingface', kind: 'fit' });
      else if (library && !(loop && loops.has(loop))) found.push({ ...placed(call), framework: 'library', kind: library.kind, library });
      if (loop) loops.add(loop);
    }
  }
  for (const module of project.modules) {
    yield;
    for (const fn of module.functions)
      if (fn.decorators.some((one) => isGradient(one, module, project)) && isUpdated(module))
        for (const call of project.callsTo(fn)) found.push({ ...placed(call), framework: 'jax', kind: 'loop' });
  }
  return yield* gathered(found, (one) => [{ ...one, outOfView: outOfViewOf(one, project) }]);
});

/** Inside an estimator that is written here and that nobody in view uses: `super().fit(X, y)`, `self.base_.fit(X)`. Who fits it trains. */
const isPartOfEstimator = ({ within }: NamedCall, project: Project): boolean =>
  !!within?.owner && isEstimator(within.owner, project, 0) && project.callersOf(within).every((call) => call.within?.owner === within.owner);

const estimatorBase = /^sklearn\.|(^|\.)(\w*(Estimator|Classifier|Regressor)(Mixin)?|(Transformer|Cluster)Mixin)$/;

const isEstimator = ({ bases, module }: PyClass, project: Project, depth: number): boolean =>
  bases.some((base) => {
    const name = project.nameOf(base, module) ?? module.textOf(base);
    const own = depth < mostBases ? project.classOf(name) : undefined;
    return estimatorBase.test(name) || (own !== undefined && isEstimator(own, project, depth + 1));
  });

const mostBases = 5;

/** One step of one epoch makes variables and trains nothing. */
const isDry = ({ keywords, module }: NamedCall): boolean =>
  ['epochs', 'steps_per_epoch'].every((one) => {
    const value = keywords.get(one);
    return value !== undefined && constantOf(value, module) === 1;
  });

const kerasFit = /(^|\.)(fit|fit_generator|train_on_batch)$/;
/** What only Keras' `fit` is asked for by name: `epochs` beside one of the others. */
const kerasKeywords =
  /^(validation_data|validation_split|validation_steps|validation_freq|steps_per_epoch|samples_per_epoch|nb_epoch|class_weight|initial_epoch|verbose|callbacks|batch_size|shuffle)$/;
/** Libraries whose own `fit` may be asked for by such names. */
const noKeras = /^(torch|pytorch_lightning|lightning|sklearn|imblearn|xgboost|lightgbm|catboost|fastai|skorch|pytorch_tabnet|gensim|talos|self|cls)\b/;

/**
 * A fit of a model that comes from out of view, by what it is asked for: `model.fit(x, epochs=5, validation_data=d)` of a parameter, of a package's own
 * models. Null where nothing imports Keras, or where the project says what is called.
 */
function fitOfKeras(call: NamedCall, project: Project): string | null {
  const { callee, module, name, keywords } = call;
  const method = memberOf(callee);
  if (!method || !kerasFit.test(method.name)) return null;
  if (name !== null && (noKeras.test(name) || fits.some((one) => one.name.test(name)) || !name.includes('.'))) return null;
  if (name !== null && (project.functionOf(name) || project.classOf(name.slice(0, name.lastIndexOf('.'))))) return null;
  const last = method.name;
  const asked = [...keywords.keys()];
  const isAsked =
    /^(fit_generator|train_on_batch)$/.test(last) || ((keywords.has('epochs') || keywords.has('nb_epoch')) && asked.some((one) => kerasKeywords.test(one)));
  return isAsked && importsKeras(module, project) ? `keras.Model.${last}` : null;
}

const keras = /^(tensorflow|keras|tf_keras|keras_core)$/;
const importsKeras = onceOf((module: PyModule, project: Project): boolean =>
  [...importedWith(module, project)].some(({ imported }) => [...imported].some((dotted) => keras.test(dotted.split('.')[0] as string))),
);

const applies = /\b(apply_gradients|assign_sub|apply_updates)\b|optim\w*\.(apply|update)\b|\.minimize\(/i;

/** Whether gradients of a tape move weights, in its file or where its function is called: those of a saliency map do not. */
const isApplied = ({ within, module }: NamedCall, project: Project): boolean =>
  applies.test(module.code.text) || (within !== null && project.callersOf(within).some((call) => applies.test(call.module.code.text)));

/** `train_step` of a model of Keras: its `fit` runs it, and records what it gives back. */
const isStepOfKeras = ({ within, module }: NamedCall, project: Project): boolean =>
  within?.name === 'train_step' &&
  within.owner !== null &&
  within.owner.bases.some((base) => /^(tensorflow\.keras|keras|tf_keras)(\.\w+)*\.(Model|Sequential)$/.test(project.nameOf(base, module) ?? ''));

const ofOptimiser = /^tensorflow(\.compat\.v\d)?(\.keras|\.contrib)?\.(optimizers|train|opt)(\.\w+)*\.minimize$/;
const improves = /\.(minimize|apply_gradients)$/;
const stepName = /\b(train(ing)?_?(op|step)s?|\w*optimi[sz]er?s?|\w*solver|\w*_train|apply_grad\w*|update_op)\b/;

/** TensorFlow without a tape: `sess.run(train_op, feed_dict=…)` of an operation that minimises, `opt.minimize(loss, weights)` in a loop. */
function isSessionStep(call: NamedCall, project: Project): boolean {
  const { callee, module, args, name } = call;
  if (name !== null && ofOptimiser.test(name)) return call.loops.length > 0;
  const [first] = args;
  if (
    memberOf(callee)?.name !== 'run' ||
    !first ||
    !/^(tensorflow(\.compat\.v1)?(\.train)?\.\w*Session|\w*sess\w*|self\.\w*sess\w*)\b/.test(name ?? module.textOf(callee))
  )
    return false;
  if (!importsKeras(module, project)) return false;
  for (const [node, where] of flowOf(project).of(first, module).nodes)
    if (node.type === 'call' && improves.test(where.textOf(fieldOf(node, 'function') ?? node))) return true;
  return stepName.test(module.textOf(first));
}

const estimator = /^(sklearn|imblearn|xgboost|lightgbm|catboost)(\.\w+)+$/;

/**
 * `for name, model in models.items(): model.fit(X, y)`, `model = models[i]`, and a helper that is handed one estimator after the other: the fit of one of
 * them, where the name stands for many: of one without steps where there is one, else of the first. Null where none is an estimator.
 */
function fitOfMany(call: NamedCall, project: Project): string | null {
  const { callee, module } = call;
  const method = memberOf(callee);
  if (method?.name !== 'fit' || method.object.type !== 'identifier') return null;
  const { object } = method;
  const values = module
    .scopeOf(object)
    .lookup(module.textOf(object))
    .flatMap((binding): readonly Syntax[] => {
      if (binding.kind === 'each') return heldIn(binding.value, module);
      // `model = models[name]`: one of those that the list or the dictionary holds.
      if (binding.kind === 'assign' && binding.value?.type === 'subscript') return heldIn(fieldOf(binding.value, 'value') ?? binding.value, module);
      const fn = binding.kind === 'parameter' ? module.functionAround(binding.node) : undefined;
      return fn ? project.callersOf(fn).flatMap((caller) => (caller.module === module ? (argumentOf(caller, fn, module.textOf(object)) ?? []) : [])) : [];
    });
  const names = values.slice(0, mostMany).flatMap((value) => {
    const name = project.nameOf(value, module);
    return name !== null && estimator.test(name) ? [name] : [];
  });
  const single = names.find((name) => /^(sklearn|imblearn)\b/.test(name));
  // CatBoost keeps a record of its own: one of the others speaks for all.
  const first = single ?? names.find((name) => !name.startsWith('catboost.')) ?? names[0];
  return first === undefined ? null : `${first}.fit`;
}

const agents = /^(stable_baselines3?|sb3_contrib)$/;

/** `get_algorithm(TD3)("MlpPolicy", env).learn(total_timesteps=…)`: an agent that another package makes of Stable-Baselines3. */
function fitOfAgent({ callee, keywords, name, module }: NamedCall, project: Project): string | null {
  const method = memberOf(callee);
  if (method?.name !== 'learn' || !keywords.has('total_timesteps') || (name !== null && fits.some((one) => one.name.test(name)))) return null;
  if (![...module.imported].some((dotted) => agents.test(dotted.split('.')[0] as string))) return null;
  for (const [node, within] of flowOf(project).of(method.object, module).nodes) {
    const first = node.type === 'call' ? fieldOf(node, 'arguments')?.children[0] : undefined;
    if (first?.type === 'string' && /Policy.$/.test(within.textOf(first))) return 'stable_baselines3.BaseAlgorithm.learn';
  }
  return null;
}

const lightningTrainer = /^(pytorch_)?lightning(\.pytorch)?(\.trainer(\.trainer)?)?\.Trainer$/;

/** `held["trainer"].fit(held["model"], held["data"])` where the module puts a Trainer of Lightning into `held["trainer"]`. */
function fitOfHeld({ callee, module }: NamedCall, project: Project): string | null {
  const method = memberOf(callee);
  const key = method?.object.type === 'subscript' ? fieldOf(method.object, 'subscript') : null;
  if (method?.name !== 'fit' || key?.type !== 'string') return null;
  for (const node of nodesOf(module.root, 'assignment')) {
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const put = left?.type === 'subscript' ? fieldOf(left, 'subscript') : null;
    const name = put && right && module.textOf(put) === module.textOf(key) ? project.nameOf(right, module) : null;
    if (name !== null && lightningTrainer.test(name)) return `${name}.fit`;
  }
  return null;
}

/** Methods that train, whatever holds them. */
const fitting = /^(fit|train|learn|fit_one_cycle|fine_tune|search)$/;

/** `model.learn(…)` where branches or a table choose which class `model` is of: the fit of the first, where all that train are of one library. */
function fitOfChosen({ callee, module }: NamedCall, project: Project): string | null {
  const method = memberOf(callee);
  if (!method || !fitting.test(method.name)) return null;
  const named = chosenNames(method.object, module, project).map((name) => `${name}.${method.name}`);
  const known = named.flatMap((name) => {
    const fit = fits.find((one) => one.name.test(name));
    return fit && !noModel.test(name) ? [{ name, fit }] : [];
  });
  const [first] = known;
  return first && known.every(({ fit }) => fit.framework === first.fit.framework) ? first.name : null;
}

/** `@eqx.filter_value_and_grad`, `@partial(jax.value_and_grad, has_aux=True)` above a loss. */
function isGradient({ children: [written] }: Syntax, module: PyModule, project: Project): boolean {
  const callee = written?.type === 'call' ? fieldOf(written, 'function') : written;
  const name = callee ? (project.nameOf(callee, module) ?? '') : '';
  if (jaxGradients.test(name)) return true;
  const [first] = /^(functools\.)?partial$/.test(name) && written ? (fieldOf(written, 'arguments')?.children ?? []) : [];
  return first !== undefined && jaxGradients.test(project.nameOf(first, module) ?? '');
}

/** Where a step is asked for: `loss_scaler(loss, optimizer)` of an object whose class calls `backward`. */
function stepsBy(call: NamedCall, project: Project): readonly NamedCall[] {
  const { within, loops } = call;
  if (!within?.owner || loops.length > 0 || !stepping.test(within.name)) return [call];
  const asked = project.callsTo(within).filter(({ args, module }) => args[0] !== undefined && /loss|err|cost/i.test(module.textOf(args[0])));
  return asked.length > 0 ? asked : [call];
}

const stepping = /^(__call__|backward\w*|step|optimi[sz]e\w*|update)$/;

/** Whether something else in the project calls `backward` of its own objects, so that this method is only on the way. */
const isHandingOn = (fn: PyFunction, project: Project): boolean =>
  project.calls.some(
    ({ callee, within, module }) => within?.name !== 'backward' && callee.type === 'attribute' && /\.backward$/.test(module.textOf(callee)) && within !== fn,
  );

/** A gradient that a step is taken along: of a sampler or a solver it is none. */
const isUpdated = ({ code: { text } }: PyModule): boolean =>
  /\b(optax|apply_gradients|opt_update|optimizers?|Optimizer|TrainState|train_step|learning_rate|lr|sgd|update_params)\b/.test(text) ||
  /-\s*[\w.]+\s*\*\s*\w*(grads?|g|dw|db)\b/.test(text);

/** What takes a step along a gradient: an optimiser of any library, or the update written out. A diagonal that is added to is neither. */
const isImproving = ({ name, callee, node, module }: NamedCall): boolean => {
  if (/^torch\.optim\.\w+$|\b[Oo]ptim\w*$/.test(name ?? '')) return true;
  const last = memberOf(callee)?.name ?? '';
  return /^(step|backward_and_step)$/.test(last) || (/^(add|sub|copy)_$/.test(last) && alongGradient.test(module.textOf(node)));
};

const alongGradient = /grad|\.data\b|param|weight|\b(lr|learning_rate|alpha|eta|step_size|momentum|velocity|update|d_?p|p|w|b|W)\b/i;

function placed(call: NamedCall): Pick<Training, 'module' | 'within' | 'call' | 'stepLoop' | 'outerLoop'> {
  const loops = call.loops.filter(({ type }) => type === 'for_statement' || type === 'while_statement');
  return { module: call.module, within: call.within, call, stepLoop: loops[0] ?? null, outerLoop: loops.at(-1) ?? null };
}

/** A Lightning module and an Accelerate script call backward too. */
function loopFramework(call: NamedCall, project: Project): Framework {
  const name = call.name ?? '';
  if (/^accelerate\b/.test(name)) return 'accelerate';
  if (call.within?.owner?.bases.some((base) => /LightningModule$/.test(project.nameOf(base, call.module) ?? ''))) return 'lightning';
  return 'pytorch';
}
