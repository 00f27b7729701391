// An activation applied twice, or missing, for the loss in use.

import { type LossInput, lossInputsOf } from '../facts/loss-inputs';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-29',
    title: 'The activation fits the loss',
    severity: 'warn',
    why: 'A loss that applies softmax or sigmoid itself gets values between 0 and 1 instead of logits: gradients become small and the model learns slowly or badly. A loss that expects probabilities gives nonsense for logits.',
    source: 'PyTorch, CrossEntropyLoss and BCEWithLogitsLoss; Keras, from_logits',
  },
  *check({ project }) {
    for (const input of yield* lossInputsOf.steps(project)) {
      yield;
      const said = faultOf(input);
      if (!said) continue;
      yield {
        kind: 'finding',
        confidence: 0.9,
        places: [input.at, input.lossAt],
        summary: said.summary,
        fix: { text: said.text, code: said.code, edits: [] },
      };
    }
  },
};

function faultOf({ loss, expects, gets }: LossInput): { readonly summary: string; readonly text: string; readonly code: string | null } | null {
  if (expects === 'logits' && (gets === 'softmax' || gets === 'sigmoid'))
    return {
      summary: `\`${loss}\` applies its own activation, and its input has gone through ${gets} already.`,
      text: `Give the loss logits; apply ${gets} where probabilities are needed.`,
      code: `loss = loss_fn(logits, y)\nprob = logits.${gets}(${gets === 'softmax' ? 'dim=1' : ''})`,
    };
  if (expects === 'log-probabilities' && (gets === 'softmax' || gets === 'linear' || gets === 'sigmoid'))
    return {
      summary: `\`${loss}\` expects log-probabilities and gets ${gets === 'linear' ? 'the output of a linear layer' : `those of ${gets}`}.`,
      text: 'Apply log_softmax, or use cross entropy on logits.',
      code: 'loss = F.cross_entropy(logits, y)',
    };
  if (expects === 'probabilities' && gets === 'linear')
    return {
      summary: `\`${loss}\` expects probabilities and gets the output of a linear layer.`,
      text: 'Use the loss that takes logits, or apply the activation.',
      code: /crossentropy/i.test(loss) ? 'loss=keras.losses.BinaryCrossentropy(from_logits=True)' : 'loss = F.binary_cross_entropy_with_logits(logits, y)',
    };
  return null;
}
