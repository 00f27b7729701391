// Judges runs in the worker, each once as long as it stays as it is; keeps the sketches that rules over several runs stand on.

import type { RunHealth } from '../../core/health/finding';
import { judgeRun } from '../../core/health/judge';
import type { RunSketch } from '../../core/health/sketch';
import type { JobContext } from '../registry/jobs';
import type { HealthRequest } from '../state/health';

interface Judged {
  readonly health: RunHealth;
  readonly sketch: RunSketch;
}

/** A sketch is some ten thousand bytes; those used longest ago go first. */
const sketchesKept = 2000;
const kept = new Map<string, Judged>();

/**
 * @param each is told of every run in turn, what was judged before included
 * @param failed is told of a run whose points could not be read
 */
export async function judgeRuns(
  { runs, roles }: HealthRequest,
  { store, signal, breathe, progress }: JobContext,
  each: (judged: Judged) => void,
  failed: (run: HealthRequest['runs'][number]['id'], message: string) => void,
): Promise<void> {
  const stated = JSON.stringify(roles);
  for (const [done, ref] of runs.entries()) {
    progress({ done, total: runs.length, label: 'runs' });
    await breathe();
    const key = `${ref.id} ${ref.stamp} ${stated}`;
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      each(known);
      continue;
    }
    try {
      const [run] = await store.runs([ref]);
      if (!run) {
        failed(ref.id, 'The run is not in the store any more.');
        continue;
      }
      const points = await store.points(
        run.id,
        run.series.map((_, index) => index),
      );
      const judged = judgeRun({ run, points }, { statements: roles });
      kept.set(key, judged);
      const [oldest] = kept.keys();
      if (kept.size > sketchesKept && oldest !== undefined) kept.delete(oldest);
      each(judged);
    } catch (error) {
      signal.throwIfAborted();
      failed(ref.id, error instanceof Error ? error.message : String(error));
    }
  }
}
