// The losses of training loops: which variables carry the graph, and where one value of them stands for many.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import type { Binding } from '../python/names';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { flowOf } from './flow';
import { loopsOf, type Region } from './loops';
import { makerOf } from './makers';
import type { Training } from './training';

/** The expression that a training goes backward from: `loss` of `scaler.scale(loss).backward()` and of `accelerator.backward(loss)`. */
export function backwardOf({ call }: Training): Syntax | null {
  if (/(^|\.)(manual_)?backward$/.test(call.module.textOf(call.callee)) && call.args[0]) return call.args[0];
  const object = call.callee.children[0];
  if (object?.type !== 'call') return object ?? null;
  return fieldOf(object, 'arguments')?.children[0] ?? object;
}

export interface LossVariables {
  readonly training: Training;
  readonly step: Region;
  /** Bindings of what the loss is made from, the loss itself among them. */
  readonly variables: ReadonlySet<readonly Binding[]>;
}

export function lossVariablesOf(trainings: readonly Training[], project: Project): readonly LossVariables[] {
  return trainings.flatMap((training) => {
    if (training.kind !== 'loop' || (training.framework !== 'pytorch' && training.framework !== 'accelerate')) return [];
    const loss = backwardOf(training);
    const { step } = loopsOf(training, project);
    return loss && step ? [{ training, step, variables: flowOf(project).of(loss, training.module).variables }] : [];
  });
}

export const isLossName = (text: string): boolean => /loss|(^|_)(nll|kld?|bce|ce|mse|elbo|err|error|cost|objective)(_|$)/i.test(text);

/** `loss.item()`, `float(loss)`, `loss.detach().cpu()` → `loss`: what stands in the middle. */
export function strippedOf(node: Syntax, module: PyModule): Syntax {
  let at = node;
  for (;;) {
    if (at.type === 'parenthesized_expression' && at.children[0]) at = at.children[0];
    else if (at.type === 'attribute' && /\.data$/.test(module.textOf(at)) && at.children[0]) at = at.children[0];
    else if (at.type === 'call') {
      const callee = fieldOf(at, 'function');
      const [first] = fieldOf(at, 'arguments')?.children ?? [];
      const word = callee ? module.textOf(callee) : '';
      if (callee?.type === 'identifier' && /^(float|round|abs)$/.test(word) && first) at = first;
      else if (callee?.type === 'attribute' && /\.(item|detach|cpu|numpy|tolist|mean|data|clone|float)$/.test(word) && callee.children[0])
        at = callee.children[0];
      else return at;
    } else return at;
  }
}

const detaching = /^(item|detach|detach_|numpy|tolist|data|shape|size|dtype|device)$/;
const keeping = /^(mean|sum|cpu|cuda|to|clone|squeeze|float|double|view|reshape)$/;

/** Whether a name's tensor reaches the whole expression with its graph: through arithmetic and methods that keep it. */
export function keepsGraph(name: Syntax, whole: Syntax, module: PyModule): boolean {
  for (let at: Syntax = name; at !== whole; ) {
    const { parent } = at;
    if (!parent) return false;
    if (parent.type === 'attribute') {
      const attribute = fieldOf(parent, 'attribute');
      const word = attribute ? module.textOf(attribute) : '';
      if (detaching.test(word) || !keeping.test(word)) return false;
    } else if (parent.type === 'call') {
      if (at.field !== 'function') return false;
    } else if (!/^(binary_operator|parenthesized_expression|unary_operator|expression_list|list|tuple)$/.test(parent.type)) return false;
    at = parent;
  }
  return true;
}

/** Whether all that a name holds at a use still has its graph: no `loss = loss.item()` before it. */
export function isTensorAt(name: Syntax, module: PyModule, project: Project): boolean {
  const found = flowOf(project).definitionsOf(name, module);
  return found.length > 0 && found.every(({ value }) => value === null || !/\.(item|detach|numpy|tolist)\(|\.data\b|^float\(/.test(module.textOf(value)));
}

const meanLosses = /^torch\.nn\.functional\.(cross_entropy|nll_loss|mse_loss|l1_loss|smooth_l1_loss|huber_loss|binary_cross_entropy(_with_logits)?|kl_div)$/;
const meanClasses =
  /^torch\.nn\.(CrossEntropy|NLL|MSE|L1|SmoothL1|Huber|BCE|BCEWithLogits|KLDiv|MultiLabelSoftMargin|MultiLabelMargin|MultiMargin|SoftMargin|GaussianNLL|PoissonNLL|TripletMargin)Loss$/;

/** Whether an expression is a loss that is the mean over the examples of a batch. */
export function isMeanLoss(node: Syntax, module: PyModule, project: Project): boolean {
  const callee = node.type === 'call' ? fieldOf(node, 'function') : null;
  const name = callee ? project.nameOf(callee, module) : null;
  if (!callee || name === null) return false;
  const other = /reduction\s*=\s*["'](sum|none)|size_average\s*=\s*False|reduce\s*=\s*False/;
  if (meanLosses.test(name)) return !/reduction|size_average|reduce/.test(module.textOf(node)) || /reduction\s*=\s*["']mean/.test(module.textOf(node));
  if (!meanClasses.test(name)) return false;
  const maker = makerOf(callee, module, project);
  return (
    maker !== null && maker.call !== node && !other.test(maker.module.textOf(maker.call)) && !/reduction\s*=\s*(?!["'])/.test(maker.module.textOf(maker.call))
  );
}

/** `n += len(y)`, `seen += x.size(0)` in a loop: it counts examples. */
export function countsExamples(name: string, loop: Syntax, module: PyModule): boolean {
  for (const node of walk(loop)) {
    if (node.type !== 'augmented_assignment') continue;
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    if (left && right && module.textOf(left) === name && /^(len\(\w+\)|[\w.]+\.size\(0\)|[\w.]+\.shape\[0\]|[\w.]+\.size\(\)\[0\])$/.test(module.textOf(right)))
      return true;
  }
  return false;
}
