// R31: is uncertainty across seeds reported?

import type { Run } from '../../model/run';
import { seedParams } from '../evidence';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const seedOf = (run: Run): string =>
  seedParams(run)
    .map(({ value }) => String(value))
    .join();

export const item: ChecklistItem = {
  meta: { id: 'R31', question: 'Can uncertainty across seeds be reported?', section: 'evaluation', weight: 'high', reference: 'NeurIPS paper checklist' },
  check({ run, replicates }) {
    if (Object.keys(run.params).length === 0) return unknown('Unknown: without params it cannot be told which runs belong together.');
    const seeds = new Set(replicates.map(seedOf)).size;
    if (seeds >= 5) return pass(`${seeds} seeds of this configuration: an interval can be given.`);
    return seeds >= 2 ? partial(`${seeds} seeds of this configuration: few for an interval.`) : unknown('Unknown: this configuration was run with one seed.');
  },
  fix: () => ({ text: 'Run five or more seeds of the configurations that are compared, and report the interval.' }),
  examples: [
    { run: { params: { seed: 0 }, replicates: [{ seed: 1 }, { seed: 2 }, { seed: 3 }, { seed: 4 }] }, verdict: 'pass' },
    { run: { params: { seed: 0 }, replicates: [{ seed: 1 }] }, verdict: 'partial' },
    { run: { params: { seed: 0 } }, verdict: 'unknown' },
  ],
};
