// A random split that differs from run to run.

import { type Flow, flowOf } from '../facts/flow';
import { runsBefore } from '../facts/order';
import { programOf } from '../facts/programs';
import { type Split, seededSplitsOf, splitsOf } from '../facts/random-splits';
import { seedingsOf } from '../facts/seeds';
import type { SetupFix } from '../finding';
import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import type { Found, SetupContext, SetupRule } from '../rule';
import { gathered } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-15',
    title: 'Random splits are seeded',
    severity: 'critical',
    why: 'Each run trains and scores on other rows, so a difference between two runs may come from the split alone, and no result can be repeated.',
    source: 'scikit-learn, “Controlling randomness”; dslinter W5508–W5512',
  },
  *check(context) {
    const { project, trainings } = context;
    if (trainings.length === 0) return;
    yield* seedingsOf.steps(project);
    const open = yield* gathered(yield* splitsOf.steps(project), (split) => (isSeededBefore(split, context) ? [] : [split]));
    const [first] = open;
    if (!first) {
      yield* overListings(context);
      return;
    }
    yield {
      kind: 'finding',
      confidence: first.confidence,
      places: open.map(({ call }) => ({ module: call.module, node: call.node })),
      summary: `${first.written} draws a new split in every run: it has no ${first.argument ?? 'seed'}, and nothing seeds ${first.generator === 'numpy' ? 'NumPy' : first.generator} before.`,
      fix: fixOf(open),
    };
  },
};

const isListing = (name: string): boolean => /(^|\.)(listdir|scandir|i?glob|rglob|iterdir)$/.test(name);

/** What is called among these, as written. */
const namesIn = (nodes: readonly (readonly [Syntax, PyModule])[]): readonly string[] =>
  nodes.filter(([node]) => node.type === 'call').map(([node, module]) => module.textOf(fieldOf(node, 'function') ?? node));

/** The rows of `folds.split(rows, labels)`, of a splitter that was made before. */
function handedTo({ node, module }: Split['call'], project: Project): Syntax | undefined {
  const asked = project.callsIn(module).find(({ callee }) => {
    const [object, attribute] = callee.type === 'attribute' ? [fieldOf(callee, 'object'), fieldOf(callee, 'attribute')] : [null, null];
    if (!object || !attribute || module.textOf(attribute) !== 'split') return false;
    const bound = object.type === 'identifier' ? module.scopeOf(object).lookup(module.textOf(object)) : [];
    return object === node || bound.some((one) => one.kind === 'assign' && one.value === node);
  });
  return asked?.args[0];
}

/** Whether one of the listings among these is sorted nowhere: each folder in turn, in a sorted order of folders, is not. The names of classes are no rows. */
function hasUnsorted(nodes: readonly (readonly [Syntax, PyModule])[], flow: Flow): boolean {
  const called = (is: (written: string) => boolean) =>
    nodes.filter(([node, module]) => node.type === 'call' && is(module.textOf(fieldOf(node, 'function') ?? node)));
  const sorts = called((written) => /sort/.test(written))
    .filter(([node, module]) => !/unique\(|\bset\(/.test(module.textOf(node)))
    .map(([node, module]) => flow.of(node, module).nodes);
  return called(isListing).some(([listing]) => !sorts.some((sorted) => sorted.has(listing)));
}

/** A seeded split of files in the order of the file system, which differs between machines. */
function* overListings({ project }: SetupContext): Generator<Found | undefined> {
  for (const call of yield* seededSplitsOf.steps(project)) {
    yield;
    const rows = /Fold\w*$|Split$/.test(call.name ?? '') ? handedTo(call, project) : call.args[0];
    if (!rows) continue;
    const flow = flowOf(project);
    const nodes = [...flow.of(rows, call.module).nodes];
    const made = namesIn(nodes);
    if (!made.some(isListing)) continue;
    // One file of them is taken: its rows come in their own order.
    const picked = nodes.some(
      ([node, module]) =>
        node.type === 'subscript' &&
        fieldOf(node, 'subscript')?.type === 'integer' &&
        namesIn([...flow.of(fieldOf(node, 'value') ?? node, module).nodes]).some(isListing),
    );
    if (picked || /\.sort\(/.test(call.module.code.text) || !hasUnsorted(nodes, flow)) continue;
    yield {
      kind: 'finding',
      confidence: 0.75,
      places: [{ module: call.module, node: call.node }],
      summary: 'The seed shuffles files in the order of the file system, which differs between machines: so does the split.',
      fix: { text: 'Sort the listing before it is shuffled.', code: 'files = sorted(os.listdir(folder))', edits: [] },
    };
    return;
  }
}

/** Whether the generator that a split draws from is seeded before it; undecidable counts as seeded. */
function isSeededBefore({ call, generator, entropy }: Split, { project }: SetupContext): boolean {
  if (entropy) return false;
  const program = programOf(call.module, project);
  return seedingsOf(project).some(
    (one) =>
      program.has(one.call.module) &&
      one.effect !== 'void' &&
      one.generators.includes(generator) &&
      (one.call === call || runsBefore(one.call, call, project) !== false),
  );
}

/** Adds the argument, where nothing else may already give it. */
function fixOf(splits: readonly Split[]): SetupFix {
  const [first] = splits as [Split];
  const given = first.argument === 'generator' ? 'generator=torch.Generator().manual_seed(0)' : first.argument ? `${first.argument}=0` : null;
  return {
    text: first.argument
      ? `Give the split a ${first.argument}, and store its value with the run.`
      : 'Draw from a generator of your own with a stored seed, or seed the global one before.',
    code: given ? `${first.written}(…, ${given})` : 'rng = np.random.default_rng(0)\nrng.shuffle(rows)',
    edits: splits.flatMap(({ call, argument }) => {
      const { module, node, splat } = call;
      if (argument === null || splat || module.code.cells !== null) return [];
      const text = argument === 'generator' ? torchGenerator(call) : `${argument}=0`;
      const given = call.keywords.get(argument);
      if (text === null) return [];
      if (given) return [{ file: module.code.path, cell: null, from: given.from, to: given.to, text: text.slice(text.indexOf('=') + 1) }];
      const whole = module.textOf(node);
      const end = node.to - 1;
      const last = [...call.args, ...[...call.keywords.values()].map((value) => value.parent ?? value)].sort((a, b) => b.to - a.to)[0];
      if (!whole.endsWith(')')) return [];
      const at = last ? last.to : end;
      return [{ file: module.code.path, cell: null, from: at, to: at, text: last ? `, ${text}` : text }];
    }),
  };
}

/** `generator=torch.Generator().manual_seed(0)` by the name under which the file knows torch. */
function torchGenerator({ module, node }: Split['call']): string | null {
  return module
    .scopeOf(node)
    .lookup('torch')
    .some((one) => one.kind === 'import' && one.dotted === 'torch')
    ? 'generator=torch.Generator().manual_seed(0)'
    : null;
}
