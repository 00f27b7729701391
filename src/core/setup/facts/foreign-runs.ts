// Calls of other packages that run a training of the project: what they keep of it, and how they seed it, cannot be seen.

import type { NamedCall, Project } from '../project/project';
import type { PyFunction } from '../python/module';
import { returnsOf } from '../python/resolve';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { onceOf } from '../steps';
import type { Training } from './training';

/** What only starts a function, or searches with what it returns and keeps nothing on disk by itself. */
const known =
  /^(hyperopt|hyperas|optuna|skopt|bayes_opt|functools|multiprocessing|concurrent|threading|joblib|absl|fire|typer|click|hydra|torch|torch_xla|jax|tensorflow|keras|sklearn|scipy|numpy|wandb|mlflow|ignite)\b/;

/** Calls of other packages that are handed functions of the project, by function: `talos.Scan(x, y, model=build)`. */
const handingsOf = onceOf((project: Project): ReadonlyMap<PyFunction, NamedCall> => {
  const found = new Map<PyFunction, NamedCall>();
  for (const call of project.calls) {
    const { name, args, keywords, module } = call;
    if (!name?.includes('.') || known.test(name) || project.functionOf(name) || project.classOf(name)) continue;
    for (const value of [...args, ...keywords.values()]) {
      const fn = value.type === 'identifier' ? project.functionOf(project.nameOf(value, module) ?? '') : undefined;
      if (fn && !found.has(fn)) found.set(fn, call);
    }
  }
  return found;
});

/**
 * The call of another package that runs a training and is given its model or its history back; null where none does. A function that gives nothing back
 * keeps for itself what is kept.
 */
export function foreignRunOf(training: Training, project: Project): NamedCall | null {
  const { within, call, module } = training;
  const runner = within ? handingsOf(project).get(within) : undefined;
  if (!within || !runner) return null;
  const object = memberOf(call.callee)?.object;
  const left = call.node.parent?.type === 'assignment' ? fieldOf(call.node.parent, 'left') : null;
  const names = [object, left].flatMap((one) => (one?.type === 'identifier' ? [module.textOf(one)] : []));
  const gives = (value: Syntax) => [...walk(value)].some((node) => node.type === 'identifier' && names.includes(module.textOf(node)));
  return returnsOf(within).some(gives) ? runner : null;
}
