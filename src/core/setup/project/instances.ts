// Of which classes of the project an object may be where the code chooses one: by branches, by a table of classes, by a class that is handed over.

import type { PyCall, PyClass, PyFunction, PyModule } from '../python/module';
import { argumentOf } from '../python/resolve';
import { ancestor, fieldOf, type Syntax } from '../python/syntax';

interface Asked {
  nameOf(node: Syntax, module: PyModule): string | null;
  classOf(dotted: string): PyClass | undefined;
  callersOf(fn: PyFunction): readonly PyCall[];
}

/** Expressions that are looked at for one object: more are a registry, which says nothing of what is used. */
const mostSteps = 60;
const classType = new Set(['class_definition']);

interface Step {
  readonly node: Syntax;
  readonly module: PyModule;
  /** Whether the expression is a class, and not an object of one. */
  readonly isClass: boolean;
}

/** The classes in the order in which they are found; none where they cannot be told. */
export function classesOf(object: Syntax, module: PyModule, asked: Asked): readonly PyClass[] {
  const found = new Set<PyClass>();
  const seen = new Set<Syntax>();
  const open: Step[] = [{ node: object, module, isClass: false }];
  for (let step = open.pop(); step; step = open.pop()) {
    if (seen.size >= mostSteps) return [];
    if (seen.has(step.node)) continue;
    seen.add(step.node);
    const own = step.isClass ? asked.classOf(asked.nameOf(step.node, step.module) ?? '') : undefined;
    if (own) found.add(own);
    else open.push(...behind(step, asked));
  }
  return [...found];
}

/** What an expression stands for: what its name was given, what is called or looked up. */
function behind({ node, module, isClass }: Step, asked: Asked): readonly Step[] {
  const same = (one: Syntax | null | undefined, within = module): readonly Step[] => (one ? [{ node: one, module: within, isClass }] : []);
  switch (node.type) {
    case 'identifier':
      return module
        .scopeOf(node)
        .lookup(module.textOf(node))
        .flatMap((binding): readonly Step[] => {
          if (binding.kind === 'assign') return same(binding.value);
          if (binding.kind === 'each') return heldIn(binding.value, module).flatMap((one) => same(one));
          const fn = binding.kind === 'parameter' ? module.functionAround(binding.node) : null;
          return fn ? asked.callersOf(fn).flatMap((call) => same(argumentOf(call, fn, module.textOf(node)), call.module)) : [];
        });
    case 'attribute': {
      const [object, attribute] = [fieldOf(node, 'object'), fieldOf(node, 'attribute')];
      const around = object && module.textOf(object) === 'self' ? ancestor(node, classType) : null;
      return around && attribute ? (module.classAt(around)?.attributes.get(module.textOf(attribute)) ?? []).flatMap(({ value }) => same(value)) : [];
    }
    case 'call': {
      const callee = fieldOf(node, 'function');
      if (!callee) return [];
      // `MODELS.get(name)` is what the table holds; another call makes an object of what it calls.
      if (isClass) return /\.get$/.test(module.textOf(callee)) && callee.children[0] ? heldIn(callee.children[0], module).flatMap((one) => same(one)) : [];
      return [{ node: callee, module, isClass: true }];
    }
    case 'subscript':
      return heldIn(fieldOf(node, 'value') ?? node, module).flatMap((one) => same(one));
    case 'conditional_expression':
      return [...same(node.children[0]), ...same(node.children[2])];
    case 'parenthesized_expression':
      return same(node.children[0]);
    default:
      return [];
  }
}

/** What a written list or dictionary holds, also by its name, `.values()` and `.items()`. */
function heldIn(value: Syntax, module: PyModule): readonly Syntax[] {
  if (/^(list|tuple|set|dictionary)$/.test(value.type)) return value.children.map((one) => (one.type === 'pair' ? (fieldOf(one, 'value') ?? one) : one));
  const object = value.type === 'call' && /\.(items|values)\(\)$/.test(module.textOf(value)) ? value.children[0]?.children[0] : value;
  const [only, ...others] = object?.type === 'identifier' ? module.scopeOf(object).lookup(module.textOf(object)) : [];
  return only?.kind === 'assign' && others.length === 0 && only.value && /^(list|tuple|dictionary)$/.test(only.value.type) ? heldIn(only.value, module) : [];
}
