// Which tracker a run was logged with: decides how a fix writes a metric.

import type { Run } from '../model/run';

const trackers = [
  'mlflow',
  'wandb',
  'tensorboard',
  'neptune-scale',
  'neptune',
  'comet',
  'clearml',
  'aim',
  'trackio',
  'swanlab',
  'dvclive',
  'sacred',
  'csv',
  'jsonl',
] as const;
export type Tracker = (typeof trackers)[number];

/** The tracker whose records the run was read from, or null where its format is none of a tracker's (a trainer's own files). */
export function trackerOf(run: Run): Tracker | null {
  const readers = [run.format, ...run.sources.map(({ reader }) => reader)];
  for (const reader of readers) {
    const known = trackers.find((tracker) => reader === tracker || reader.startsWith(`${tracker}-`));
    if (known) return known;
  }
  return run.format === 'lightning' ? 'csv' : null;
}
