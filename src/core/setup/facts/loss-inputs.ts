// What goes into losses that expect a certain activation, of PyTorch and of Keras.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { type Activation, lastOperationOf } from './activations';
import { flowOf } from './flow';
import { makerOf } from './makers';

export interface LossInput {
  readonly loss: string;
  readonly expects: 'logits' | 'probabilities' | 'log-probabilities';
  readonly gets: Activation;
  /** Where the activation is, and where the loss is computed. */
  readonly at: { readonly module: PyModule; readonly node: Syntax };
  readonly lossAt: { readonly module: PyModule; readonly node: Syntax };
}

const torchLosses: readonly (readonly [RegExp, LossInput['expects']])[] = [
  [/^torch\.nn\.(functional\.cross_entropy|(modules\.\w+\.)?CrossEntropyLoss)$/, 'logits'],
  [/^torch\.nn\.(functional\.binary_cross_entropy_with_logits|(modules\.\w+\.)?BCEWithLogitsLoss)$/, 'logits'],
  [/^torch\.nn\.(functional\.(multilabel_soft_margin_loss)|(modules\.\w+\.)?MultiLabelSoftMarginLoss)$/, 'logits'],
  [/^torchvision\.ops\.sigmoid_focal_loss$/, 'logits'],
  [/^torch\.nn\.(functional\.nll_loss|(modules\.\w+\.)?NLLLoss)$/, 'log-probabilities'],
  [/^torch\.nn\.(functional\.binary_cross_entropy|(modules\.\w+\.)?BCELoss)$/, 'probabilities'],
];

/** Every loss of the project whose input's activation can be told. */
export const lossInputsOf = factOf(function* (project: Project): Steps<readonly LossInput[]> {
  return [...(yield* gathered(project.calls, (call) => ofTorch(call, project))), ...(yield* gathered(project.calls, (call) => ofKeras(call, project)))];
});

function ofTorch({ name, node, module, callee, args, keywords }: NamedCall, project: Project): readonly LossInput[] {
  const expects = name === null ? undefined : torchLosses.find(([pattern]) => pattern.test(name))?.[1];
  if (!expects || name === null) return [];
  const input = keywords.get('input') ?? args[0];
  // `nn.CrossEntropyLoss(weight)` makes a loss; it computes none.
  const isMade = /Loss$/.test(name) && /(^|\.)\w*Loss$/.test(module.textOf(callee)) && makerOf(callee, module, project) === null;
  const last = input && !isMade ? lastOperationOf(input, module, project) : null;
  return last ? [{ loss: name.split('.').at(-1) ?? name, expects, gets: last.kind, at: last, lossAt: { module, node } }] : [];
}

const kerasCompile = /^(tensorflow\.keras|keras|tf_keras)(\.\w+)*\.compile$/;
const crossentropies = /^(binary|categorical|sparse_?categorical)_?crossentropy$/i;

function ofKeras({ name, module, callee, keywords, args }: NamedCall, project: Project): readonly LossInput[] {
  if (name === null || !kerasCompile.test(name) || callee.type !== 'attribute') return [];
  const loss = keywords.get('loss') ?? args[1];
  const expects = loss ? kerasExpects(loss, module, project) : null;
  const last = expects && callee.children[0] ? kerasLast(callee.children[0], module, project) : null;
  return loss && expects && last ? [{ loss: module.textOf(loss).split('(')[0] as string, expects, ...last, lossAt: { module, node: loss } }] : [];
}

/** Of a loss by name or object; null where it has no from_logits, or it cannot be told. */
function kerasExpects(loss: Syntax, module: PyModule, project: Project): 'logits' | 'probabilities' | null {
  const word = constantOf(loss, module);
  if (typeof word === 'string') return crossentropies.test(word) ? 'probabilities' : null;
  const maker = makerOf(loss, module, project);
  const made = maker?.name?.split('.').at(-1) ?? '';
  if (!maker || !crossentropies.test(made)) return null;
  const given = fieldOf(maker.call, 'arguments')?.children.find((one) => one.type === 'keyword_argument' && /^from_logits/.test(maker.module.textOf(one)));
  const [first] = fieldOf(maker.call, 'arguments')?.children ?? [];
  const value = given ? fieldOf(given, 'value') : first && first.type !== 'keyword_argument' ? first : null;
  const flag = value ? constantOf(value, maker.module) : false;
  return flag === true ? 'logits' : flag === false ? 'probabilities' : null;
}

/** The activation of the last layer of a Sequential or a functional model. */
function kerasLast(model: Syntax, module: PyModule, project: Project): Pick<LossInput, 'gets' | 'at'> | null {
  const maker = makerOf(model, module, project);
  if (!maker?.name) return null;
  const list = fieldOf(maker.call, 'arguments')?.children.filter(({ type }) => type !== 'comment') ?? [];
  if (/\.Sequential$/.test(maker.name)) {
    // `model.add(…)` comes after what it was made with.
    const added = project.calls.filter(
      ({ name, callee, args }) =>
        /\.Sequential\.add$/.test(name ?? '') &&
        args.length === 1 &&
        callee.children[0] &&
        makerOf(callee.children[0], maker.module, project)?.call === maker.call,
    );
    const layers = list[0]?.type === 'list' ? list[0].children.filter(({ type }) => type !== 'comment') : [];
    if (list[0]?.type === 'identifier') return appended(list[0], maker.module, project);
    if (list[0] && list[0].type !== 'list' && list[0].type !== 'keyword_argument') return null;
    const last = added.at(-1)?.args[0] ?? layers.at(-1);
    return last ? ofLayer(last, added.at(-1)?.module ?? maker.module, project) : null;
  }
  if (!/\.Model$/.test(maker.name)) return null;
  const outputs = list.find((one) => one.type === 'keyword_argument' && /^outputs/.test(maker.module.textOf(one)));
  const output = outputs ? fieldOf(outputs, 'value') : list[1];
  return output ? ofOutput(output, maker.module, project) : null;
}

/** `layers.append(Dense(1))` and then `Sequential(layers)`: the last that surely stands at the end. */
function appended(layers: Syntax, module: PyModule, project: Project): Pick<LossInput, 'gets' | 'at'> | null {
  const name = module.textOf(layers);
  const within = module.functionAround(layers);
  const last = module.calls.findLast((call) => call.within === within && call.node.to < layers.from && module.textOf(call.callee) === `${name}.append`);
  const statement = last?.node.parent;
  // Under a condition or in a loop it need not be there.
  const isSure = statement?.type === 'expression_statement' && statement.parent === (within ? fieldOf(within.node, 'body') : module.root);
  return last?.args[0] && isSure ? ofLayer(last.args[0], module, project) : null;
}

/** `Dense(1, activation="sigmoid")(x)`, through a name. */
function ofOutput(output: Syntax, module: PyModule, project: Project): Pick<LossInput, 'gets' | 'at'> | null {
  if (output.type === 'identifier') {
    const found = flowOf(project).definitionsOf(output, module);
    const [only] = found;
    return found.length === 1 && only?.binding?.kind === 'assign' && only.binding.value ? ofOutput(only.binding.value, module, project) : null;
  }
  const callee = output.type === 'call' ? fieldOf(output, 'function') : null;
  return callee?.type === 'call' ? ofLayer(callee, module, project) : null;
}

function ofLayer(layer: Syntax, module: PyModule, project: Project): Pick<LossInput, 'gets' | 'at'> | null {
  const callee = layer.type === 'call' ? fieldOf(layer, 'function') : null;
  const name = callee ? (project.nameOf(callee, module) ?? '') : '';
  const list = fieldOf(layer, 'arguments')?.children ?? [];
  const at = { module, node: layer };
  if (/\.Softmax$/.test(name)) return { gets: 'softmax', at };
  const position = /\.Activation$/.test(name) ? 0 : /\.Dense$/.test(name) ? 1 : null;
  if (position === null || !/keras/.test(name) || list.some(({ type }) => type === 'dictionary_splat')) return null;
  const keyword = list.find((one) => one.type === 'keyword_argument' && /^activation\b/.test(module.textOf(one)));
  const given = keyword ? fieldOf(keyword, 'value') : list.filter(({ type }) => type !== 'keyword_argument')[position];
  if (!given) return { gets: 'linear', at };
  const value = constantOf(given, module);
  const word = typeof value === 'string' ? value : value === null ? 'linear' : (/(softmax|sigmoid|tanh|relu|linear)$/.exec(module.textOf(given))?.[1] ?? '');
  return /^(softmax|sigmoid|tanh|relu|linear)$/.test(word) ? { gets: word as Activation, at } : null;
}
