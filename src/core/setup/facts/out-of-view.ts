// What of a training lies out of view: with whoever hands the model over, makes the object that fits, or uses the package.

import type { NamedCall, Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { argumentOf, returnsOf } from '../python/resolve';
import { fieldOf, memberOf, type Syntax } from '../python/syntax';
import { onceOf } from '../steps';
import { flowOf, isWithin } from './flow';
import type { Training } from './training';

/**
 * What of a training cannot be seen, the most of it:
 *
 * - `run`, all of it: a package only offers a class that trains, and nothing in view trains with it. Its user chooses data and settings, seeds, and keeps what
 *   comes back.
 * - `fit`, what is before and after: a method of a class that nothing in view makes fits what it is handed, and gives back what the fit gave
 *   (`def train(self, X, validation): … return self.model.fit(X, …)`). Who makes the class seeds, and writes down what belongs to a run.
 * - `model`, which comes in by a parameter, and every way to it ends in a function that nothing in view calls. What is seeded before, kept after and written
 *   down beside is for the caller to do.
 */
export type OutOfView = 'run' | 'fit' | 'model';

/** Null where all of a training is in view, so far as that can be told. */
export function outOfViewOf({ kind, within, call }: Pick<Training, 'kind' | 'within' | 'call'>, project: Project): OutOfView | null {
  if (!within) return null;
  if (isByUsers(within, project)) return 'run';
  if (kind === 'fit' && isFitOfOthers(within, call, project)) return 'fit';
  return kind === 'loop' && isModelHandedIn(within, project) ? 'model' : null;
}

const deepest = 6;
/** What is asked of a model in a function that trains it. */
const ofModel = /^(parameters|named_parameters|train|eval)$/;
/** The same model, or a copy. */
const same = /^(to|cuda|cpu|train|eval|clone|deepcopy|compile|DataParallel|DistributedDataParallel)$/;

function isModelHandedIn({ node: body, module }: PyFunction, project: Project): boolean {
  const models = module.calls.flatMap(({ node, callee }) => {
    const asked = memberOf(callee);
    return asked && ofModel.test(asked.name) && isWithin(node, body) ? [asked.object] : [];
  });
  return models.length > 0 && models.every((model) => isHandedIn(model, module, project, 0));
}

function isFitOfOthers(within: PyFunction, { args: [data], module }: NamedCall, project: Project): boolean {
  const { owner } = within;
  if (!data || !owner || returnsOf(within).length === 0 || project.callersOf(within).some((one) => one.within !== within)) return false;
  if (project.calls.some(({ name }) => name !== null && project.classOf(name) === owner)) return false;
  const handed = new Set(
    (fieldOf(within.node, 'parameters')?.children ?? []).slice(1).map((one) => /^\**\w+/.exec(module.textOf(one))?.[0].replaceAll('*', '') ?? ''),
  );
  return [...flowOf(project).of(data, module).nodes.keys()].some(
    (node) => node.type === 'identifier' && handed.has(module.textOf(node)) && isWithin(node, within.node),
  );
}

function isHandedIn(value: Syntax, module: PyModule, project: Project, depth: number): boolean {
  if (depth > deepest) return false;
  if (value.type === 'call') {
    const callee = fieldOf(value, 'function');
    const method = memberOf(callee);
    if (!callee || !same.test(method?.name ?? module.textOf(callee))) return false;
    const [first] = fieldOf(value, 'arguments')?.children ?? [];
    const given = method && /^(to|cuda|cpu|train|eval|clone)$/.test(method.name) ? method.object : first;
    return given !== undefined && isHandedIn(given, module, project, depth + 1);
  }
  if (value.type !== 'identifier') return false;
  const name = module.textOf(value);
  const bindings = module.scopeOf(value).lookup(name);
  return (
    bindings.length > 0 &&
    bindings.every((binding) => {
      if (binding.kind === 'assign' && binding.value) {
        // `model = model.to(device)` comes from what it was before.
        const again = binding.value.type === 'call' && module.textOf(binding.value).startsWith(`${name}.`);
        return again || isHandedIn(binding.value, module, project, depth + 1);
      }
      const fn = binding.kind === 'parameter' ? module.functions.find(({ node }) => fieldOf(node, 'parameters') === binding.node.parent) : undefined;
      return fn !== undefined && isHandedTo(fn, name, project, depth);
    }) &&
    bindings.some(({ kind }) => kind === 'parameter' || kind === 'assign')
  );
}

function isHandedTo(fn: PyFunction, name: string, project: Project, depth: number): boolean {
  const callers = project.callersOf(fn);
  return callers.every((call) => {
    const given = argumentOf(call, fn, name);
    return given !== null && given !== undefined && isHandedIn(given, call.module, project, depth + 1);
  });
}

/** Whether the files reviewed are those of a package that others install. A stage of a pipeline in it is the project's own, whoever starts it. */
const isPackage = onceOf(
  ({ files, settings, modules }: Project): boolean =>
    (files.all.some(({ path }) => /(^|\/)(setup\.py|setup\.cfg|PKG-INFO|[\w.-]+\.dist-info\/METADATA)$/.test(path)) ||
      [...settings].some(([path, text]) => /(^|\/)pyproject\.toml$/.test(path) && /^\[(build-system|tool\.poetry)\]/m.test(text))) &&
    !modules.some(({ functions }) => functions.some(({ name }) => stage.test(name))),
);

const stage = /^initiate_\w*train|^(start_)?model_training$|^run_pipeline$/;

const isByUsers = (within: PyFunction, project: Project): boolean => isPackage(project) && (project.isByUsers(within) || isOffered(within, project, 0));

/** A method that is named for training and that nothing in view calls, or what only such methods call. */
function isOffered(fn: PyFunction, project: Project, depth: number): boolean {
  if (depth > deepest) return false;
  const callers = project.callersOf(fn).filter((call) => project.reaches(call));
  if (callers.length === 0) return fn.owner !== null && (depth > 0 || /^(train|fit|learn)(_\w+)?$|^training_step$/.test(fn.name));
  return callers.every(({ within }) => within !== null && within !== fn && isOffered(within, project, depth + 1));
}
