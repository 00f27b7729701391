// G-11: what could be deleted. A dry run: nothing is.

import { projectLimits } from '../../project/limits';
import { checkpointsOf, retentionOf } from '../checkpoints';
import { claims, type PracticeRule } from '../rule';
import { idsOf, megabytes, mostShown, times } from '../scopes';

export const rule: PracticeRule = {
  meta: {
    id: 'G-11',
    title: 'Checkpoints that could go',
    check:
      'Lists checkpoints that are neither best nor last nor every tenth (limit of the project file), where the best is known: by its name, or because it was saved at the very step at which the contract’s metric, or the only held-out loss, is best. Nothing is ever deleted.',
    severity: 'note',
    optIn: true,
  },
  check({ runs, project }) {
    const every = project.limits.keepEvery ?? projectLimits.keepEvery.value;
    const saving = runs.filter((run) => checkpointsOf(run).filter(({ step }) => step !== null).length >= 3);
    const judged = saving.map((run) => ({ run, retention: retentionOf(run, every, project) }));
    const found = judged.flatMap(({ run, retention }) => (retention && retention.free.length > 0 ? [{ run, ...retention }] : []));
    const unknown = judged.filter(({ retention }) => retention === null).length;
    const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
    return claims(
      found.length === 0
        ? []
        : [
            {
              runs: idsOf(found.map(({ run }) => run)),
              summary: `${times(
                found.reduce((sum, { free }) => sum + free.length, 0),
                'checkpoint',
              )} of ${times(found.length, 'run')} (${megabytes(bytes)}) are neither best nor last nor every ${every}th. Nothing was deleted.`,
              evidence: {
                keep_every: every,
                bytes,
                runs: found.slice(0, mostShown).map(({ run, best, keep, free, bytes: own }) => ({
                  run: run.id,
                  best,
                  bytes: own,
                  keep: keep.map(({ path }) => path),
                  could_go: free.map(({ path }) => path),
                })),
              },
              caveat: 'Another run or a model registry may point at one of them.',
              advice: { text: 'Look at the list, and delete in the tracker, which knows what points where.' },
            },
          ],
      unknown > 0
        ? `${times(unknown, 'run')} with checkpoints ${unknown === 1 ? 'does' : 'do'} not show which is best: nothing of theirs is called safe to delete.`
        : undefined,
    );
  },
  examples: [
    { given: { runs: [{ artifacts: saved(8, 'best.ckpt') }], project: { modes: { 'G-11': 'observe' } } }, claims: 1 },
    { given: { runs: [{ artifacts: saved(8) }] }, claims: 0 },
    { given: { runs: [{ artifacts: saved(2, 'best.ckpt') }] }, claims: 0 },
  ],
};

function saved(count: number, ...more: readonly string[]): { readonly path: string; readonly size: number; readonly kind: 'file' }[] {
  return [...Array.from({ length: count }, (_, step) => `step-${step}.ckpt`), ...more].map((path) => ({ path, size: 1_000_000, kind: 'file' }));
}
