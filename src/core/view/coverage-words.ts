// How the ten axes of the coverage are called, and what is said of each: the same on the screen, in the terminal and in documents.

import type { CoverageAxis, CoverageState } from '../setup/finding';

export const axisTitles: Readonly<Record<CoverageAxis, string>> = {
  tracker: 'A tracker stores the run',
  params: 'Hyperparameters',
  train_metrics: 'Training metrics by step',
  val_metrics: 'Validation metrics',
  lr: 'Learning rate',
  checkpoints: 'Checkpoints',
  seeds: 'Seeds',
  data_version: 'Version of the data',
  code_env: 'Version of code and packages',
  naming: 'Names and tags of runs',
};

export const stateWords: Readonly<Record<CoverageState, string>> = { present: 'present', partial: 'partial', absent: 'absent', unknown: 'unknown' };
