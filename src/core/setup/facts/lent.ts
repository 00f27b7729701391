// Whether a training's model is made out of view: by whoever calls a library's function and hands it over.

import type { Project } from '../project/project';
import type { PyFunction, PyModule } from '../python/module';
import { argumentOf, returnsOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { flowOf, isWithin } from './flow';
import type { Training } from './training';

const deepest = 6;
/** What is asked of a model in a function that trains it. */
const ofModel = /^(parameters|named_parameters|train|eval)$/;
/** The same model, or a copy. */
const same = /^(to|cuda|cpu|train|eval|clone|deepcopy|compile|DataParallel|DistributedDataParallel)$/;

/**
 * True where the model comes in by a parameter, and every way to it ends in a function that nothing in view calls: what is seeded before, kept after and
 * written down beside is then for its caller to do, and cannot be seen.
 */
export function isLent(training: Training, project: Project): boolean {
  const { within, module, kind } = training;
  if (isOfPackage(training, project) || isOfLibrary(training, project)) return true;
  if (kind !== 'loop' || !within) return false;
  const models = module.calls.flatMap(({ node, callee }) => {
    const [object, attribute] = callee.type === 'attribute' ? [fieldOf(callee, 'object'), fieldOf(callee, 'attribute')] : [null, null];
    return object && attribute && ofModel.test(module.textOf(attribute)) && isWithin(node, within.node) ? [object] : [];
  });
  return models.length > 0 && models.every((model) => isHandedIn(model, module, project, 0));
}

/**
 * True where a method of a class that nothing in view makes fits what it is handed, and gives back what the fit gave: `def train(self, X, validation): …
 * return self.model.fit(X, …)` of a package of models. Who makes the class seeds, and writes down what belongs to a run.
 */
export function isOfLibrary({ within, module, kind, call }: Training, project: Project): boolean {
  if (kind !== 'fit' || !within?.owner || returnsOf(within).length === 0 || project.callersOf(within).some((one) => one.within !== within)) return false;
  const [data] = call.args;
  if (!data || project.calls.some(({ name }) => name !== null && project.classOf(name) === within.owner)) return false;
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
    const [object, name] = callee?.type === 'attribute' ? [fieldOf(callee, 'object'), fieldOf(callee, 'attribute')] : [null, callee];
    if (!callee || !name || !same.test(module.textOf(name))) return false;
    const [first] = fieldOf(value, 'arguments')?.children ?? [];
    const given = object && /^(to|cuda|cpu|train|eval|clone)$/.test(module.textOf(name)) ? object : first;
    return given !== undefined && given !== null && isHandedIn(given, module, project, depth + 1);
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

const packages = new WeakMap<Project, boolean>();

/** Whether the files reviewed are those of a package that others install. */
function isPackage(project: Project): boolean {
  const made =
    packages.get(project) ??
    (project.files.all.some(({ path }) => /(^|\/)(setup\.py|setup\.cfg|PKG-INFO|[\w.-]+\.dist-info\/METADATA)$/.test(path)) ||
      [...project.settings].some(([path, text]) => /(^|\/)pyproject\.toml$/.test(path) && /^\[(build-system|tool\.poetry)\]/m.test(text)));
  packages.set(project, made);
  return made;
}

/**
 * True where a package only offers a class that trains, and nothing in view trains with it: its user chooses data and settings, seeds, and keeps what comes
 * back. A stage of a pipeline (`initiate_model_training`) is the project's own, whoever starts it.
 */
export const isOfPackage = ({ within }: Training, project: Project): boolean =>
  within !== null &&
  isPackage(project) &&
  (project.isByUsers(within) || isOffered(within, project, 0)) &&
  !project.modules.some((one) => one.functions.some(isStage));

/** A method that is named for training and that nothing in view calls, or what only such methods call. */
function isOffered(fn: PyFunction, project: Project, depth: number): boolean {
  if (depth > deepest) return false;
  const callers = project.callersOf(fn).filter((call) => project.reaches(call));
  if (callers.length === 0) return fn.owner !== null && (depth > 0 || /^(train|fit|learn)(_\w+)?$|^training_step$/.test(fn.name));
  return callers.every(({ within }) => within !== null && within !== fn && isOffered(within, project, depth + 1));
}

const isStage = ({ name }: PyFunction): boolean => /^initiate_\w*train|^(start_)?model_training$|^run_pipeline$/.test(name);
