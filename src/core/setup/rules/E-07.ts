// Trainings that are not watched on held-out data while they run, or whose held-out values are not stored.

import { isEstimator, isOldRunner, setupCalls } from '../facts/automatic';
import { engineOf } from '../facts/engines';
import { type Evaluation, evaluationsDuring, evaluationsOf } from '../facts/evaluation';
import { flowOf, isWithin } from '../facts/flow';
import { isRepeated, loopsOf } from '../facts/loops';
import { runnerOf } from '../facts/randomness';
import { recipesOf } from '../facts/recipes';
import { comesFrom, isDuring, isIterative, isStored, type Records, recordsOf } from '../facts/records';
import { splitOf, splitOfExpression } from '../facts/splits';
import { labelsOf, type Store, sourcesOf, writerOf } from '../facts/stored';
import type { Training } from '../facts/training';
import type { TextEdit } from '../finding';
import type { Project } from '../project/project';
import type { PyClass } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { Found, NodePlace, SetupRule } from '../rule';
import { keywordAdded, metricLine, trackerOf } from '../write';

export const rule: SetupRule = {
  meta: {
    id: 'E-07',
    title: 'The training is watched on held-out data',
    severity: 'critical',
    why: 'The training loss alone falls whether the model learns or memorises: overfitting cannot be seen.',
    impliedBy: ['E-01'],
    source: 'own reading of published training code',
  },
  *check(context) {
    const { project, trainings } = context;
    const unwatched = trainings.length > 0 ? [] : recipesOf(project).filter((one) => one.unwatched);
    if (unwatched.length > 0)
      yield {
        kind: 'finding',
        confidence: 0.75,
        places: unwatched.map(({ place }) => ({ place })),
        summary: 'The settings hold nothing out to score while the model trains.',
        fix: { text: 'Hold a part of the rows out.', code: null, edits: [] },
      };
    const evaluations = yield* evaluationsOf.steps(trainings, project);
    const told = new Set<Syntax>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training } = records;
      if (!isIterative(training, project) || !isStored(records) || isGenerative(records)) continue;
      const found = checkOf(records, evaluations, project);
      if (!found) continue;
      const node = found.kind === 'finding' ? found.places[0]?.node : undefined;
      if (node && told.has(node)) continue;
      if (node) told.add(node);
      yield found;
      // One loop of a file says it for its neighbours.
      if (training.kind === 'loop')
        for (const other of trainings) if (other.module === training.module) told.add(loopsOf(other, project).epoch?.node.children[0] ?? other.call.node);
    }
  },
};

/** Loops of GANs, diffusion and reinforcement learning have no validation loop by custom. */
function isGenerative({ training, program }: Records): boolean {
  if (training.kind !== 'loop') return false;
  return [...program].some(
    ({ code, classes, functions }) =>
      /^\s*(import|from)\s+(gym|gymnasium|pettingzoo|dm_control|dm_env|procgen|brax|minigrid)\b/m.test(code.text) ||
      [...classes, ...functions].some(({ name }) => /discriminator|^(net)?[DG]$|generator$|critic|replay|diffusion|ddpm|q_?network|agent$/i.test(name)) ||
      /\b(discriminator|net[DG]|optimizer[DG]|opt_?[dg]|noise_scheduler|replay_buffer|add_noise)\b/i.test(code.text) ||
      /\blatent_dim\b.*\n[\s\S]*\bfake\b/.test(code.text),
  );
}

function checkOf(records: Records, evaluations: readonly Evaluation[], project: Project): Found | null {
  switch (records.training.framework) {
    case 'keras':
      return records.training.kind === 'loop' ? inLoop(records, evaluations, project) : inKeras(records, evaluations);
    case 'huggingface':
      return inTrainer(records, project);
    case 'lightning':
      return inLightning(records, project);
    case 'xgboost':
      return inBooster(records, /\.(train|cv)$/.test(records.training.call.name ?? '') ? 'evals' : 'eval_set', project);
    case 'lightgbm':
      return inBooster(records, /\.(train|cv)$/.test(records.training.call.name ?? '') ? 'valid_sets' : 'eval_set', project);
    case 'catboost':
      return inBooster(records, 'eval_set', project);
    case 'sb3':
      return inAgent(records, evaluations);
    case 'ultralytics': {
      const value = records.training.call.keywords.get('val');
      return value && constantOf(value, records.training.module) === false
        ? missing(records.training, 'Validation is switched off.', 'model.train(..., val=True)')
        : null;
    }
    case 'sbert':
      return records.training.call.keywords.has('evaluator') || records.training.call.splat
        ? null
        : missing(records.training, 'fit() gets no evaluator.', 'model.fit(..., evaluator=evaluator, evaluation_steps=500, output_path="out")');
    case 'mmengine':
      return inRunner(records, project);
    case 'library':
      return records.training.kind === 'loop' ? inLoop(records, evaluations, project) : inLibrary(records);
    case 'fastai':
    case 'ray':
      return null;
    case 'tensorflow':
      return isEstimator(records.training) ? inEstimator(records, project) : inLoop(records, evaluations, project);
    default:
      return inLoop(records, evaluations, project);
  }
}

function missing(training: Training, summary: string, code: string, edits: readonly TextEdit[] = [], place?: NodePlace, confidence = 0.88): Found {
  return {
    kind: 'finding',
    confidence,
    places: [place ?? { module: training.module, node: training.call.node }],
    summary,
    fix: { text: 'Score held-out data in every epoch and store the result.', code, edits },
  };
}

function inLoop(records: Records, evaluations: readonly Evaluation[], project: Project): Found | null {
  const { training, metrics, automatic } = records;
  if (automatic.metrics !== 'no') return null;
  const during = evaluationsDuring(training, evaluations, project);
  const { epoch: loop, all } = loopsOf(training, project);
  const run = loop ? undefined : engineOf(training, project)?.run;
  const epoch = loop ?? (run && { module: run.module, node: run.node });
  if (!epoch) return null;
  // Between the parts of a stream of data, each trained for a few epochs.
  const outer = all.slice(loop ? all.indexOf(loop) + 1 : 0).filter((one) => !isRepeated(one));
  if (
    during.length === 0 &&
    outer.some(({ module, node }) => evaluations.some((one) => one.calls.some((call) => call.module === module && isWithin(call.node, node))))
  )
    return null;
  const head = { module: epoch.module, node: run ? run.node : (epoch.node.children[0] ?? epoch.node) };
  const line = metricLine(trackerOf(records), 'val/loss', 'val_loss');
  if (during.length === 0) {
    // A method of something that is not in view may evaluate under any name.
    const named = [...walk(epoch.node)].some(
      (node) => node.type === 'identifier' && ['validation', 'test'].includes(splitOf(epoch.module.textOf(node)) ?? '') && !asksForNothing(node),
    );
    const hint =
      named ||
      /\b\w*(val|valid|eval|test|dev|heldout|holdout)\w*\s*\(/i.test(epoch.module.textOf(epoch.node).replaceAll(noHint, '')) ||
      metrics.some((store) => isHeldOut(store, project) && isDuring(store, training, project));
    return hint ? null : missing(training, 'Nothing held out is scored while the model trains.', `val_loss = evaluate(model, val_loader)\n${line}`, [], head);
  }
  // What is named after the test data and written when the training is over says nothing of its course.
  const course = metrics.filter((store) => isDuring(store, training, project) || !isOfTest(store, project));
  if (metrics.some(({ via }) => /^unknown/.test(via)) || course.some((store) => isHeldOut(store, project))) return null;
  const sure = during.filter((one) => one.splits.some((split) => split === 'validation' || split === 'test'));
  const [first] = sure;
  if (!first) return null;
  const stored = during.some((one) =>
    course.some(
      (store) =>
        comesFrom(store, one.node, one.module, project) ||
        (store.module === one.module && isWithin(store.node, one.node)) ||
        one.calls.some((call) => comesFrom(store, call.node, call.module, project)),
    ),
  );
  if (stored) return null;
  const call = first.calls.find((one) => one.module === epoch.module && isWithin(one.node, epoch.node)) ?? first.calls[0];
  return missing(
    training,
    'Held-out data is scored while the model trains, and the result is stored nowhere.',
    line,
    [],
    call ? { module: call.module, node: call.node } : { module: first.module, node: first.node.children[0] ?? first.node },
    0.85,
  );
}

/** Comments, and words that only sound like held-out data: `jax.value_and_grad(`, `device_put(`, `metrics.values()`. */
const noHint = /#.*$|\w*(value|device|interval|retriev|latest)\w*/gim;

/** `if step % args.eval_steps == 0: pass`: the condition of what does nothing. */
function asksForNothing(node: Syntax): boolean {
  let at: Syntax | null = node;
  while (at && at.field !== 'condition' && !/_statement$|^block$/.test(at.type)) at = at.parent;
  const body = at?.field === 'condition' && at.parent?.type === 'if_statement' ? fieldOf(at.parent, 'consequence') : null;
  return body?.children.every(({ type }) => /^(pass_statement|comment)$/.test(type)) ?? false;
}

/** Its names, what writes it or the values themselves say that it holds values of held-out data. */
function isHeldOut(store: Store, project: Project): boolean {
  const splits = [...labelsOf(store, project), writerOf(store)].map(splitOf);
  return [...splits, ...store.values.map((value) => splitOfExpression(value, store.module))].some((split) => split === 'validation' || split === 'test');
}

/** Every name that it is written under speaks of test data. */
const isOfTest = (store: Store, project: Project): boolean =>
  store.complete && store.kind === 'metrics' && labelsOf(store, project).every((label) => splitOf(label) === 'test');

/** A Runner of MMEngine whose settings are written out; one of mmcv whose workflow only trains. */
function inRunner({ training, program }: Records, project: Project): Found | null {
  if (isOldRunner(training)) {
    const [, flow] = training.call.args;
    const workflow = flow ? constantOf(flow, training.module) : null;
    const hooked = [...program].some(({ code }) => /EvalHook|register_hook\(/.test(code.text));
    return Array.isArray(workflow) && !hooked && workflow.every((part) => Array.isArray(part) && part[0] === 'train')
      ? missing(training, 'The workflow only trains.', 'runner.run([train_loader, val_loader], [("train", 1), ("val", 1)])')
      : null;
  }
  const runner = runnerOf(training, project);
  if (!runner || runner.splat || runner.args.length > 0 || runner.keywords.has('cfg') || !runner.keywords.has('train_dataloader')) return null;
  const given = runner.keywords.get('val_dataloader');
  return given && runner.module.textOf(given) !== 'None'
    ? null
    : missing(
        training,
        'The Runner gets no val_dataloader.',
        'Runner(..., val_dataloader=val_dataloader, val_cfg=dict(), val_evaluator=dict(type=Accuracy))',
        [],
        {
          module: runner.module,
          node: runner.node,
        },
      );
}

function inKeras({ training }: Records, evaluations: readonly Evaluation[]): Found | null {
  const { keywords, args, splat, module } = training.call;
  if (splat || args.length >= 7) return null;
  const given = keywords.get('validation_data') ?? keywords.get('validation_split');
  if (given && module.textOf(given) !== 'None' && constantOf(given, module) !== 0) return null;
  // A callback of the project may score by itself.
  if (evaluations.some((one) => (one.fn?.owner?.bases ?? []).some((base) => /Callback/.test(one.module.textOf(base))))) return null;
  if (isOtherWay(training, evaluations)) return null;
  return missing(training, 'fit() gets no validation data.', 'model.fit(..., validation_data=(x_val, y_val))');
}

/** `if share > 0: model.fit(x, y, validation_data=held_out) else: model.fit(x, y)`: the choice of who runs it. */
function isOtherWay({ call, module }: Training, evaluations: readonly Evaluation[]): boolean {
  for (let at = call.node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    const choice = at.type === 'if_statement' ? at : null;
    if (choice && evaluations.some((one) => one.kind === 'argument' && one.module === module && isWithin(one.node, choice))) return true;
  }
  return false;
}

/** The name of what calls are made of, and the keywords that switch evaluation on. */
function inTrainer({ training }: Records, project: Project): Found | null {
  const calls = setupCalls(training, project);
  const trainer = calls.find(({ name }) => /Trainer$/.test(name ?? ''));
  if (!trainer || trainer.splat || /GRPO|PPO|Online|RLOO/.test(trainer.name ?? '')) return null;
  const settings = calls.find(
    ({ name }) =>
      /^(transformers|trl|sentence_transformers|setfit)(\.\w+)*\.\w*(TrainingArguments|Config)$/.test(name ?? '') &&
      !/(Lora|Peft|BitsAndBytes|Generation|Auto)\w*Config$/.test(name ?? ''),
  );
  const data = trainer.keywords.get('eval_dataset') ?? trainer.keywords.get('evaluator');
  const hasData = data !== undefined && trainer.module.textOf(data) !== 'None';
  // By default nothing is scored while it trains.
  if (!settings && hasData && trainer.args.length === 0 && /^(transformers|setfit)\b/.test(trainer.name ?? '') && !trainer.keywords.has('args'))
    return missing(
      training,
      'The Trainer gets held-out data and no arguments that ask it to evaluate: by default it scores nothing while it trains.',
      'Trainer(..., args=TrainingArguments(eval_strategy="epoch"))',
    );
  if (!settings)
    return hasData || trainer.args.length > 2
      ? null
      : missing(training, 'The Trainer gets no eval_dataset.', 'Trainer(..., eval_dataset=val_set)', [], undefined, 0.7);
  if (settings.splat) return null;
  const given = ['eval_strategy', 'evaluation_strategy', 'evaluate_during_training', 'do_eval', 'eval_steps']
    .map((key) => settings.keywords.get(key))
    .find((one) => one !== undefined);
  const strategy = settings.keywords.get('eval_strategy') ?? settings.keywords.get('evaluation_strategy');
  const off = strategy ? constantOf(strategy, settings.module) === 'no' : given === undefined;
  if (!off && (hasData || trainer.args.length > 2)) return null;
  if (!off && strategy === undefined) return null;
  if (!off)
    return hasData
      ? null
      : missing(training, 'The Trainer gets no eval_dataset.', 'Trainer(..., eval_dataset=val_set)', [], { module: trainer.module, node: trainer.node }, 0.7);
  const edits = hasData && !strategy ? keywordAdded(settings.module, settings.node, 'eval_strategy="epoch"') : [];
  return missing(
    training,
    hasData
      ? 'The Trainer gets held-out data and never evaluates it while training: eval_strategy is "no" by default.'
      : 'The Trainer evaluates nothing while training: no eval_dataset, and eval_strategy is "no" by default.',
    'TrainingArguments(..., eval_strategy="epoch")\nTrainer(..., eval_dataset=val_set)',
    edits,
    { module: training.module, node: training.call.node },
  );
}

function inLightning({ training, program, stores }: Records, project: Project): Found | null {
  const models = [...program].flatMap((module) => module.classes.filter(({ dotted }) => project.functionOf(`${dotted}.training_step`)));
  if (models.length === 0) {
    // The module is not in view: what is handed to fit says it where that is one loader.
    const [, only, ...others] = training.call.args;
    const isLoader = only !== undefined && /^torch\.utils\.data(\.dataloader)?\.DataLoader$/.test(project.nameOf(only, training.module) ?? '');
    return isLoader && others.length === 0 && !training.call.splat && !['val_dataloaders', 'datamodule'].some((one) => training.call.keywords.has(one))
      ? missing(training, 'fit() gets no validation loader.', 'trainer.fit(model, train_loader, val_loader)', [], undefined, 0.75)
      : null;
  }
  // A base class of the project or of another package may hold the hook.
  const inherits = models.some(({ bases, module }) => bases.some((base) => !/LightningModule$/.test(project.nameOf(base, module) ?? '')));
  const hooks = models.flatMap(({ dotted }) => project.functionOf(`${dotted}.validation_step`) ?? []);
  if (hooks.length === 0)
    return inherits
      ? null
      : missing(
          training,
          'The LightningModule has no validation_step.',
          'def validation_step(self, batch, batch_idx):\n    x, y = batch\n    self.log("val/loss", self.loss(self(x), y))',
        );
  const { args, keywords, splat, module } = training.call;
  const loader = keywords.get('val_dataloaders') ?? keywords.get('datamodule') ?? args[2];
  const [, second] = args;
  const named = second ? (project.nameOf(second, module) ?? '') : '';
  const onlyTrain =
    !loader &&
    !splat &&
    (/^torch\.utils\.data(\.dataloader)?\.DataLoader$/.test(named) || keywords.has('train_dataloaders')) &&
    (second !== undefined || keywords.has('train_dataloaders'));
  if (onlyTrain && !models.some(({ dotted }) => project.functionOf(`${dotted}.val_dataloader`)) && !inherits)
    return missing(training, 'fit() gets no validation loader: validation_step never runs.', 'trainer.fit(model, train_loader, val_loader)');
  const logs = hooks.some((fn) => /\.log|log_metrics|add_scalar|metric|append|super\(\)|self\.\w+\(/.test(fn.module.textOf(fn.node)));
  const ends = stores.some(({ call }) => /validation|val/.test(call?.within?.name ?? ''));
  const [first] = hooks;
  if (logs || ends || !first || inherits) return null;
  return missing(training, 'validation_step logs nothing.', 'self.log("val/loss", loss)', [], {
    module: first.module,
    node: first.node.children[0] ?? first.node,
  });
}

function inBooster(records: Records, keyword: string, project: Project): Found | null {
  const { training, metrics, automatic } = records;
  const { call, module } = training;
  if (call.splat || /\.cv$/.test(call.name ?? '')) return null;
  const given = call.keywords.get(keyword) ?? call.keywords.get('eval_set') ?? call.keywords.get('evals');
  const text = given ? module.textOf(given) : '';
  const positional = /\.train$/.test(call.name ?? '') ? call.args[3] : undefined;
  if (!given && !positional) {
    // Scores of the finished model on held-out data are what most people ask of these.
    if (metrics.some((store) => isHeldOut(store, project)) || /\.fit$/.test(call.name ?? '')) return null;
    return missing(
      training,
      `${call.name?.split('.').at(-1)}() gets nothing held out: no ${keyword}.`,
      `${module.textOf(call.callee)}(..., ${keyword}=[...])`,
      [],
      undefined,
      0.75,
    );
  }
  if (automatic.metrics !== 'no' || text === 'None') return null;
  const results = call.keywords.get('evals_result');
  const held = results ? flowOf(project).variableOf(results, module) : [];
  const kept = metrics.some(
    (store) =>
      /^unknown/.test(store.via) ||
      (held.length > 0 && sourcesOf(store, project).some(({ variables }) => variables.has(held))) ||
      comesFrom(store, call.node, module, project) ||
      isDuring(store, training, project) ||
      /evals_result|best_score|get_evals/.test(labelsOf(store, project).join(' ')),
  );
  return kept
    ? null
    : missing(
        training,
        `The values on ${keyword} are stored nowhere.`,
        `evals_result = {}\n${module.textOf(call.callee)}(..., evals_result=evals_result)`,
        [],
        undefined,
        0.8,
      );
}

/** A trainer that scores held-out data only where it is told with what. */
function inLibrary({ training, program }: Records): Found | null {
  const { evaluating } = training.library ?? {};
  return !evaluating || [...program].some(({ code }) => evaluating.test(code.text))
    ? null
    : missing(
        training,
        'The trainer has nothing that scores held-out data while it trains.',
        'class Trainer(DefaultTrainer):\n    @classmethod\n    def build_evaluator(cls, cfg, name):\n        return COCOEvaluator(name, output_dir=cfg.OUTPUT_DIR)\ncfg.TEST.EVAL_PERIOD = 500',
      );
}

/** An Estimator scores where it is asked to: by `train_and_evaluate`, or between rounds of `train`. */
function inEstimator({ training, program }: Records, project: Project): Found | null {
  if (/train_and_evaluate$/.test(training.call.name ?? '')) return null;
  const isScored = project.callsOf(program).some(({ callee, module }) => callee.type === 'attribute' && /\.evaluate$/.test(module.textOf(callee)));
  if (isScored && (training.call.loops.length > 0 || training.within !== null)) return null;
  return missing(
    training,
    isScored ? 'The Estimator is scored only after its training.' : 'The Estimator is never scored on held-out data.',
    'tf.estimator.train_and_evaluate(estimator, train_spec, eval_spec)',
  );
}

function inAgent({ training, program, automatic }: Records, evaluations: readonly Evaluation[]): Found | null {
  const seen = [...program].some(({ code }) => /EvalCallback|evaluate_policy|eval_env/.test(code.text)) || automatic.handed.some((name) => /Eval/.test(name));
  const isCallback = ({ bases, module }: PyClass) => bases.some((base) => /Callback/.test(module.textOf(base)));
  const own =
    evaluations.some(({ fn }) => fn?.owner && isCallback(fn.owner)) ||
    // A callback that plays episodes by itself.
    [...program].some(({ classes }) => classes.some((one) => isCallback(one) && /\bmodel\.predict\(/.test(one.module.textOf(one.node))));
  const [callback] = [training.call.keywords.get('callback'), training.call.args[1]].filter((one) => one !== undefined);
  const hidden = callback !== undefined && !/Callback/.test(training.module.textOf(callback)) && !automatic.handed.some((name) => /Callback/.test(name));
  if (seen || own || hidden) return null;
  return missing(
    training,
    'No evaluation callback: only the noisy return of the training is seen.',
    'model.learn(steps, callback=EvalCallback(eval_env, eval_freq=10_000))',
  );
}
