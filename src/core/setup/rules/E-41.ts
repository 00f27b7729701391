// An activation that cuts logits off before a loss that expects them.

import { lossInputsOf } from '../facts/loss-inputs';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-41',
    title: 'A loss that expects logits gets logits',
    severity: 'warn',
    why: 'ReLU takes away all negative logits, tanh everything beyond one: the model cannot say that a class is unlikely, or be sure of one.',
    source: 'PyTorch, CrossEntropyLoss',
  },
  *check({ project }) {
    for (const { loss, expects, gets, at, lossAt } of yield* lossInputsOf.steps(project)) {
      yield;
      if (expects !== 'logits' || (gets !== 'relu' && gets !== 'tanh' && gets !== 'log_sigmoid')) continue;
      yield {
        kind: 'finding',
        confidence: 0.85,
        places: [at, lossAt],
        summary: `\`${loss}\` expects logits, and its input ends in ${gets}.`,
        fix: { text: 'Leave the last layer without an activation.', code: 'return self.out(x)', edits: [] },
      };
    }
  },
};
