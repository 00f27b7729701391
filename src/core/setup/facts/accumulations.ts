// What is added up over the batches of an epoch, and what the sum is divided by.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { ancestor, fieldOf, memberOf, mentions, nodesOf, type Syntax, walk } from '../python/syntax';
import { flowOf } from './flow';
import { countsExamples, isMeanLoss, strippedOf } from './losses';

const forLoops = new Set(['for_statement']);

interface Accumulation {
  readonly target: Syntax;
  readonly value: Syntax;
}

/** What a statement adds, and to what: directly, or through a meter of the project. */
export const accumulatedBy = (node: Syntax, module: PyModule, project: Project): Accumulation | null => added(node, module) ?? metered(node, module, project);

/** `a += v`, `a = a + v`, `a.append(v)`. */
function added(node: Syntax, module: PyModule): Accumulation | null {
  if (node.type === 'augmented_assignment') {
    const [target, operator, value] = [fieldOf(node, 'left'), fieldOf(node, 'operator'), fieldOf(node, 'right')];
    return target && value && operator && module.textOf(operator) === '+=' ? { target, value } : null;
  }
  if (node.type === 'assignment') {
    const [target, value] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const left = value?.type === 'binary_operator' ? fieldOf(value, 'left') : null;
    return target && value && left && module.textOf(left) === module.textOf(target) ? { target, value } : null;
  }
  if (node.type !== 'call') return null;
  const method = memberOf(fieldOf(node, 'function'));
  const [value] = fieldOf(node, 'arguments')?.children ?? [];
  return method?.name === 'append' && value ? { target: method.object, value } : null;
}

/** `meter.update(loss, n)`, where the project's own meter adds up what it is given, as it is. */
function metered(node: Syntax, module: PyModule, project: Project): Accumulation | null {
  const call = project.callAt(node, module);
  const [value] = call?.args ?? [];
  const object = memberOf(call?.callee)?.object;
  if (!call || !value || !object || !/\.(update|add|accumulate)$/.test(module.textOf(call.callee))) return null;
  const [fn, other] = project.targetsOf(call);
  const parameter = fn?.owner && !other ? fieldOf(fn.node, 'parameters')?.children[1] : undefined;
  const name = fn && parameter ? fn.module.textOf(fieldOf(parameter, 'name') ?? parameter.children[0] ?? parameter) : '';
  const body = fn ? fn.module.textOf(fn.node) : '';
  const adds = new RegExp(`self\\.\\w+\\s*\\+=[^\\n]*\\b${name}\\b`);
  return /^\w+$/.test(name) && adds.test(body) && !/item\(|detach|float\(|tolist|numpy/.test(body) ? { target: object, value } : null;
}

const batchSize = /^(len\(\w+\)|[\w.]+\.size\(0\)|[\w.]+\.shape\[0\]|[\w.]+\.size\(\)\[0\])$/;

/** The size of something that comes anew in each round of the loop around: `len(loader)` is none. */
export function isBatchSize(divisor: Syntax, node: Syntax, module: PyModule): boolean {
  const loop = ancestor(node, forLoops);
  const rows = [...walk(divisor)].find(({ type, field }) => type === 'identifier' && field !== 'function');
  if (!loop || !rows || !batchSize.test(module.textOf(divisor))) return false;
  const targets = [loop, ...nodesOf(loop, 'assignment')].map((one) => fieldOf(one, 'left')).filter((one) => one !== null);
  return targets.some((left) => mentions(left, module.textOf(rows)));
}

/** What stands for a loss, stripped of `.item()` and the like, is everywhere the mean of its batch. */
export function isMeanOfBatch(value: Syntax, module: PyModule, project: Project): boolean {
  const loss = strippedOf(value, module);
  const made =
    loss.type === 'identifier'
      ? flowOf(project)
          .definitionsOf(loss, module)
          .map((one) => one.value)
      : [loss];
  return made.length > 0 && made.every((one) => one !== null && isMeanLoss(one, module, project));
}

/** `total / len(loader.dataset)`, `total /= seen`. */
export function dividesByExamples(node: Syntax, total: string, loop: Syntax, module: PyModule): boolean {
  const operator = fieldOf(node, 'operator');
  const word = operator ? module.textOf(operator) : '';
  if (!(node.type === 'binary_operator' && word === '/') && !(node.type === 'augmented_assignment' && word === '/=')) return false;
  const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
  if (!left || !right || module.textOf(left) !== total) return false;
  return /^len\([\w.]+\.dataset\)$/.test(module.textOf(right)) || (right.type === 'identifier' && countsExamples(module.textOf(right), loop, module));
}
