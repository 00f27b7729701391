// XGBoost and LightGBM: one line an iteration.

import type { TextGuess } from '../guess';
import { plainMapping, plainRule, stepOf } from '../mapping';

export const guess: TextGuess = {
  meta: { id: 'xgboost', title: 'XGBoost or LightGBM', source: 'EvaluationMonitor of xgboost 1 to 3, log_evaluation of lightgbm 4, the LightGBM program' },
  certainty: 0.9,
  mapping: {
    ...plainMapping,
    step: stepOf('iteration'),
    lines: [
      { ...plainRule, pattern: String.raw`^\[(?<iteration>\d+)\]\s+(?<pairs>\S[^:]*:.*)$`, pairs: true },
      { ...plainRule, pattern: String.raw`^\[LightGBM\] \[Info\] Iteration:(?<iteration>\d+), (?<pairs>.*)$`, pairs: true },
      { ...plainRule, pattern: String.raw`^\[LightGBM\] \[`, to: 'nothing' },
    ],
  },
};
