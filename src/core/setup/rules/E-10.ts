// Nothing seeds the random numbers of a training.

import { drawsOf } from '../facts/draws';
import { foreignRunOf } from '../facts/foreign-runs';
import { belowImports, importAbove, localName } from '../facts/imports';
import { optionsOf } from '../facts/options';
import { runsBefore } from '../facts/order';
import { parsedIn } from '../facts/parsed';
import { drawsByComponents, type Randomness, randomnessOf, runnerOf } from '../facts/randomness';
import { seedingsOf } from '../facts/seeds';
import type { SetupFix, TextEdit } from '../finding';
import type { Project } from '../project/project';
import { fieldOf, type Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';
import { lineBefore, statementOf } from '../statements';
import { gathered } from '../steps';
import { editOf, keywordAdded, linesAfter } from '../write';

export const rule: SetupRule = {
  meta: {
    id: 'E-10',
    title: 'Random numbers are seeded',
    severity: 'critical',
    why: 'Without a seed no result can be repeated, and a difference between two runs cannot be told from luck.',
    source: 'Zhang et al., CAIN 2022, “Randomness uncontrolled”; SonarPython S6709',
  },
  *check({ project, trainings }) {
    yield* seedingsOf.steps(project);
    yield* drawsOf.steps(project);
    yield* optionsOf.steps(project);
    const drawing = yield* gathered(trainings, (training) => randomnessOf(project, [training]));
    const random = drawing.filter(({ training }) => training.outOfView === null);
    if (random.length < drawing.length) yield { kind: 'unknown', reason: 'The model comes from a caller that is not in view, and may have seeded.' };
    const open = random.filter(({ seedings, generator, training }) => {
      // What runs the training is given a seed, and may seed with it.
      if ([...(foreignRunOf(training, project)?.keywords.keys() ?? [])].some((name) => /seed|random_state/.test(name))) return false;
      // JAX has no state of the process: keys that the code never makes come from elsewhere.
      if (generator === 'jax') return seedings.some((one) => one.generators.includes('jax')) && seedings.every(({ effect }) => effect === 'void');
      return seedings.every(({ effect }) => effect === 'void');
    });
    const [first] = open;
    if (!first) {
      const undecided = random.find(({ seedings }) => seedings.length > 0 && seedings.every(({ effect }) => effect !== 'seeded'));
      if (undecided) yield { kind: 'unknown', reason: 'The seed is set only where an option is given that is off by default.' };
      return;
    }
    const useless = first.seedings.find(({ effect }) => effect === 'void');
    const place = useless && first.generator === 'jax' ? { module: useless.call.module, node: useless.call.node } : first.place;
    yield {
      kind: 'finding',
      confidence: drawsByComponents(first.training) ? 0.85 : 0.95,
      places: [place, ...open.slice(1).map((one) => one.place)].filter((one, at, list) => list.findIndex(({ node }) => node === one.node) === at),
      summary: useless
        ? `The seed is ${useless.value ? `\`${useless.call.module.textOf(useless.value)}\`, which differs in every run` : 'left empty'}: ${first.what} cannot be repeated.`
        : `Nothing seeds ${first.what}: no run can be repeated.`,
      fix: useless ? { text: 'Seed with a number that is stored with the run.', code: 'seed = 0', edits: [] } : fixOf(first, open, project),
    };
  },
};

/** One line below the imports of each file that trains, in the words of its framework. */
function fixOf(first: Randomness, open: readonly Randomness[], project: Project): SetupFix {
  const runner = first.training.framework === 'mmengine' ? runnerOf(first.training, project) : undefined;
  if (runner)
    return {
      text: 'Give the Runner a seed: it sets every generator from it, and keeps it with the settings.',
      code: 'Runner(..., randomness=dict(seed=0))',
      edits: keywordAdded(runner.module, runner.node, 'randomness=dict(seed=0)'),
    };
  // Its seed is the one of Python, NumPy, torch and the environment.
  const algorithm = algorithmOf(first);
  if (algorithm)
    return {
      text: 'Give the algorithm a seed: it seeds Python, NumPy, torch and the environment. Store it with the run.',
      code: `${first.place.module.textOf(algorithm).split('(')[0]}(..., seed=0)`,
      edits: open.flatMap((one) => {
        const made = algorithmOf(one);
        return made ? keywordAdded(one.place.module, made, 'seed=0') : [];
      }),
    };
  if (drawsByComponents(first.training)) return componentFix(open, project);
  const modules = [...new Set(open.map(({ training }) => training.module))];
  const edits = modules.flatMap((module) => {
    const one = open.find(({ training }) => training.module === module) as Randomness;
    const byArguments = seededByArguments(one, project);
    if (byArguments) return byArguments;
    const lines = linesFor(one);
    const put = lines.imports.map((dotted) => importAbove(module, dotted)).filter((edit) => edit !== null);
    const below = belowImports(module, `\n${lines.calls.join('\n')}`);
    const isComplete = lines.imports.every((dotted) => localName(module, dotted) !== null) || put.length > 0;
    return below && isComplete ? [...merged(put), below] : [];
  });
  return { text: 'Seed once, before anything is drawn, and store the seed with the run.', code: linesFor(first).calls.join('\n'), edits };
}

/** Where an algorithm of Stable-Baselines3 is made, new and not loaded. */
function algorithmOf({ training, place }: Randomness): Syntax | null {
  const made = training.framework === 'sb3' && place.node.type === 'assignment' ? fieldOf(place.node, 'right') : null;
  return made?.type === 'call' && !/\.load\(/.test(place.module.textOf(made)) ? made : null;
}

/** scikit-learn's own way: each component that draws gets a `random_state`. */
function componentFix(open: readonly Randomness[], project: Project): SetupFix {
  const modules = new Set(open.map(({ place }) => place.module));
  const components = drawsOf(project).filter(({ kind, call }) => kind === 'component' && modules.has(call.module));
  return {
    text: 'Give what draws a random_state, and store its value with the run.',
    code: `${open[0]?.what}(…, random_state=0)`,
    edits: components.flatMap(({ call }) => {
      const given = call.keywords.get('random_state');
      const put = given ? editOf(call.module, given.from, given.to, '0') : null;
      return call.splat ? [] : put ? [put] : given ? [] : keywordAdded(call.module, call.node, 'random_state=0');
    }),
  };
}

/** Below the line that reads the script's arguments: the seed is one of them, and with them it is stored. Null where there is no such line before anything is drawn. */
function seededByArguments(one: Randomness, project: Project): readonly TextEdit[] | null {
  const { module } = one.training;
  const parsed = parsedIn(module).find(
    (at) => runsBefore({ ...at, module }, { ...one.place, within: module.functionAround(one.place.node) }, project) === true,
  );
  if (!parsed || module.code.cells !== null) return null;
  const { imports, calls } = linesFor(one, `${parsed.name}.seed`);
  if (imports.some((dotted) => localName(module, dotted) === null)) return null;
  const options = optionsOf(project).get('seed') ?? [];
  const after = linesAfter(module, parsed.node, calls);
  if (after.length === 0) return null;
  if (options.length > 0) return options.every(({ unset }) => !unset) ? after : null;
  const option = parsed.parser === null ? null : lineBefore(statementOf(parsed.node), `${parsed.parser}.add_argument("--seed", type=int, default=0)`, module);
  return option ? [option, ...after] : null;
}

/** Edits at one place become one: their order must not be left open. */
function merged<E extends { readonly text: string }>(edits: readonly E[]): readonly E[] {
  const [first] = edits;
  return first ? [{ ...first, text: edits.map(({ text }) => text).join('') }] : [];
}

function linesFor({ training, generator }: Randomness, seed = '0'): { readonly imports: readonly string[]; readonly calls: readonly string[] } {
  const { module } = training;
  if (training.framework === 'lightning') {
    for (const dotted of ['lightning', 'pytorch_lightning', 'lightning.pytorch']) {
      const name = localName(module, dotted);
      if (name) return { imports: [], calls: [`${name}.seed_everything(${seed}, workers=True)`] };
    }
  }
  if (training.framework === 'fastai') {
    const starred = module
      .scopeOf(module.root)
      .lookup('*')
      .some((one) => one.kind === 'import' && /^(fastai2?(\.\w+)*\.(all|basics)|fastbook)$/.test(one.dotted));
    const own = localName(module, 'fastai.torch_core.set_seed') ?? (starred ? 'set_seed' : null);
    if (own) return { imports: [], calls: [`${own}(${seed}, reproducible=True)`] };
  }
  if (generator === 'tensorflow') {
    const tf = localName(module, 'tensorflow');
    if (tf) return { imports: [], calls: [`${tf}.keras.utils.set_random_seed(${seed})`] };
    return { imports: ['keras'], calls: [`${localName(module, 'keras') ?? 'keras'}.utils.set_random_seed(${seed})`] };
  }
  if (generator === 'numpy') return { imports: ['numpy'], calls: [`${localName(module, 'numpy') ?? 'numpy'}.random.seed(${seed})`] };
  const torch = `${localName(module, 'torch') ?? 'torch'}.manual_seed(${seed})`;
  const numpy = localName(module, 'numpy');
  const random = localName(module, 'random');
  return { imports: ['torch'], calls: [...(random ? [`${random}.seed(${seed})`] : []), ...(numpy ? [`${numpy}.random.seed(${seed})`] : []), torch] };
}
