// The call that made an object: `model = nn.DataParallel(Net().to(device))` was made by `Net()`.

import type { Project } from '../project/project';
import type { PyCall, PyModule } from '../python/module';
import type { Binding } from '../python/names';
import { argumentOf, returnsOf } from '../python/resolve';
import { ancestor, fieldOf, memberOf, type Syntax } from '../python/syntax';
import { flowOf } from './flow';

export interface Maker {
  readonly call: Syntax;
  readonly module: PyModule;
  /** The dotted name of what was called. */
  readonly name: string | null;
  /** All that may have made it, itself among them, where different ways lead to different makers and that was asked for. */
  readonly ways?: readonly Maker[];
}

const deepest = 12;
const mostWays = 6;
/** Methods that give the object itself, or a copy of the same make. */
const same =
  /^(to|cuda|cpu|half|float|double|bfloat16|train|eval|requires_grad_|share_memory|to_empty|apply|compile|clone|copy|type|contiguous|fit|set_params|prepare)$/;
const wrappers =
  /(^|\.)(DataParallel|DistributedDataParallel|FullyShardedDataParallel|convert_sync_batchnorm|script|compile|deepcopy|AveragedModel|setup|setup_module)$|^torch\.(jit\.\w+|compile)$/;
const classType = new Set(['class_definition']);

/** What made the object that is called: `net(x)` and `net.forward(x)` call the same. Of several ways the first, with all of them in `ways`. */
export function makerOfCalled(callee: Syntax, module: PyModule, project: Project): Maker | null {
  return anyMakerOf(calledOf(callee, module), module, project);
}

/** Null where it cannot be told, or where different ways lead to different makers. */
export function makerOf(node: Syntax, module: PyModule, project: Project): Maker | null {
  const made = anyMakerOf(node, module, project);
  return made?.ways ? null : made;
}

/** Each of the ways in which something is made. */
export const waysOf = (maker: Maker): readonly Maker[] => maker.ways ?? [maker];

/** Whether two names may stand for the same object. */
export const mayBeSame = (one: Maker, other: Maker): boolean => waysOf(one).some(({ call }) => waysOf(other).some((way) => way.call === call));

/** `net` of `net(x)` and of `net.forward(x)`. */
export function calledOf(callee: Syntax, module: PyModule): Syntax {
  const method = memberOf(callee);
  return method?.name === 'forward' && module.textOf(method.object) !== 'super()' ? method.object : callee;
}

/** `if kind == "a": net = A() … else: net = B()`: the first way, with all of them. Null where one of the ways cannot be told. */
export function anyMakerOf(node: Syntax, module: PyModule, project: Project, depth = 0): Maker | null {
  if (depth > deepest) return null;
  const next = (one: Syntax, within: PyModule = module) => anyMakerOf(one, within, project, depth + 1);
  switch (node.type) {
    case 'parenthesized_expression':
    case 'await':
      return node.children[0] ? next(node.children[0]) : null;
    case 'identifier':
      return ofName(node, module, project, depth);
    case 'attribute':
      return ofAttribute(node, module, project, depth);
    case 'conditional_expression':
      return agreed([node.children[0], node.children[2]].filter((one) => one && one.type !== 'none').map((one) => next(one as Syntax)));
    case 'call': {
      const callee = fieldOf(node, 'function');
      if (!callee) return null;
      const list = fieldOf(node, 'arguments')?.children.filter(({ type }) => type !== 'comment') ?? [];
      const name = project.nameOf(callee, module);
      const method = memberOf(callee);
      if (name !== null && wrappers.test(name) && list[0]) return next(list[0]);
      const fn = name === null ? undefined : project.functionOf(name);
      if (fn) return agreed(returnsOf(fn).map((value) => next(value, fn.module)));
      if (method && same.test(method.name)) return next((method.name === 'prepare' && list[0]) || method.object);
      return { call: node, module, name };
    }
    default:
      return null;
  }
}

function ofName(node: Syntax, module: PyModule, project: Project, depth: number): Maker | null {
  const found = flowOf(project)
    .definitionsOf(node, module)
    .filter(({ binding, value }) => binding !== null && value?.type !== 'none');
  const made = agreed(found.slice(0, mostWays).map(({ binding }) => ofBinding(binding as Binding, module.textOf(node), module, project, depth)));
  return made && found.length > mostWays ? { ...made, ways: waysOf(made) } : made;
}

function ofBinding(binding: Binding, name: string, module: PyModule, project: Project, depth: number): Maker | null {
  if (binding.kind === 'assign' && binding.node.type === 'assignment') {
    if (binding.value) return anyMakerOf(binding.value, module, project, depth + 1);
    return ofPrepared(binding.node, name, module, project, depth);
  }
  if (binding.kind !== 'parameter') return null;
  const fn = module.functions.find(({ node }) => fieldOf(node, 'parameters') === binding.node.parent);
  const callers = fn ? project.callersOf(fn).filter((call) => project.reaches(call)) : [];
  if (!fn || callers.length === 0 || callers.length > 8) return null;
  return agreed(
    callers.map((call: PyCall) => {
      const value = argumentOf(call, fn, name);
      return value ? anyMakerOf(value, call.module, project, depth + 1) : null;
    }),
  );
}

/** `model, opt = accelerator.prepare(model, opt)`: each is what went in. */
function ofPrepared(assignment: Syntax, name: string, module: PyModule, project: Project, depth: number): Maker | null {
  const [left, right] = [fieldOf(assignment, 'left'), fieldOf(assignment, 'right')];
  const callee = right?.type === 'call' ? fieldOf(right, 'function') : null;
  if (!left || !right || !callee || !/\.(prepare|setup)$/.test(module.textOf(callee))) return null;
  const at = left.children.findIndex((one) => module.textOf(one) === name);
  const given = fieldOf(right, 'arguments')?.children.filter(({ type }) => type !== 'comment')[at];
  return given ? anyMakerOf(given, module, project, depth + 1) : null;
}

function ofAttribute(node: Syntax, module: PyModule, project: Project, depth: number): Maker | null {
  const member = memberOf(node);
  if (!member) return null;
  const { object, name } = member;
  if (name === 'module') return anyMakerOf(object, module, project, depth + 1);
  const around = ancestor(node, classType);
  const dotted = module.textOf(object) === 'self' ? null : project.nameOf(object, module);
  const owner = module.textOf(object) === 'self' ? module.classes.find((one) => one.node === around) : dotted === null ? undefined : project.classOf(dotted);
  const values = (owner?.attributes.get(name) ?? []).filter(({ value }) => value.type !== 'none');
  return owner && values.length > 0 && values.length <= 4 ? agreed(values.map(({ value }) => anyMakerOf(value, owner.module, project, depth + 1))) : null;
}

/** The one maker that all ways lead to, or the first with all of them. */
function agreed(makers: readonly (Maker | null)[]): Maker | null {
  const [first] = makers;
  if (!first || makers.some((one) => one === null)) return null;
  const ways = new Map(makers.flatMap((one) => waysOf(one as Maker)).map(({ call, module, name }) => [call, { call, module, name }]));
  if (ways.size === 1 && makers.every((one) => !one?.ways)) return first;
  return { call: first.call, module: first.module, name: first.name, ways: [...ways.values()].slice(0, mostWays) };
}
