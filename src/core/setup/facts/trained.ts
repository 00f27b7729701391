// Which models the steps of trainings move: a teacher or a target network that only predicts is none of them.

import type { Project } from '../project/project';
import type { Syntax } from '../python/syntax';
import { isWithin } from './flow';
import { anyMakerOf, type Maker, makerOfCalled, waysOf } from './makers';
import type { Training } from './training';

/** Optimisers of Flax that hold their model: `nnx.Optimizer(model, optax.adam(1e-3), wrt=nnx.Param)`. */
const holdsModel = /^flax\.nnx(\.\w+)*\.(Optimizer|ModelAndOptimizer)$/;

/** The calls that made them: of what the steps call, and of what optimisers hold. */
export function trainedIn(trainings: readonly Training[], project: Project): ReadonlySet<Syntax> {
  const found = new Set<Syntax>();
  const add = (maker: Maker | null, node: Syntax) => {
    if (maker && maker.call !== node) for (const one of waysOf(maker)) found.add(one.call);
  };
  for (const { module, stepLoop, within, framework } of trainings) {
    if (framework === 'jax') continue;
    const around = stepLoop ?? within?.node ?? module.root;
    for (const call of project.callsIn(module))
      if (isWithin(call.node, around) && (call.callee.type === 'identifier' || call.callee.type === 'attribute'))
        add(makerOfCalled(call.callee, module, project), call.node);
  }
  // A step in JAX is a function of a function of the model; the optimiser is where the model stands by itself.
  if (trainings.some(({ framework }) => framework === 'jax'))
    for (const { name, args, keywords, module, node } of project.calls) {
      const model = name !== null && holdsModel.test(name) ? (args[0] ?? keywords.get('model')) : undefined;
      if (model) add(anyMakerOf(model, module, project), node);
    }
  return found;
}
