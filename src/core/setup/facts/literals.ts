// Numbers as they are written, behind the names, parameters, constants of classes and files of settings that code reads them by.

import type { Project } from '../project/project';
import type { PyClass, PyModule } from '../python/module';
import { argumentOf, constantOf } from '../python/resolve';
import { ancestor, memberOf, type Syntax, walk } from '../python/syntax';
import type { NodePlace } from '../rule';
import { flowOf } from './flow';

/** A number in its place. */
export interface Literal extends NodePlace {
  /** The class or the file of settings that holds it, by its dotted name: what keeps that whole keeps the number. */
  readonly holder: string | null;
}

const deepest = 4;
const numbers = /^(integer|float|unary_operator|binary_operator)$/;

/** A number as written, a name that holds one, or the default of a parameter that nobody hands anything. Zero switches a thing off and is none. */
export function numberOf(node: Syntax, module: PyModule, project: Project, depth = 0): Literal | null {
  if (depth > deepest) return null;
  if (numbers.test(node.type)) {
    const value = constantOf(node, module);
    return typeof value === 'number' && value !== 0 && isPlain(node, module) ? { node, module, holder: null } : null;
  }
  if (node.type === 'identifier') {
    const bindings = module.scopeOf(node).lookup(module.textOf(node));
    const [only] = bindings.length === 1 ? bindings : [];
    if (only?.kind === 'assign' && only.value && only.node.type === 'assignment') return numberOf(only.value, module, project, depth + 1);
    if (only?.kind === 'parameter') return defaultOf(only.node, only.fallback, module.textOf(node), module, project);
    return only?.kind === 'import' ? constantOfProject(node, module, project) : null;
  }
  return node.type === 'attribute' ? ofAttribute(node, module, project, depth) : null;
}

/** `self.lr`, `CFG.lr` of a class or of an object of it, `settings.LR` of a file of the project; given once. */
function ofAttribute(node: Syntax, module: PyModule, project: Project, depth: number): Literal | null {
  const member = memberOf(node);
  if (!member) return null;
  const { object, name } = member;
  const around = module.textOf(object) === 'self' ? ancestor(node, classType) : null;
  const dotted = around ? null : project.nameOf(object, module);
  const owner = around ? module.classAt(around) : dotted === null ? undefined : project.classOf(dotted);
  if (!owner) return dotted !== null && project.modules.some((one) => one.dotted === dotted) ? constantOfProject(node, module, project, dotted) : null;
  const given = (owner.attributes.get(name) ?? []).map(({ value }) => value);
  const constants = owner.constantsOf(name);
  const [value, ...others] = [...given, ...constants];
  if (!value || others.length > 0 || (given.length === 0 && isGivenElsewhere(owner, name, project))) return null;
  const found = numberOf(value, owner.module, project, depth + 1);
  return found && { ...found, holder: found.holder ?? owner.dotted };
}

/** `CFG.lr = args.lr`, `cfg.lr *= 8`: the constant is a default only. */
const isGivenElsewhere = ({ name: owner }: PyClass, name: string, { modules }: Project): boolean => {
  const assigned = new RegExp(`\\b(?!self\\b)\\w+\\.${name}\\s*([-+*/]=|=(?!=))|setattr\\(\\s*(?!self\\b)|(?<!class\\s+)\\b${owner}\\([^)]`);
  return modules.some(({ code }) => code.text.includes(name) && assigned.test(code.text));
};

const classType = new Set(['class_definition']);

/** Arithmetic of numbers alone: `5 * 1e-4`, no `lr * 0.1` of a parameter. */
const isPlain = (node: Syntax, module: PyModule): boolean =>
  [...walk(node)].every(
    (at) =>
      at.type !== 'identifier' ||
      module
        .scopeOf(at)
        .lookup(module.textOf(at))
        .every(({ kind }) => kind === 'assign'),
  );

/** The default of a parameter, where every call that can be seen leaves it at that. */
function defaultOf(parameter: Syntax, fallback: Syntax | null, name: string, module: PyModule, project: Project): Literal | null {
  const definition = parameter.parent?.parent;
  const fn = definition ? module.functionAt(definition) : undefined;
  // What is decorated may be called with anything, and what keeps its own arguments keeps this one.
  if (!fn || !fallback || fn.decorators.length > 0 || /save_hyperparameters|locals\(\)/.test(module.textOf(fn.node))) return null;
  const callers = project.callersOf(fn);
  if (!callers.some((call) => project.reaches(call)) || callers.some((call) => call.splat || argumentOf(call, fn, name) !== null)) return null;
  return numberOf(fallback, module, project, deepest - 1);
}

/** `from settings import BATCH_SIZE`, where the project's own file gives it one number. */
function constantOfProject(node: Syntax, module: PyModule, project: Project, holder: string | null = null): Literal | null {
  const below = new Set(walk(node));
  const all = [...flowOf(project).of(node, module).nodes].filter(([one]) => !below.has(one));
  const [only] = all.length === 1 ? all : [];
  return only && /^(integer|float)$/.test(only[0].type) && constantOf(...only) !== 0 ? { node: only[0], module: only[1], holder } : null;
}
