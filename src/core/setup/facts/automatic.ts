// What a framework records by itself: default loggers, callbacks handed to a fit, autologging.

import type { NamedCall, Project } from '../project/project';
import { PyCall } from '../python/module';
import { constantOf } from '../python/resolve';
import { type Syntax, walk } from '../python/syntax';
import { onceOf } from '../steps';
import { chosenNames } from './chosen';
import { flowOf } from './flow';
import { foreignRunOf } from './foreign-runs';
import { programOf } from './programs';
import type { Framework, Training } from './training';

export type Answer = 'yes' | 'no' | 'unknown';

export interface Automatic {
  /** Values of the training by step, the same on held-out data where it is scored, settings, the learning rate, the norm of the gradient. */
  readonly metrics: Answer;
  readonly params: Answer;
  readonly rate: Answer;
  readonly gradients: Answer;
  /** Names of calls handed to the training: callbacks, loggers, its own constructor. */
  readonly handed: readonly string[];
}

const callback =
  /(^|\.)(CSVLogger|Tensor[Bb]oard\w*|VisdomLogger|Polyaxon\w*|Wandb(?!ModelCheckpoint)\w*|WandB\w*|MLflow\w*|MLFlow\w*|Mlflow\w*|Neptune\w*|Comet\w*|ClearML\w*|Aim\w+|SwanLab\w*|Trackio\w*|DVCLive\w*|DvcLive\w*|wandb_callback|NeptuneCallback|JSONLogger|HistoryLogger)$/;
/** Whether a call makes a logger or a callback that logs. */
export const isLogger = (name: string): boolean => callback.test(name);
const keepsParams =
  /(^|\.)(Wandb(?!ModelCheckpoint|MetricsLogger|EvalCallback)\w*Callback|WandbCallback|wandb_callback|Mlflow\w*Callback|MLflow\w*Callback|NeptuneCallback|Neptune\w*Callback|Comet\w*Callback)$/;
/** W&B's callback for Keras writes no settings, as those for other libraries do. */
const isForKeras = (name: string, { framework }: Training): boolean => framework === 'keras' && /(^|\.)WandbCallback$/.test(name);
/** Keras' own and W&B's callbacks that write the optimiser's rate, a schedule's too. */
const keepsRate = /(^|\.)(TensorBoard|WandbMetricsLogger|WandbCallback|LearningRateMonitor|LRLogger|LearningRateLogger|LRSchedulerCallback)$/;

/** What a training leaves behind without a call of the project's own. */
export function automaticOf(training: Training, project: Project): Automatic {
  const handed = handedTo(training.call, project);
  const known = byFramework(training, handed, project);
  // Another package runs it and is given the model or its history back: it may keep them.
  const outside = known.metrics === 'no' && foreignRunOf(training, project) !== null;
  return { ...known, ...(outside ? { metrics: 'unknown', params: 'unknown' } : {}), handed: handed.map(({ name }) => name as string) };
}

function byFramework(training: Training, handed: readonly NamedCall[], project: Project): Omit<Automatic, 'handed'> {
  const program = programOf(training.module, project);
  const calls = project.callsOf(program);
  const names = [...handed.map(({ name }) => name as string), ...classesOf(handed, project)];
  const autologged = calls.some((call) => isAutolog(call) && !isDisabled(call) && runsBefore(call, training) && covers(call.name as string, training));
  const called = names.some((name) => callback.test(name)) ? 'yes' : 'no';
  const base: Omit<Automatic, 'handed'> = {
    metrics: autologged ? 'yes' : called,
    params: autologged || names.some((name) => keepsParams.test(name) && !isForKeras(name, training)) ? 'yes' : 'no',
    rate: names.some((name) => keepsRate.test(name)) ? 'yes' : 'no',
    gradients: 'no',
  };
  if (calls.some(({ name }) => name !== null && /^comet_ml\.(Experiment|start)$|^comet_ml\.config\.get_global_experiment$/.test(name)))
    return { ...base, metrics: base.metrics === 'yes' ? 'yes' : 'unknown', params: 'yes' };
  if (clearmlRecords.has(training.framework) && calls.some(isClearmlOpen)) return { ...base, metrics: 'yes' };
  const attached = attachedTo(calls, project);
  if (attached && base.metrics === 'no') return { ...base, ...attached };
  switch (training.framework) {
    case 'lightning':
      return {
        ...base,
        metrics: loggerOff(handed) ? base.metrics : 'yes',
        // A module that is not in view may well save its own.
        params: base.params === 'no' && !holdsModule(program) ? 'unknown' : base.params,
        rate: names.some((name) => /LearningRateMonitor$/.test(name)) ? 'yes' : 'no',
      };
    case 'huggingface':
      // Its arguments lie in each checkpoint too (`training_args.bin`).
      return { metrics: 'yes', params: reportsNowhere(handed) && savesNothing(handed) ? 'no' : 'yes', rate: 'yes', gradients: 'yes' };
    case 'ultralytics':
      return { metrics: 'yes', params: 'yes', rate: 'yes', gradients: 'no' };
    case 'sb3':
      return { ...base, metrics: handed.some(logsAgent) || calls.some(setsAgentLogger) ? 'yes' : base.metrics, rate: 'yes' };
    case 'catboost':
      // It writes catboost_info/ unless told not to.
      return { ...base, metrics: base.metrics === 'yes' ? 'yes' : handed.some(({ keywords }) => keywords.has('allow_writing_files')) ? 'no' : 'unknown' };
    case 'mmengine':
      // The Runner writes its settings and scalars with the rate and the norm; mmcv's where the settings name a hook that logs.
      return isOldRunner(training) && ![...program].some(({ code }) => /LoggerHook/.test(code.text))
        ? { ...base, metrics: base.metrics === 'yes' ? 'yes' : 'unknown', params: 'unknown', rate: 'unknown', gradients: 'unknown' }
        : { metrics: 'yes', params: isOldRunner(training) ? 'unknown' : 'yes', rate: 'yes', gradients: 'yes' };
    case 'keras':
      // A tuner keeps every trial's settings and scores in its folder.
      return isTuner(training) ? { ...base, metrics: 'yes', params: 'yes' } : base;
    case 'library': {
      const { library, call } = training;
      const stores = library?.storing !== undefined && [...call.keywords.keys()].some((one) => library.storing?.test(one));
      const metrics = stores || base.metrics === 'yes' ? 'yes' : (library?.metrics ?? 'unknown');
      const keeps = library?.keeping !== undefined && handed.some(({ keywords }) => [...keywords.keys()].some((one) => library.keeping?.test(one)));
      return { metrics, params: keeps || base.params === 'yes' ? 'yes' : (library?.params ?? 'unknown'), rate: 'unknown', gradients: 'unknown' };
    }
    case 'tensorflow':
      // It writes the loss and what is scored as events into its folder.
      return isEstimator(training) ? { ...base, metrics: 'yes' } : base;
    case 'sbert':
      // Its evaluator writes a table of scores into the folder of the model.
      return { ...base, metrics: training.call.keywords.has('evaluator') && training.call.keywords.has('output_path') ? 'yes' : base.metrics };
    case 'fastai':
    case 'xgboost':
    case 'lightgbm':
    case 'sklearn':
    case 'ray':
    case 'pytorch':
    case 'accelerate':
    case 'jax':
      return base;
    default:
      return training.framework satisfies never;
  }
}

/** Whether what an agent of Stable-Baselines3 is made with makes it write down its episodes. */
function logsAgent(call: NamedCall): boolean {
  const { keywords, module } = call;
  const [name, folder] = [call.name ?? '', keywords.get('tensorboard_log')];
  return (
    (folder !== undefined && module.textOf(folder) !== 'None') ||
    keywords.has('monitor_dir') ||
    (/\.EvalCallback$/.test(name) && keywords.has('log_path')) ||
    /\.(WandbCallback|configure)$/.test(name) ||
    isMonitorWithFile(call)
  );
}

/** The same, of a call beside the agent's making. */
const setsAgentLogger = (call: NamedCall): boolean =>
  /stable_baselines3\.common\.logger\.configure$/.test(call.name ?? '') || isMonitorWithFile(call) || /\.set_logger$/.test(call.module.textOf(call.callee));

/** `Monitor(env, "logs")` writes every episode into a table; without a name it only counts. */
function isMonitorWithFile({ name, args, keywords, module }: NamedCall): boolean {
  const file = keywords.get('filename') ?? args[1];
  return /\.Monitor$/.test(name ?? '') && file !== undefined && module.textOf(file) !== 'None';
}

const holdsModule = (program: ReadonlySet<NamedCall['module']>): boolean =>
  [...program].some(({ functions }) => functions.some((fn) => fn.owner !== null && fn.name === 'training_step'));

/** Callbacks that are named and made later: `Learner(…, callback_fns=WandbCallback)`, `partial(WandbCallback, …)`. */
const classesOf = (handed: readonly NamedCall[], project: Project): readonly string[] =>
  handed.flatMap(({ keywords, module }) =>
    ['callback_fns', 'callbacks', 'cbs'].flatMap((keyword) => {
      const value = keywords.get(keyword);
      return value ? [...walk(value)].flatMap((node) => (node.type === 'identifier' ? (project.nameOf(node, module) ?? []) : [])) : [];
    }),
  );

/** Whether a training is handed fastai 1's callback of W&B, which keeps the best model unless told not to. */
export const isHandedSaver = (training: Training, project: Project): boolean =>
  classesOf(handedTo(training.call, project), project).some((name) => /^wandb\.fastai\.WandbCallback$/.test(name));

/** mmcv's runner, which came before mmengine's. */
export const isOldRunner = ({ call }: Training): boolean => /^mmcv\b/.test(call.name ?? '');
/** A search of KerasTuner. */
export const isTuner = ({ framework, call, module }: Training): boolean =>
  framework === 'keras' && /(^|\.)search$/.test(call.name ?? module.textOf(call.callee));

/** An Estimator of TensorFlow. */
export const isEstimator = ({ framework, kind }: Training): boolean => framework === 'tensorflow' && kind === 'fit';

/** What ClearML's task records of by itself, round by round. */
const clearmlRecords: ReadonlySet<Framework> = new Set(['xgboost', 'lightgbm', 'catboost', 'fastai']);
const isClearmlOpen = ({ name, keywords }: NamedCall): boolean => /^(clearml|trains)\.Task\.init$/.test(name ?? '') && !keywords.has('auto_connect_frameworks');

/** A helper of another package that sets a tracker up: `setup_tb_logging(…)`, `create_wandb_logger(…)`; accelerate's only opens the trackers. */
const setsUp =
  /^(setup|init|initiali[sz]e|create|build|make|get|start|configure)_(\w+_)?(tb|tensorboard|wandb|mlflow|clearml|neptune|comet|aim|swanlab|visdom|trackers?|(metrics?|experiment|summary)_(logger|writer)s?)(_\w+)?$/;
/** Loggers that are attached to an engine, which hands them its values at every event. */
const engineLogger = /^ignite(\.\w+)*\.(?!TQDM)\w+Logger$/;
const engineHelper = /^ignite(\.\w+)*\.setup_\w+_logging$/;
const engineRate = /^ignite(\.\w+)*\.(OptimizerParamsHandler|setup_\w+_logging)$|\.attach_opt_params_handler$/;

type Attached = Partial<Omit<Automatic, 'handed'>> | null;

/** What is recorded by what stands beside the trainings of a program and is attached to them. */
const attachedTo = onceOf((all: readonly NamedCall[], project: Project): Attached => {
  const calls = all.filter(({ name }) => name !== null);
  if (calls.some(({ name }) => engineLogger.test(name as string) || engineHelper.test(name as string)))
    return { metrics: 'yes', rate: calls.some(({ name }) => engineRate.test(name as string)) ? 'yes' : 'unknown' };
  // Ray Tune keeps what a trainable hands to the reporter that it is given.
  if (
    calls.some(({ name }) => /^ray\.tune\.(run|run_experiments|register_trainable|Tuner)$/.test(name as string)) &&
    all.some(({ module, callee }) => callee.type === 'identifier' && /^report(er)?$/.test(module.textOf(callee)))
  )
    return { metrics: 'unknown', params: 'yes' };
  const outside = calls.some(
    ({ name }) => setsUp.test((name as string).split('.').at(-1) ?? '') && !/^accelerate\./.test(name as string) && !project.functionOf(name as string),
  );
  return outside ? { metrics: 'unknown', params: 'unknown', rate: 'unknown', gradients: 'unknown' } : null;
});

/** Calls that the training's own object and arguments are made from. */
function handedTo(call: NamedCall, project: Project): readonly NamedCall[] {
  return [...flowOf(project).of(call.node, call.module).nodes].flatMap(([node, module]): readonly NamedCall[] => {
    const found = project.callAt(node, module);
    if (!found || found.name !== null) return found ? [found as NamedCall] : [];
    // `ALGO(…)` where branches or a table say which class that is.
    const [first] = found.callee.type === 'identifier' || found.callee.type === 'subscript' ? chosenNames(found.callee, module, project) : [];
    if (first === undefined) return [];
    const named = new PyCall(module, found.row, found.within);
    named.name = first;
    return [named as NamedCall];
  });
}

/** The calls that a training is set up by: `Trainer(…)`, `TrainingArguments(…)`, callbacks. */
export const setupCalls = (training: Training, project: Project): readonly NamedCall[] => handedTo(training.call, project);

const loggerOff = (handed: readonly NamedCall[]): boolean =>
  handed.some(
    ({ name, keywords, module }) =>
      /\bTrainer(\.fit)?$/.test(name ?? '') && keywords.has('logger') && /^(False|None|\[\])$/.test(module.textOf(keywords.get('logger') as Syntax)),
  );

const savesNothing = (handed: readonly NamedCall[]): boolean =>
  handed.some(({ keywords, module }) => {
    const value = keywords.get('save_strategy');
    return value !== undefined && constantOf(value, module) === 'no';
  });

const reportsNowhere = (handed: readonly NamedCall[]): boolean =>
  handed.some(({ keywords, module }) => {
    const value = keywords.get('report_to');
    const text = value ? constantOf(value, module) : undefined;
    return text === 'none' || (Array.isArray(text) && (text.length === 0 || text[0] === 'none'));
  });

export const isAutolog = ({ name }: NamedCall): boolean => name !== null && /^mlflow(\.\w+)?\.autolog$/.test(name);

export const isDisabled = ({ keywords, module }: NamedCall): boolean => {
  const value = keywords.get('disable');
  return value !== undefined && module.textOf(value) !== 'False';
};

/** Whether a call surely comes after a training: later in the same function, and no loop holds both. */
export function runsBefore(call: NamedCall, training: Training): boolean {
  if (call.module !== training.module || call.within !== training.within) return true;
  if (call.loops.some((loop) => loop.from <= training.call.node.from && training.call.node.to <= loop.to)) return true;
  return call.node.from < training.call.node.from;
}

const generic: ReadonlySet<Framework> = new Set(['lightning', 'huggingface', 'keras', 'sklearn', 'xgboost', 'lightgbm', 'fastai']);

/** Whether MLflow's autologging of that name records a training. */
export function covers(name: string, { framework, kind }: Training): boolean {
  const library = /^mlflow\.(\w+)\.autolog$/.exec(name)?.[1] ?? null;
  // `train_on_batch`, `partial_fit` and loops by hand call nothing that it patches.
  if (kind === 'loop' && framework !== 'lightning') return false;
  switch (library) {
    case null:
      return generic.has(framework);
    case 'pytorch':
      return framework === 'lightning';
    case 'tensorflow':
    case 'keras':
      return framework === 'keras' || framework === 'tensorflow';
    case 'transformers':
      return framework === 'huggingface';
    default:
      return library === framework;
  }
}
