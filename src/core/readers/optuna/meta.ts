// What the readers of Optuna's storages have in common.

import type { ReaderMeta } from '../../source/reader';

export const optuna: Pick<ReaderMeta, 'family' | 'tracker' | 'words' | 'records'> = {
  family: 'optuna',
  tracker: { name: 'Optuna', short: 'Optuna' },
  words: { run: 'trial', experiment: 'study', param: 'parameter', metric: 'intermediate value' },
  records: { config: 'auto', end: 'auto' },
};
