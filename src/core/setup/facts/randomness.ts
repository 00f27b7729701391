// Which generators a training draws from, and whether its program seeds them.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import type { NodePlace } from '../rule';
import { isOldRunner, setupCalls } from './automatic';
import { type Draw, drawsOf } from './draws';
import { runsBefore } from './order';
import { programOf } from './programs';
import { type Generator, type Seeding, seedingsOf } from './seeds';
import type { Framework, Training } from './training';

/** The generator of a framework's first weights and of its shuffling; none where the library's default seed is fixed. */
const needs: Readonly<Record<Framework, Generator | null>> = {
  pytorch: 'torch',
  lightning: 'torch',
  accelerate: 'torch',
  fastai: 'torch',
  sb3: 'torch',
  sbert: 'torch',
  library: null,
  ray: 'torch',
  keras: 'tensorflow',
  tensorflow: 'tensorflow',
  jax: 'jax',
  sklearn: 'numpy',
  huggingface: null,
  ultralytics: null,
  xgboost: null,
  lightgbm: null,
  catboost: null,
  mmengine: 'torch',
};

export interface Randomness {
  readonly training: Training;
  readonly generator: Generator;
  /** Where the first of it is drawn: the model is made, the estimator constructed. */
  readonly place: NodePlace;
  /** What draws, in words. */
  readonly what: string;
  readonly seedings: readonly Seeding[];
}

/** Every training that draws random numbers, with what seeds its program. */
export function randomnessOf(project: Project, trainings: readonly Training[]): readonly Randomness[] {
  return trainings.flatMap((training): readonly Randomness[] => {
    const generator = isBoosting(training) ? 'numpy' : (needs[training.framework] ?? training.library?.generator ?? null);
    if (generator === null || (training.framework === 'mmengine' && !isUnseededRunner(training, project))) return [];
    const program = programOf(training.module, project);
    // An agent that another package makes is handed a seed as Stable-Baselines3's own are.
    const isSeeded = ({ name, keywords, args: [policy], module }: NamedCall) =>
      keywords.has('seed') && policy !== undefined && /Policy\b/.test(module.textOf(policy)) && !/^(stable_baselines3?|sb3_contrib)\b/.test(name ?? '');
    if (training.framework === 'sb3' && setupCalls(training, project).some(isSeeded)) return [];
    const { seed } = training.library ?? {};
    if (seed && ([...program].some(({ code }) => seed.test(code.text)) || [...project.settings.values()].some((text) => seed.test(text)))) return [];
    const seedings = seedingsOf(project).filter(({ call }) => program.has(call.module));
    if (drawsByComponents(training)) {
      const component = drawsOf(project).find(({ kind, call }) => kind === 'component' && program.has(call.module));
      if (!component) {
        const own = seedings.length > 0 ? undefined : drawBefore(training, program, project);
        return own ? [{ training, generator: own.generator, seedings, place: { module: own.call.module, node: own.call.node }, what: own.written }] : [];
      }
      return [{ training, generator, seedings, place: { module: component.call.module, node: component.call.node }, what: component.written }];
    }
    return [
      {
        training,
        generator,
        seedings,
        place: modelPlace(training, project),
        what: training.framework === 'sb3' ? 'the policy, its actions and the environment' : drawn[generator],
      },
    ];
  });
}

/** Whether what is random is drawn by estimators and what stands beside them, each with a `random_state` of its own. */
export const drawsByComponents = (training: Training): boolean => training.framework === 'sklearn' || isBoosting(training);

/** Its own default seed is fixed; what stands beside it (SMOTE, a forest, shuffled rows) may draw all the same. */
const isBoosting = ({ framework }: Training): boolean => /^(xgboost|lightgbm|catboost)$/.test(framework);

/** Numbers that the code draws itself before it trains: rows, labels, a seed for the estimator. What is drawn afterwards is for a plot. */
const drawBefore = (training: Training, program: ReadonlySet<PyModule>, project: Project): Draw | undefined =>
  drawsOf(project).find(
    ({ kind, generator, call }) =>
      kind === 'own' && (generator === 'numpy' || generator === 'python') && program.has(call.module) && runsBefore(call, training.call, project) === true,
  );

/** A Runner whose settings are all written where it is made, and no `randomness` among them: it draws a seed of its own. */
function isUnseededRunner(training: Training, project: Project): boolean {
  if (isOldRunner(training)) return true;
  const made = runnerOf(training, project);
  return made !== undefined && !made.splat && made.args.length === 0 && !made.keywords.has('cfg') && !made.keywords.has('randomness');
}

/** The call that makes the Runner of a training. */
export const runnerOf = (training: Training, project: Project): NamedCall | undefined =>
  setupCalls(training, project).find(({ name }) => /^mmengine(\.\w+)*\.\w*Runner$/.test(name ?? ''));

const drawn: Readonly<Record<Generator, string>> = {
  torch: 'the first weights, dropout and the order of the batches',
  tensorflow: 'the first weights, dropout and the order of the batches',
  jax: 'the keys',
  numpy: 'the estimator',
  python: 'the code',
};

/** Where the model is made: by its variable in `fit`, `learn` or `parameters()`; else where it is trained. */
function modelPlace(training: Training, project: Project): NodePlace {
  const { call, module } = training;
  const byParameters = project.callsIn(module).find((one) => one.callee.type === 'attribute' && /\.parameters$/.test(module.textOf(one.callee)));
  const trained = training.framework === 'lightning' && training.kind === 'fit' ? (call.args[0] ?? call.keywords.get('model') ?? null) : null;
  const handed = training.framework === 'library' ? call.args.find((one) => /^(model|net|network|policy)\w*$/.test(module.textOf(one))) : undefined;
  const object = trained ?? handed ?? (training.kind === 'loop' && byParameters ? fieldOf(byParameters.callee, 'object') : fieldOf(call.callee, 'object'));
  const at = training.kind === 'loop' && byParameters ? byParameters : call;
  const made = object?.type === 'identifier' ? madeAt(object, at) : null;
  return { module, node: made ?? call.node };
}

function madeAt(name: Syntax, { module }: NamedCall): Syntax | null {
  const [first] = module.scopeOf(name).lookup(module.textOf(name));
  return first?.kind === 'assign' && first.value ? first.node : null;
}
