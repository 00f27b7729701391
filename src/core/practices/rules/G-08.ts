// G-08: a status tells the truth, and a failure leaves its reason.

import { epochMs } from '../../base/units';
import type { Run } from '../../model/run';
import { projectLimits } from '../../project/limits';
import { claims, type PracticeClaim, type PracticeContext, type PracticeRule } from '../rule';
import { idsOf, mostShown, namesOf, sharedTracker, times } from '../scopes';

const hourMs = 3_600_000;

export const rule: PracticeRule = {
  meta: {
    id: 'G-08',
    title: 'A status that tells the truth',
    check:
      'No run is called running that has written nothing for a day (limit of the project file), by the times of its points, or by its start where it has no points. A failed run keeps the end of its console log or a note that says why. Copies of a run are told by X-01.',
    severity: 'warn',
    optIn: false,
  },
  check(context) {
    const running = context.runs.filter(({ status }) => status === 'running');
    const unknown = running.filter((run) => lastSign(run, context) === null);
    const reason =
      unknown.length > 0 ? `${times(unknown.length, 'running run')} (${namesOf(unknown)}) has no times: when it last wrote something is unknown.` : undefined;
    return claims([...dead(running, context), ...unexplained(context.runs)], reason);
  },
  examples: [
    { given: { runs: [{ status: 'running', startedMs: epochMs(Date.UTC(2026, 10, 1)) }] }, claims: 1 },
    { given: { runs: [{ status: 'running', logs: { loss: { steps: 2, times: [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 13)] } } }] }, claims: 1 },
    { given: { runs: [{ status: 'failed', artifacts: [{ path: 'model.pt', size: 1, kind: 'file' }] }] }, claims: 1 },
    { given: { runs: [{ status: 'running', logs: { loss: { steps: 2, times: [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 15, 11)] } } }] }, claims: 0 },
    { given: { runs: [{ status: 'running', startedMs: epochMs(Date.UTC(2026, 10, 1)), logs: { loss: 9 } }] }, claims: 0 },
    { given: { runs: [{ status: 'failed', artifacts: [{ path: 'files/output.log', size: 1, kind: 'file' }] }] }, claims: 0 },
    { given: { runs: [{ status: 'finished' }, { status: 'failed', notes: 'Out of memory at the first evaluation.' }] }, claims: 0 },
  ],
};

/** Milliseconds since the epoch at which a run last wrote something, or null where that cannot be told. */
function lastSign(run: Run, context: PracticeContext): number | null {
  const newest = run.series.reduce<number | null>((last, _, index) => {
    const at = context.cadence(run, index)?.lastMs ?? null;
    return at !== null && (last === null || at > last) ? at : last;
  }, null);
  if (newest !== null) return newest;
  return run.series.every(({ count }) => count === 0) ? run.startedMs : null;
}

function dead(running: readonly Run[], context: PracticeContext): readonly PracticeClaim[] {
  const hours = context.project.limits.runningHours ?? projectLimits.runningHours.value;
  const found = running.flatMap((run) => {
    const last = lastSign(run, context);
    return last !== null && context.now - last > hours * hourMs ? [{ run, last }] : [];
  });
  if (found.length === 0) return [];
  const runs = found.map(({ run }) => run);
  const tracker = sharedTracker(runs);
  return [
    {
      runs: idsOf(runs),
      summary: `${times(runs.length, 'run')} ${runs.length === 1 ? 'is' : 'are'} called running and wrote nothing for more than ${hours} hours: ${namesOf(runs)}.`,
      evidence: {
        hours,
        runs: found.slice(0, mostShown).map(({ run, last }) => ({ run: run.id, last_sign_ms: last, silent_hours: (context.now - last) / hourMs })),
      },
      caveat: 'This is a copy: the run may have gone on where it was copied from.',
      advice: {
        text: 'Look whether the process lives; if not, close the run as failed, so that counts and averages leave it out.',
        ...(tracker === 'mlflow'
          ? { code: 'MlflowClient().set_terminated(run_id, status="FAILED")' }
          : tracker === 'wandb'
            ? { code: 'with wandb.init(id=run_id, resume="must") as run:\n    run.finish(exit_code=1)' }
            : {}),
      },
    },
  ];
}

const log = /(^|\/)(output|console|stdout|stderr|train|training|error|debug|traceback|slurm-\d+|log)[^/]*\.(log|txt|out|err)$|\.(log|out|err)$/i;
const errorKey = /(^|[./_])(error|exception|traceback|failure|stack_?trace)/i;

/** The console log, a note, or a tag or summary that holds the error. */
function explains({ artifacts, sources, notes, tags, summary, media }: Run): boolean {
  return (
    (notes !== null && notes.trim() !== '') ||
    artifacts.some(({ path }) => log.test(path)) ||
    sources.some(({ files }) => files.some((file) => log.test(file))) ||
    media.some(({ kind, name }) => kind === 'text' && errorKey.test(name)) ||
    [...Object.keys(tags), ...Object.keys(summary)].some((key) => errorKey.test(key))
  );
}

function unexplained(runs: readonly Run[]): readonly PracticeClaim[] {
  const found = runs.filter((run) => run.status === 'failed' && !explains(run));
  if (found.length === 0) return [];
  const tracker = sharedTracker(found);
  return [
    {
      runs: idsOf(found),
      summary: `${times(found.length, 'failed run')} ${found.length === 1 ? 'leaves' : 'leave'} neither a console log nor a note on why: ${namesOf(found)}.`,
      evidence: { failed: runs.filter(({ status }) => status === 'failed').length, without_reason: found.length },
      caveat: 'The log may be kept outside of the run.',
      advice: {
        text: 'Save the end of the console log with the run when it fails.',
        code:
          tracker === 'mlflow'
            ? 'except Exception:\n    mlflow.log_text(traceback.format_exc(), "traceback.txt")\n    raise'
            : 'except Exception:\n    (run_dir / "traceback.txt").write_text(traceback.format_exc())\n    raise',
      },
    },
  ];
}
