// cuDNN chooses its kernels by timing them: results vary between runs.

import type { Project } from '../project/project';
import { fieldOf, nodesOf } from '../python/syntax';
import type { NodePlace, SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-14',
    title: 'Kernels are not chosen by timing',
    severity: 'note',
    why: 'With cudnn.benchmark the fastest kernel of the moment is taken, and kernels round differently: two runs with one seed drift apart.',
    source: 'PyTorch, “Reproducibility”; Zhang et al., CAIN 2022, “Deterministic algorithm option not used”',
  },
  *check({ project, trainings }) {
    if (trainings.length === 0) return;
    const places: NodePlace[] = [];
    for (const place of switches(project))
      if (place) places.push(place);
      else yield;
    if (places.length === 0) return;
    const [first] = places as [NodePlace];
    const besideDeterministic = /deterministic\s*=\s*True/.test(first.module.code.text);
    yield {
      kind: 'finding',
      confidence: 0.9,
      places,
      summary: besideDeterministic
        ? 'benchmark=True stands beside deterministic=True: the choice of kernels still varies.'
        : 'cudnn.benchmark is on: the choice of kernels varies between runs.',
      fix: {
        text: 'Switch it off where runs are to be compared to the last digit; it costs some speed with inputs of constant size.',
        code: 'torch.backends.cudnn.benchmark = False',
        edits: places.flatMap(({ module, node }) => {
          const value = fieldOf(node, 'right') ?? fieldOf(node, 'value');
          return value && module.code.cells === null ? [{ file: module.code.path, cell: null, from: value.from, to: value.to, text: 'False' }] : [];
        }),
      },
    };
  },
};

/** Where it is switched on for every run: not behind an option, and not switched off elsewhere. */
function* switches(project: Project): Generator<NodePlace | undefined> {
  for (const call of project.calls) {
    yield;
    const value = call.keywords.get('benchmark');
    if (value?.type === 'true' && /(^|\.)Trainer$/.test(call.name ?? '') && value.parent) yield { module: call.module, node: value.parent };
  }
  for (const module of project.modules) {
    yield;
    const set = [...nodesOf(module.root, 'assignment')].filter((node) => {
      const left = fieldOf(node, 'left');
      return (
        left?.type === 'attribute' &&
        /(^|\.)benchmark$/.test(module.textOf(left)) &&
        /cudnn\.benchmark$/.test(project.nameOf(left, module) ?? module.textOf(left))
      );
    });
    if (set.some((node) => fieldOf(node, 'right')?.type !== 'true')) continue;
    for (const node of set) {
      if (!project.reaches({ node, within: module.functionAround(node), module })) continue;
      let optional = false;
      for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
        const condition = at.type === 'if_statement' || at.type === 'elif_clause' ? fieldOf(at, 'condition') : null;
        if ((condition && !/cuda|gpu|device/i.test(module.textOf(condition))) || at.type === 'else_clause') optional = true;
      }
      if (!optional) yield { module, node };
    }
  }
}
