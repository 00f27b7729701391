// One generator is seeded, another that is used is not.

import { type Draw, drawsOf } from '../facts/draws';
import { belowImports, importAbove, localName } from '../facts/imports';
import { isTry, runsBefore } from '../facts/order';
import { isApart, programOf } from '../facts/programs';
import { splitsOf } from '../facts/random-splits';
import { randomnessOf } from '../facts/randomness';
import { comesFrom } from '../facts/records';
import { type Generator, seedingsOf } from '../facts/seeds';
import { storesOf } from '../facts/stored';
import { modulesOf } from '../facts/training';
import { torchIsOlder, workersOf } from '../facts/workers';
import type { SetupFix, TextEdit } from '../finding';
import type { SetupContext, SetupRule } from '../rule';
import { gathered, onceOf } from '../steps';
import { linesAfter } from '../write';

const names: Readonly<Record<Generator, string>> = { python: 'random', numpy: 'NumPy', torch: 'torch', tensorflow: 'TensorFlow', jax: 'JAX' };

export const rule: SetupRule = {
  meta: {
    id: 'E-11',
    title: 'Every generator in use is seeded',
    severity: 'warn',
    why: 'A seed for one library does nothing for another: what the unseeded one draws differs in every run, although the code looks repeatable.',
    impliedBy: ['E-10'],
    source: 'dslinter W5508–W5512; Zhang et al., CAIN 2022, “Randomness uncontrolled”',
  },
  *check(context) {
    const { project, trainings, own } = context;
    if (own.length === 0) return;
    yield* storesOf.steps(project);
    yield* seedingsOf.steps(project);
    const whole = yield* gathered(trainings, (training) => implicit({ ...context, trainings: [training] }));
    yield* workersOf.steps(project);
    const draws = yield* gathered(yield* drawsOf.steps(project), (draw) => (isOpen(draw, context) ? [draw] : []));
    const splits = new Set((yield* splitsOf.steps(project)).map(({ call }) => call));
    const left = draws.filter(({ call }) => !splits.has(call));
    const places = [...left.map(({ call }) => ({ module: call.module, node: call.node })), ...whole.map(({ place }) => place)];
    const [draw] = left;
    const [training] = whole;
    if (!draw && !training) return;
    const generator = draw?.generator ?? (training as { readonly generator: Generator }).generator;
    yield {
      kind: 'finding',
      confidence: draw?.kind === 'own' || !draw ? 0.85 : 0.8,
      places,
      summary: !draw
        ? `The seeds set here do not reach ${names[generator]}, which draws ${training?.what}.`
        : draw.kind === 'entropy'
          ? `${draw.written}() is made without a seed: it draws other numbers in every run.`
          : draw.kind === 'component'
            ? `${draw.written} has no random_state, and nothing seeds NumPy, from which it draws.`
            : `${draw.written} draws from ${names[generator]}'s generator, which nothing seeds before.`,
      fix: fixOf(generator, draw ?? null, context),
    };
  },
};

/** Trainings whose own generator no seed reaches, while another is seeded. */
const implicit = ({ project, trainings }: SetupContext) =>
  randomnessOf(project, trainings).filter(
    ({ generator, seedings, training }) =>
      training.framework !== 'sklearn' &&
      generator !== 'jax' &&
      seedings.some(({ effect, generators }) => effect === 'seeded' && !generators.includes('jax')) &&
      !seedings.some(({ effect, generators }) => effect !== 'void' && generators.includes(generator)),
  );

/** Whether a draw is from a generator that nothing seeds before, where something else is seeded, and it can matter for what is trained. */
function isOpen(draw: Draw, { project, trainings }: SetupContext): boolean {
  const { call, generator, kind } = draw;
  const program = programOf(call.module, project);
  const own = trainings.filter(({ module }) => program.has(module));
  if (isTry(call) && own.every(({ module }) => module !== call.module)) return false;
  if (isApart(call.module, modulesOf(trainings), project)) return false;
  if (own.length === 0 || (own.every((one) => runsBefore(one.call, call, project) === true) && !isKept(draw, project))) return false;
  const seedings = seedingsOf(project).filter((one) => program.has(one.call.module) && one.effect !== 'void');
  const isFixed = own.some(({ framework }) => /^(xgboost|lightgbm|catboost)$/.test(framework)) || hasRandomState(project.callsOf(program));
  if (seedings.length === 0 && !isFixed) return false;
  if (kind === 'entropy') return true;
  if (kind === 'component' && trainings.every(({ framework }) => framework !== 'sklearn')) return false;
  if (seedings.some((one) => one.generators.includes(generator) && runsBefore(one.call, call, project) !== false)) return false;
  // What a training makes on the way is drawn after its trainer has seeded; workers are seeded by the loader.
  const inWorkers = workersOf(project).some((one) => one.calls.has(call.node) && one.workers !== 'none');
  return !(inWorkers && seedings.some((one) => one.generators.includes('torch')) && !(generator === 'numpy' && torchIsOlder(project, [1, 9])));
}

/** Whether a value that is stored comes from a draw: also after the training it makes another result. */
const isKept = ({ call }: Draw, project: SetupContext['project']): boolean =>
  storesOf(project).some((store) => store.kind === 'metrics' && comesFrom(store, call.node, call.module, project));

/** Asked once of each program, however many draws it has. */
const hasRandomState = onceOf((calls: SetupContext['project']['calls']): boolean =>
  calls.some(({ keywords, module }) => {
    const value = keywords.get('random_state');
    return value !== undefined && module.textOf(value) !== 'None';
  }),
);

const plainSeed = /^(random\.seed|numpy\.random\.seed|torch\.manual_seed|tensorflow\.random\.set_seed)$/;

/** Next to a call that seeds another generator before the draw, with the same seed. */
function besideAnother(draw: Draw, line: (seed: string) => string, dotted: string, project: SetupContext['project']): readonly TextEdit[] {
  const other = seedingsOf(project).find(
    ({ call, effect, value }) =>
      effect === 'seeded' &&
      value !== null &&
      /^[\w.]+$/.test(call.module.textOf(value)) &&
      plainSeed.test(call.name ?? '') &&
      localName(call.module, dotted) !== null &&
      runsBefore(call, draw.call, project) !== false,
  );
  if (!other?.value) return [];
  const { module, node } = other.call;
  const name = localName(module, dotted) as string;
  return linesAfter(module, node, [line(module.textOf(other.value)).replace(/^\w+(?=\.)/, name)]);
}

function fixOf(generator: Generator, draw: Draw | null, { trainings, project }: SetupContext): SetupFix {
  const module = draw?.call.module ?? trainings[0]?.module;
  const dotted = { numpy: 'numpy', python: 'random', torch: 'torch', tensorflow: 'tensorflow', jax: 'jax' }[generator];
  const name = module ? (localName(module, dotted) ?? dotted) : dotted;
  const code = {
    numpy: `${name}.random.seed(seed)`,
    python: `${name}.seed(seed)`,
    torch: `${name}.manual_seed(seed)`,
    tensorflow: `${name}.random.set_seed(seed)`,
    jax: '',
  }[generator];
  const line = code.replace('(seed)', '(0)');
  const beside = draw?.kind === 'own' ? besideAnother(draw, (seed) => code.replace('(seed)', `(${seed})`), dotted, project) : [];
  if (beside.length > 0) return { text: `Seed ${names[generator]} together with the others, before anything is drawn.`, code, edits: beside };
  const below = module && draw?.kind === 'own' ? belowImports(module, `\n${line}`) : null;
  const above = module ? importAbove(module, dotted) : null;
  const edits = below && module ? [...(above ? [above] : []), below] : [];
  return {
    text:
      draw?.kind === 'entropy'
        ? 'Make the generator with the seed of the run.'
        : `Seed ${names[generator]} together with the others, before anything is drawn.`,
    code: draw?.kind === 'entropy' ? `${draw.written}(seed)` : code,
    edits,
  };
}
