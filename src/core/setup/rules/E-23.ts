// A model chosen by values of the training data, or of the test data.

import { evaluationsDuring, evaluationsOf } from '../facts/evaluation';
import { selectionsOf } from '../facts/selection';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-23',
    title: 'The model is chosen on validation data',
    severity: 'critical',
    why: 'What was chosen by a score looks better on that score than it is: chosen on test data the reported result is too good, chosen on training data the most overfitted model wins.',
    source: 'Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 7.2; Cawley & Talbot, JMLR 11 (2010)',
  },
  *check({ project, trainings }) {
    const evaluations = yield* evaluationsOf.steps(trainings, project);
    const heldOut = trainings.some((training) =>
      evaluationsDuring(training, evaluations, project).some(
        ({ splits, kind }) => kind === 'hook' || splits.some((split) => split !== null && split !== 'train'),
      ),
    );
    for (const selection of selectionsOf(project, trainings, evaluations)) {
      yield;
      if (!selection) continue;
      const { split, module, node, by, what, confidence, isBeside = false, place } = selection;
      // Without held-out values the training loss takes nobody's place: that is E-07.
      if (split === 'validation' || (split === 'train' && !heldOut && !isBeside)) continue;
      yield {
        kind: 'finding',
        confidence,
        places: [...(place ? [{ place }] : []), { module, node }],
        summary: `${what[0]?.toUpperCase()}${what.slice(1)} is chosen by \`${by}\`, a value of the ${split === 'test' ? 'test' : 'training'} data.`,
        fix: {
          text:
            split === 'test'
              ? 'Split a validation part off the training data, choose by it, and score the test data once, at the end.'
              : 'Choose by the value of the validation data.',
          code: split === 'test' ? 'X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, test_size=0.1, random_state=seed)' : null,
          edits: [],
        },
      };
    }
  },
};
