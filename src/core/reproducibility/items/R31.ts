// R31: is uncertainty across seeds reported?

import type { Run } from '../../model/run';
import { inFramework } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';
import { repeatsOf } from '../replicates';

const claim = /^(best|sota|champion|winner)$/i;

/** Somebody calls this run the best: in its name or as a tag. */
const claimed = (run: Run): string | null =>
  [...(run.name ?? '').split(/[\s_-]+/), ...Object.entries(run.tags).flatMap(([key, value]) => [key, String(value)])].find((word) => claim.test(word)) ?? null;

export const item: ChecklistItem = {
  meta: { id: 'R31', question: 'Can uncertainty across seeds be reported?', section: 'evaluation', weight: 'high', reference: 'NeurIPS paper checklist' },
  check(context) {
    const { run } = context;
    if (Object.keys(run.params).length === 0) return unknown('Unknown: without params it cannot be told which runs belong together.');
    const { seeds, runs } = repeatsOf(context);
    if (seeds >= 5) return pass(`${seeds} seeds of this configuration: an interval can be given.`);
    if (seeds >= 2) return partial(`${seeds} seeds of this configuration: few for an interval.`);
    const word = claimed(run);
    if (runs < 2 && word !== null) return fail(`A single run is called “${word}”.`, [{ file: 'tags', where: word }]);
    return unknown(
      seeds === 0 ? 'Unknown: no seed is recorded, so runs of several seeds cannot be told.' : 'Unknown: this configuration was run with one seed.',
    );
  },
  fix: (framework) =>
    inFramework(
      'Run five or more seeds of the configurations that are compared, and report the interval.',
      { pytorch: 'for seed in range(5): subprocess.run([sys.executable, "train.py", "--seed", str(seed)], check=True)' },
      framework ?? 'pytorch',
    ),
  examples: [
    { run: { params: { seed: 0 }, replicates: [{ seed: 1 }, { seed: 2 }, { seed: 3 }, { seed: 4 }] }, verdict: 'pass' },
    { run: { params: { seed: 0 }, replicates: [{ seed: 1 }] }, verdict: 'partial' },
    { run: { params: { seed: 0 }, tags: { best: true } }, verdict: 'fail' },
    { run: { params: { seed: 0 } }, verdict: 'unknown' },
  ],
};
