// Losses that are booked wrongly: with their graph, one batch for all, means divided by examples.

import { accumulatedBy, dividesByExamples, isBatchSize, isMeanOfBatch } from '../facts/accumulations';
import { flowOf, isWithin } from '../facts/flow';
import { logCallsOf } from '../facts/logging';
import { headOf } from '../facts/loops';
import { isLossName, isTensorAt, keepsGraph, type LossVariables, lossVariablesOf, strippedOf } from '../facts/losses';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { ancestor, fieldOf, mentions, nodesOf, type Syntax, walk } from '../python/syntax';
import type { Found, SetupRule } from '../rule';
import { allOf, appendTo } from '../statements';

const functionType = new Set(['function_definition']);
const forLoops = new Set(['for_statement']);

export const rule: SetupRule = {
  meta: {
    id: 'E-28',
    title: 'The loss of an epoch is the mean over its examples',
    severity: 'warn',
    why: 'A loss that is summed up as a tensor keeps the graph of every step in memory; the loss of one batch, or a sum divided by the wrong number, is not the loss of the epoch.',
    source: 'PyTorch, “Frequently asked questions: my model reports out of memory”',
  },
  *check({ project, trainings }) {
    const losses = lossVariablesOf(trainings, project);
    for (const one of losses) {
      yield;
      yield* keptGraphs(one, project);
    }
    yield* lastBatches(losses, project);
    yield* wrongDivisors(project);
    yield* dividedMeans(project);
  },
};

/** `total += loss` in the loop of steps: the sum drags along what each step needed. */
function* keptGraphs({ step: { module, node: loop }, variables }: LossVariables, project: Project): Iterable<Found> {
  const flow = flowOf(project);
  for (const node of walk(loop, (at) => at.type !== 'function_definition')) {
    const kept = accumulatedBy(node, module, project);
    if (!kept) continue;
    const { target, value } = kept;
    if (/no_grad|inference_mode/.test(headsAround(node, module))) continue;
    const root = module.textOf(target).split(/[.[]/)[0] as string;
    const targetBindings = target.type === 'identifier' ? flow.variableOf(target, module) : [];
    if (variables.has(targetBindings) || backwardIsCalledOn(module.textOf(target), module) || isSetInside(root, target, loop, module)) continue;
    for (const name of walk(value)) {
      if (name.type !== 'identifier' || name.field === 'attribute') continue;
      const bindings = flow.variableOf(name, module);
      if (!variables.has(bindings) || !isLossName(module.textOf(name)) || module.textOf(name) === module.textOf(target)) continue;
      if (!keepsGraph(name, value, module) || !isTensorAt(name, module, project)) continue;
      const edit = appendTo(name, '.detach()', module);
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: [{ module, node }],
        summary: `\`${module.textOf(target)}\` collects \`${module.textOf(name)}\` with its graph: memory grows with every step.`,
        fix: {
          text: 'Detach the loss, or take its number with .item().',
          code: `${module.textOf(target)} += ${module.textOf(name)}.item()`,
          edits: allOf([edit]),
        },
      };
      break;
    }
  }
}

function headsAround(node: Syntax, module: PyModule): string {
  let text = '';
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'with_statement') text += module.textOf(at.children[0] ?? at).slice(0, 200);
  return text;
}

const backwardIsCalledOn = (target: string, module: PyModule): boolean =>
  module.calls.some(({ callee }) => callee.type === 'attribute' && /\.backward$/.test(module.textOf(callee)) && module.textOf(callee).startsWith(`${target}.`));

/** Begun anew in each round of the loop. */
function isSetInside(name: string, target: Syntax, loop: Syntax, _module: PyModule): boolean {
  if (target.type !== 'identifier') return false;
  for (const node of walk(loop)) {
    if (node.type !== 'assignment' || isWithin(target, node)) continue;
    const left = fieldOf(node, 'left');
    if (left && mentions(left, name)) return true;
  }
  return false;
}

/** A value of the last batch, stored after the loop over batches. */
function* lastBatches(losses: readonly LossVariables[], project: Project): Iterable<Found | undefined> {
  const flow = flowOf(project);
  for (const { kind, call, names, step } of logCallsOf(project)) {
    yield;
    if (kind !== 'metrics') continue;
    for (const { text, value } of names) {
      const name = value ? strippedOf(value, call.module) : null;
      if (name?.type !== 'identifier') continue;
      const { module } = call;
      const loop = loopOfLast(name, call, project);
      // `range` repeats updates on what is at hand; a loop over data goes from batch to batch.
      if (!loop || /epoch|fold|seed|trial|rank|\bin range\(/i.test(headOf({ module, node: loop }))) continue;
      const isLoss =
        losses.some(({ variables, step: around }) => around.module === module && around.node === loop && variables.has(flow.variableOf(name, module))) &&
        isLossName(module.textOf(name));
      if (!isLoss || (step && isCountedIn(step, loop, module))) continue;
      yield {
        kind: 'finding',
        confidence: 0.85,
        places: [{ module, node: call.node }],
        summary: `\`${text}\` stores the loss of the last batch for all batches before it.`,
        fix: {
          text: 'Sum loss × size over the batches and store the sum divided by the number of examples.',
          code: `total += ${module.textOf(name)}.item() * len(y)\nseen += len(y)\n# after the loop\n${text}: total / seen`,
          edits: [],
        },
      };
      break;
    }
  }
}

/** The loop, ended before a call, in which a name got every value that it can have; null where it has others, or sums up. */
function loopOfLast(name: Syntax, call: NamedCall, project: Project): Syntax | null {
  const { module } = call;
  const found = flowOf(project).definitionsOf(name, module);
  const inLoops = found.map(({ node, value }) => {
    if (node.type !== 'assignment' || ancestor(node, functionType) !== (call.within?.node ?? null)) return null;
    if (value && /^(integer|float|none)$/.test(value.type)) return 'start';
    if (value && mentions(value, module.textOf(name))) return null;
    let loop: Syntax | null = node.parent;
    let last: Syntax | null = null;
    for (; loop && loop.type !== 'function_definition'; loop = loop.parent) {
      if (isWithin(call.node, loop)) break;
      if (loop.type === 'for_statement' || loop.type === 'while_statement') last = loop;
    }
    return last;
  });
  const [loop] = inLoops.filter((one) => one !== 'start');
  return loop && inLoops.every((one) => one === 'start' || one === loop) ? (loop as Syntax) : null;
}

/** A step that counts batches: the value is a sample of the curve, not an epoch's. */
function isCountedIn(step: Syntax, loop: Syntax, module: PyModule): boolean {
  const names = new Set([...walk(step)].filter(({ type }) => type === 'identifier').map((one) => module.textOf(one)));
  for (const node of walk(loop)) {
    const left = node.type === 'augmented_assignment' || node.type === 'assignment' || node.type === 'for_statement' ? fieldOf(node, 'left') : null;
    if (left && [...walk(left)].some((one) => one.type === 'identifier' && names.has(module.textOf(one)))) return true;
  }
  return false;
}

/** `total += loss.item()` with a mean over the batch, then `total / len(loader.dataset)`. */
function* wrongDivisors(project: Project): Iterable<Found | undefined> {
  for (const module of project.modules) {
    yield;
    for (const node of nodesOf(module.root, 'augmented_assignment')) {
      const [target, operator, right] = [fieldOf(node, 'left'), fieldOf(node, 'operator'), fieldOf(node, 'right')];
      if (!target || !right || !operator || target.type !== 'identifier' || module.textOf(operator) !== '+=') continue;
      const loop = ancestor(node, forLoops);
      if (!loop || right.type !== 'call' || !project.reaches({ node, within: module.functionAround(node), module })) continue;
      if (!isMeanOfBatch(right, module, project)) continue;
      const around = module.functionAround(node)?.node ?? module.root;
      const division = [...walk(around)].find((one) => one.from > node.to && dividesByExamples(one, module.textOf(target), loop, module));
      if (!division) continue;
      yield {
        kind: 'finding',
        confidence: 0.85,
        places: [
          { module, node: division },
          { module, node },
        ],
        summary: `Means over batches are summed in \`${module.textOf(target)}\` and divided by the number of examples: the loss comes out too small by the batch size.`,
        fix: { text: 'Weigh each batch by its size, or divide by the number of batches.', code: `${module.textOf(target)} += loss.item() * len(y)`, edits: [] },
      };
    }
  }
}

/** `total += loss.item() / x.size(0)`, where the loss is the mean of the batch already. */
function* dividedMeans(project: Project): Iterable<Found | undefined> {
  for (const module of project.modules) {
    yield;
    for (const node of nodesOf(module.root, 'augmented_assignment')) {
      const right = fieldOf(node, 'right');
      const [left, operator, divisor] =
        right?.type === 'binary_operator' ? [fieldOf(right, 'left'), fieldOf(right, 'operator'), fieldOf(right, 'right')] : [null, null, null];
      if (!right || !left || !operator || !divisor || module.textOf(operator) !== '/' || !isBatchSize(divisor, node, module)) continue;
      if (!project.reaches({ node, within: module.functionAround(node), module }) || !isMeanOfBatch(left, module, project)) continue;
      yield {
        kind: 'finding',
        confidence: 0.85,
        places: [{ module, node }],
        summary: `\`${module.textOf(left)}\` is the mean over the batch already, and is divided by the size of the batch again.`,
        fix: { text: 'Sum the mean times the size, and divide once by the number of examples.', code: 'total += loss.item() * len(y)', edits: [] },
      };
    }
  }
}
