// Gradients that are never cleared.

import type { SetupRule } from '../rule';

const clears = /(^|\.)(zero_grad|zero_gradients)$/;
const steps = /(^|\.)step$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-27',
    title: 'Gradients are cleared, and steps are taken in order',
    severity: 'critical',
    why: 'Without zero_grad every step adds to the gradients of all steps before: the training follows a sum that nobody meant.',
    source: 'Zhang et al., CAIN 2022, “Gradients not cleared before backward propagation”',
  },
  *check({ project, trainings }) {
    for (const training of trainings) {
      if (training.kind !== 'loop' || (training.framework !== 'pytorch' && training.framework !== 'accelerate')) continue;
      const { module, outerLoop, stepLoop, call } = training;
      if (!stepLoop) continue;
      const written = project.calls
        .filter((one) => one.module === module && one.callee.type === 'attribute')
        .map((one) => ({ one, text: module.textOf(one.callee) }));
      const inside = written.filter(({ one }) => (outerLoop ?? stepLoop).from <= one.node.from && one.node.to <= (outerLoop ?? stepLoop).to);
      const optimiserSteps = inside.some(({ one, text }) => steps.test(text) && one.args.length === 0);
      // Anywhere in the project: a helper may clear, and a gradient may be set to None by hand.
      const cleared =
        project.calls.some((one) => clears.test(one.module.textOf(one.callee))) ||
        project.modules.some(({ code }) => /\.grad\s*=\s*None|\.grad\.(zero_|data\.zero_)/.test(code.text));
      if (!optimiserSteps || cleared) continue;
      yield {
        kind: 'finding',
        confidence: 0.95,
        places: [{ module, node: call.node }],
        summary: 'Nothing clears the gradients between steps.',
        fix: { text: 'Clear the gradients before each backward pass.', code: 'optimizer.zero_grad()\nloss.backward()\noptimizer.step()', edits: [] },
      };
    }
  },
  examples: {
    fires: [
      {
        title: 'a plain loop without zero_grad',
        files: {
          'train.py':
            'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    opt.step()\n',
        },
        at: 'train.py:6',
      },
    ],
    silent: [
      {
        title: 'zero_grad of the model',
        files: {
          'train.py':
            'import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    net.zero_grad()\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    opt.step()\n',
        },
      },
    ],
  },
};
