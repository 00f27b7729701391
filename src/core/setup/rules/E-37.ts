// A loader of training data that gives the same batches in each epoch.

import { flowOf } from '../facts/flow';
import { loopsOf } from '../facts/loops';
import { makerOf } from '../facts/makers';
import { splitOfExpression } from '../facts/splits';
import type { PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import type { SetupRule } from '../rule';
import { keywordAdded } from '../write';

const loader = /^torch\.utils\.data(\.dataloader)?\.DataLoader$/;
/** Data that has an order of its own to be shuffled: known kinds, so that a stream or a sampler of the data set itself is none. */
const mapped = /^torchvision\.datasets\.\w+$|^torch\.utils\.data(\.dataset)?\.TensorDataset$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-37',
    title: 'Training data is shuffled in each epoch',
    severity: 'warn',
    why: 'Batches in the order of the files see one class after the other, and are the same in each epoch: gradients are biased and the model learns worse.',
    source: 'Bottou, “Stochastic gradient descent tricks”, 2012',
  },
  *check({ project, trainings }) {
    const flow = flowOf(project);
    const told = new Set<unknown>();
    for (const training of trainings) {
      yield;
      const { step, epoch } = loopsOf(training, project);
      const over = step?.node.type === 'for_statement' ? fieldOf(step.node, 'right') : null;
      if (!step || !over || epoch === step) continue;
      // What another library gives back may draw its batches otherwise: `model, opt, loader = engine.make_private(…)`.
      if ([...flow.of(over, step.module).nodes].some(([node, module]) => isGivenBack(node, module))) continue;
      for (const [node, module] of flow.of(over, step.module).nodes) {
        const call = project.callAt(node, module);
        if (!call?.name || !loader.test(call.name) || told.has(node) || call.splat) continue;
        const shuffle = call.keywords.get('shuffle') ?? call.args[2];
        if ((shuffle && shuffle.type !== 'false') || ['sampler', 'batch_sampler'].some((one) => call.keywords.has(one)) || call.args.length > 3) continue;
        const data = call.keywords.get('dataset') ?? call.args[0];
        const made = data ? makerOf(data, call.module, project) : null;
        const text = call.module.textOf(call.node);
        // Of several loaders that one function returns, the one for held-out data.
        const target = call.node.parent?.type === 'assignment' ? fieldOf(call.node.parent, 'left') : null;
        if ([target, data].some((one) => one && (splitOfExpression(one, call.module) ?? 'train') !== 'train')) continue;
        // One batch holds everything; series and memories have an order that counts.
        if (!made?.name || !mapped.test(made.name) || /batch_size\s*=\s*len|seq|series|window|stateful|time|bptt/i.test(text)) continue;
        told.add(node);
        yield {
          kind: 'finding',
          confidence: shuffle ? 0.75 : 0.9,
          places: [{ module: call.module, node: call.node }],
          summary: 'The loader of the training data does not shuffle.',
          fix: {
            text: 'Shuffle the training data.',
            code: 'DataLoader(train_set, batch_size=64, shuffle=True)',
            edits: shuffle ? [] : keywordAdded(call.module, call.node, 'shuffle=True'),
          },
        };
      }
    }
  },
};

/** A call whose several results take the names of what it was given. */
function isGivenBack(node: Syntax, module: PyModule): boolean {
  const [callee, left] = [fieldOf(node, 'function'), node.parent?.type === 'assignment' ? fieldOf(node.parent, 'left') : null];
  return node.type === 'call' && callee?.type === 'attribute' && left?.type === 'pattern_list' && !/\.(prepare|setup\w*)$/.test(module.textOf(callee));
}
