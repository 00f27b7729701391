// Workers of a loader that all draw the same numbers.

import { isLoader, torchIsOlder, type WorkerCode, workersOf } from '../facts/workers';
import type { NamedCall, Project } from '../project/project';
import { fieldOf, type Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';

const objects = /^(numpy\.random\.(default_rng|RandomState|Generator)|random\.Random)\.\w+$/;
const globalNumpy = /^numpy\.random\.[a-z]\w*$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-13',
    title: 'Workers draw numbers of their own',
    severity: 'warn',
    why: 'Each worker holds a copy of the generator in the same state: they draw the same augmentations, and every epoch begins with them again.',
    source: 'PyTorch, “Reproducibility”, DataLoader; Trail of Bits, numpy-in-pytorch-datasets',
  },
  *check({ project }) {
    const loaders = project.calls.filter(isLoader);
    if (loaders.length === 0 || loaders.some(({ keywords, splat }) => keywords.has('worker_init_fn') || splat)) return;
    for (const code of yield* workersOf.steps(project)) {
      yield;
      const draws = drawsIn(code, project);
      const [first] = draws;
      if (!first || code.workers === 'none') continue;
      if (code.workers === 'unknown') {
        yield { kind: 'unknown', reason: 'How many workers the loader has could not be read.' };
        continue;
      }
      const isObject = objects.test(first.name ?? '');
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: draws.map(({ module, node }) => ({ module, node })),
        summary: isObject
          ? `Every worker of the loader draws from its own copy of the same generator in ${code.owner.name}.`
          : `torch before 1.9 gives every worker the same state of NumPy, from which ${code.owner.name} draws.`,
        fix: {
          text: 'Seed the generator anew in each worker.',
          code: isObject
            ? 'def seed_worker(_):\n    info = torch.utils.data.get_worker_info()\n    info.dataset.rng = np.random.default_rng(info.seed)\n\nDataLoader(…, worker_init_fn=seed_worker)'
            : 'def seed_worker(_):\n    np.random.seed(torch.initial_seed() % 2**32)\n\nDataLoader(…, worker_init_fn=seed_worker)',
          edits: [],
        },
      };
    }
  },
};

function drawsIn({ owner, calls }: WorkerCode, project: Project): readonly NamedCall[] {
  if (/get_worker_info/.test(owner.module.code.text)) return [];
  const isOld = torchIsOlder(project, [1, 9]);
  return project.calls.filter((call) => {
    if (!calls.has(call.node) || call.name === null) return false;
    if (isOld && globalNumpy.test(call.name) && !/\.(seed|default_rng)$/.test(call.name)) return true;
    return objects.test(call.name) && isShared(call, owner);
  });
}

/** The generator is made once: an attribute that only other methods set, or a variable of the module. */
function isShared({ callee, module, within }: NamedCall, owner: WorkerCode['owner']): boolean {
  const object = fieldOf(callee, 'object');
  if (object?.type === 'attribute' && module.textOf(object).startsWith('self.')) {
    const name = module.textOf(object).slice('self.'.length);
    const made = owner.attributes.get(name) ?? [];
    return made.length > 0 && made.every(({ node }) => module.functionAround(node)?.name === '__init__');
  }
  if (object?.type !== 'identifier') return false;
  const bindings = module.scopeOf(object).lookup(module.textOf(object));
  return bindings.length > 0 && bindings.every((one) => module.functionAround(one.node) === null && isOutside(one.node, within?.node ?? null));
}

const isOutside = (node: Syntax, fn: Syntax | null): boolean => fn === null || node.from < fn.from || fn.to < node.to;
