// Held-out rows that speak in the training.

import { type Leak, leaksOf } from '../facts/leaks';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-25',
    title: 'Nothing is learnt from rows that are held out',
    severity: 'critical',
    why: 'What was learnt from the held-out rows, or from the target, makes the score on them better than it will be on new data.',
    source: 'Kaufman et al., TKDD 6 (2012), “Leakage in data mining”; scikit-learn, “Common pitfalls”',
  },
  *check({ project }) {
    for (const leak of yield* leaksOf.steps(project)) {
      yield;
      const { module, node, others, confidence } = leak;
      yield { kind: 'finding', confidence, places: [{ module, node }, ...others], ...wordsOf(leak) };
    }
  },
};

const pipeline = 'model = make_pipeline(StandardScaler(), Ridge())\nmodel.fit(X_train, y_train)\nmodel.score(X_test, y_test)';

function wordsOf({ kind, what }: Leak) {
  switch (kind) {
    case 'fitted':
      return {
        summary: `${what} is fitted on all rows before they are split.`,
        fix: { text: 'Split first and fit on the training rows, best inside of a pipeline.', code: pipeline, edits: [] },
      };
    case 'copied':
      return {
        summary: `\`${what}\` copies rows before they are split: copies of one row stand on both sides.`,
        fix: {
          text: 'Split first, and copy rows of the training part only.',
          code: 'train, test = train_test_split(rows, stratify=rows[target], random_state=seed)\ntrain = copies_of(train)',
          edits: [],
        },
      };
    case 'statistic':
      return {
        summary: `A statistic of all rows goes back into them before they are split: \`${what.length > 60 ? `${what.slice(0, 57)}…` : what}\`.`,
        fix: {
          text: 'Split first and take the statistic from the training rows.',
          code: 'mean = train.mean(numeric_only=True)\ntrain, test = train.fillna(mean), test.fillna(mean)',
          edits: [],
        },
      };
    case 'held-out':
      return {
        summary: `${what} is fitted on held-out rows.`,
        fix: { text: 'Fit on the training rows; transform the held-out ones.', code: 'X_test = scaler.transform(X_test)', edits: [] },
      };
    case 'target':
      return {
        summary: `The feature \`${what}\` is made of the target.`,
        fix: {
          text: 'Drop the column from the features, or make it of values that are known before the target is.',
          code: `X = df.drop(columns=[target, ${JSON.stringify(what)}])`,
          edits: [],
        },
      };
    case 'refit':
      return {
        summary: `\`${what}\` is fitted on all rows and scored on some of them.`,
        fix: { text: 'Fit on the training part, score the held-out part.', code: `${what}.fit(X_train, y_train)\n${what}.score(X_test, y_test)`, edits: [] },
      };
    default:
      return kind satisfies never;
  }
}
