// Of which classes of the project an object may be, and so what its methods are, where the code chooses one: by branches, by a table of classes, by a class that is handed over.

import type { PyCall, PyClass, PyFunction, PyModule } from '../python/module';
import { argumentOf } from '../python/resolve';
import { ancestor, fieldOf, memberOf, type Syntax } from '../python/syntax';

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

/** A method that more classes have is not looked for by what its object may be. */
const mostMethods = 24;
const deepest = 8;

/** Of methods of one name, those that a call may run: of the classes that its object may be of, or of their bases. */
export function chosenOf({ callee, module }: PyCall, methods: readonly PyFunction[], asked: Asked): readonly PyFunction[] {
  const object = memberOf(callee)?.object;
  if (!object || methods.length === 0 || methods.length > mostMethods) return [];
  const found = new Set<PyFunction>();
  for (const made of classesOf(object, module, asked)) {
    const method = lineOf(made, asked).flatMap((one) => methods.find(({ owner }) => owner === one) ?? [])[0];
    if (method) found.add(method);
  }
  return [...found];
}

/** What runs in place of a method that its class leaves open: of the classes that the object may be of, else of all that derive from that class. */
export function overriding(fn: PyFunction, call: PyCall, methods: readonly PyFunction[], asked: Asked): readonly PyFunction[] {
  if (methods.length < 2 || methods.length > mostMethods || !isLeftOpen(fn)) return [];
  const deriving = methods.filter((one) => one !== fn && one.owner && lineOf(one.owner, asked).some((above) => above === fn.owner));
  const chosen = chosenOf(call, deriving, asked);
  return chosen.length > 0 ? chosen : deriving;
}

/** A class and its bases, the first of each. */
function lineOf(made: PyClass, asked: Asked): readonly PyClass[] {
  const found: PyClass[] = [];
  for (let at: PyClass | undefined = made; at && found.length < deepest; ) {
    found.push(at);
    const [first]: readonly Syntax[] = at.bases;
    at = first ? asked.classOf(asked.nameOf(first, at.module) ?? '') : undefined;
  }
  return found;
}

/** A method without anything in it: `pass`, a text, `raise NotImplementedError`. */
function isLeftOpen({ node, module }: PyFunction): boolean {
  const body = fieldOf(node, 'body')?.children.filter(({ type }) => type !== 'comment') ?? [];
  return body.every(
    (one) =>
      one.type === 'pass_statement' ||
      (one.type === 'raise_statement' && /NotImplemented/.test(module.textOf(one))) ||
      (one.type === 'expression_statement' && /^(string|ellipsis|concatenated_string)$/.test(one.children[0]?.type ?? '')),
  );
}

/** The classes in the order in which they are found; none where they cannot be told. */
function classesOf(object: Syntax, module: PyModule, asked: Asked): readonly PyClass[] {
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
      const member = memberOf(node);
      const around = member && module.textOf(member.object) === 'self' ? ancestor(node, classType) : null;
      return around && member ? (module.classAt(around)?.attributes.get(member.name) ?? []).flatMap(({ value }) => same(value)) : [];
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
