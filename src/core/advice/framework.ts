// Which framework a run was trained with, from packages and format: decides the language of a fix.

import { factValue } from '../model/facts';
import type { Run } from '../model/run';

export type Framework = 'lightning' | 'transformers' | 'keras' | 'jax' | 'pytorch' | 'boosting' | 'sklearn';

const byPackage: readonly (readonly [RegExp, Framework])[] = [
  [/^(pytorch-)?lightning$/i, 'lightning'],
  [/^transformers$/i, 'transformers'],
  [/^(keras|tensorflow)$/i, 'keras'],
  [/^(jax|flax)$/i, 'jax'],
  [/^torch$/i, 'pytorch'],
  [/^(xgboost|lightgbm|catboost)$/i, 'boosting'],
  [/^scikit-learn$/i, 'sklearn'],
];

/** The most specific framework that the run shows, or null. */
export function frameworkOf(run: Run): Framework | null {
  const readers = new Set([run.format, ...run.sources.map(({ reader }) => reader)]);
  if (readers.has('lightning')) return 'lightning';
  if (readers.has('huggingface')) return 'transformers';
  const names = [...Object.keys(factValue(run.facts, 'framework') ?? {}), ...Object.keys(factValue(run.facts, 'packages') ?? {})];
  return byPackage.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? null;
}
