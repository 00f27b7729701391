// The last operation that made a value: `softmax`, `sigmoid`, a linear layer. Through models of the project, wrappers and reshapes.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { returnsOf } from '../python/resolve';
import { ancestor, fieldOf, memberOf, type Syntax } from '../python/syntax';
import { flowOf } from './flow';
import { makerOf } from './makers';

export type Activation = 'softmax' | 'log_softmax' | 'sigmoid' | 'log_sigmoid' | 'tanh' | 'relu' | 'linear';

export interface LastOperation {
  readonly kind: Activation;
  readonly node: Syntax;
  readonly module: PyModule;
}

const deepest = 14;
const classType = new Set(['class_definition']);
/** Methods that change the shape, the place or the type, not the value. */
const shaping =
  /^(squeeze|unsqueeze|view|view_as|reshape|flatten|float|double|half|to|cpu|cuda|contiguous|permute|transpose|t|clone|requires_grad_|expand|type|type_as)$/;
const functions: readonly (readonly [RegExp, Activation])[] = [
  [/^torch\.(nn\.functional\.|special\.)?log_softmax$|^torch\.nn\.(modules\.\w+\.)?LogSoftmax$/, 'log_softmax'],
  [/^torch\.(nn\.functional\.)?(softmax)$|^torch\.nn\.(modules\.\w+\.)?Softmax(2d)?$/, 'softmax'],
  [/^torch\.(nn\.functional\.|special\.)?(sigmoid|expit)$|^torch\.nn\.(modules\.\w+\.)?Sigmoid$/, 'sigmoid'],
  [/^torch\.nn\.functional\.logsigmoid$|^torch\.nn\.(modules\.\w+\.)?LogSigmoid$/, 'log_sigmoid'],
  [/^torch\.(nn\.functional\.)?tanh$|^torch\.nn\.(modules\.\w+\.)?Tanh$/, 'tanh'],
  [/^torch\.(nn\.functional\.)?relu$|^torch\.nn\.(modules\.\w+\.)?ReLU$/, 'relu'],
  [/^torch\.nn\.(modules\.\w+\.)?(Linear|Conv[123]d|Bilinear)$/, 'linear'],
];
const methods: Readonly<Record<string, Activation>> = { softmax: 'softmax', log_softmax: 'log_softmax', sigmoid: 'sigmoid', tanh: 'tanh', relu: 'relu' };

const kindOf = (name: string): Activation | null => functions.find(([pattern]) => pattern.test(name))?.[1] ?? null;

/** Null where it cannot be told, or where different ways give different operations. */
export function lastOperationOf(node: Syntax, module: PyModule, project: Project, depth = 0): LastOperation | null {
  if (depth > deepest) return null;
  const next = (one: Syntax, within: PyModule = module) => lastOperationOf(one, within, project, depth + 1);
  switch (node.type) {
    case 'parenthesized_expression':
      return node.children[0] ? next(node.children[0]) : null;
    case 'identifier': {
      const found = flowOf(project).definitionsOf(node, module);
      if (found.length === 0 || found.length > 6) return null;
      return agreed(
        found.map(({ binding }) => (binding?.kind === 'assign' && binding.node.type === 'assignment' && binding.value ? next(binding.value) : null)),
      );
    }
    case 'subscript': {
      const [value, key] = [fieldOf(node, 'value'), fieldOf(node, 'subscript')];
      // `out[:, 0]` is a part of the values; of a tuple or dictionary it may be anything.
      return value && key && /^(slice|tuple)$/.test(key.type) ? next(value) : null;
    }
    case 'call':
      return ofCall(node, module, project, depth);
    default:
      return null;
  }
}

function ofCall(node: Syntax, module: PyModule, project: Project, depth: number): LastOperation | null {
  const callee = fieldOf(node, 'function');
  if (!callee) return null;
  const name = project.nameOf(callee, module);
  const kind = name === null ? null : kindOf(name);
  if (kind) return { kind, node, module };
  const method = memberOf(callee);
  const call = module.callAt(node);
  const own = call ? project.targetsOf(call) : [];
  const maker = makerOf(callee, module, project);
  if (callee.type === 'identifier' && module.textOf(callee) === 'self') return ofForward(ownerOf(node, module), project, depth);
  if (maker && maker.call !== node) return ofInstance(maker.call, maker.module, project, depth);
  const fn = own.find((one) => one.name !== '__init__' && one.name !== 'forward' && one.name !== '__call__');
  if (fn) return agreed(returnsOf(fn).map((value) => lastOperationOf(value, fn.module, project, depth + 1)));
  if (method && shaping.test(method.name)) return lastOperationOf(method.object, module, project, depth + 1);
  const torchReshape = name !== null && /^torch\.(squeeze|unsqueeze|flatten|reshape|transpose)$/.test(name);
  const [first] = fieldOf(node, 'arguments')?.children ?? [];
  if (torchReshape && first) return lastOperationOf(first, module, project, depth + 1);
  const activation = method ? methods[method.name] : undefined;
  return activation && (name === null || !/^(numpy|scipy|jax|tensorflow)\b/.test(name)) ? { kind: activation, node, module } : null;
}

const ownerOf = (node: Syntax, module: PyModule): string | null => {
  const around = ancestor(node, classType);
  return module.classes.find((one) => one.node === around)?.dotted ?? null;
};

/** What calling an instance gives: a layer, the last of a Sequential, the forward of the project's own class. */
function ofInstance(call: Syntax, module: PyModule, project: Project, depth: number): LastOperation | null {
  const callee = fieldOf(call, 'function');
  const name = callee ? project.nameOf(callee, module) : null;
  if (name === null) return null;
  const kind = kindOf(name);
  if (kind) return { kind, node: call, module };
  if (/^torch\.nn\.(modules\.\w+\.)?Sequential$/.test(name)) {
    const last = fieldOf(call, 'arguments')
      ?.children.filter(({ type }) => type !== 'comment')
      .at(-1);
    if (!last || depth > deepest) return null;
    if (last.type === 'call')
      return /Dropout$|Flatten$/.test(module.textOf(fieldOf(last, 'function') ?? last)) ? null : ofInstance(last, module, project, depth + 1);
    const maker = last.type === 'list_splat' ? null : makerOf(last, module, project);
    return maker ? ofInstance(maker.call, maker.module, project, depth + 1) : null;
  }
  return project.classOf(name) ? ofForward(name, project, depth) : null;
}

function ofForward(dotted: string | null, project: Project, depth: number): LastOperation | null {
  const forward = dotted === null ? undefined : project.functionOf(`${project.classOf(dotted)?.dotted ?? dotted}.forward`);
  if (!forward) return null;
  const returned = returnsOf(forward);
  return returned.length === 0 ? null : agreed(returned.map((value) => lastOperationOf(value, forward.module, project, depth + 1)));
}

function agreed(found: readonly (LastOperation | null)[]): LastOperation | null {
  const [first] = found;
  return first && found.every((one) => one?.kind === first.kind) ? first : null;
}
