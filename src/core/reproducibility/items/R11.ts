// R11: is the commit recorded?

import { factValue } from '../../model/facts';
import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { inTracker } from '../fixes';
import { type ChecklistItem, missing, partial, pass } from '../item';

const revParse = 'subprocess.check_output(["git", "rev-parse", "HEAD"], text=True).strip()';

export const item: ChecklistItem = {
  meta: { id: 'R11', question: 'Is the commit of the code recorded?', section: 'code', weight: 'critical', reference: 'ML Reproducibility Checklist' },
  check(context) {
    const commit = factValue(context.run.facts, 'git_commit');
    const evidence = factEvidence(context.run, 'git_commit');
    if (commit && /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit)) return pass(`Commit ${commit.slice(0, 10)}….`, evidence);
    if (commit && /^[0-9a-f]{7,39}$/i.test(commit)) return partial(`The commit is abbreviated: ${commit}.`, evidence);
    const param = paramsLike(context.run, /^(git_?)?(commit|sha|rev(ision)?|hash)(_?(id|hash|sha))?$/i).find(
      ({ key, value }) => /git|commit/i.test(key) && /^[0-9a-f]{40}$/i.test(String(value)),
    );
    if (param) return pass(`Commit ${String(param.value).slice(0, 10)}…, as a param.`, paramEvidence([param]));
    return missing(context, 'commit', 'the commit');
  },
  fix: (_, tracker) =>
    inTracker(
      tracker === 'mlflow'
        ? 'MLflow records the commit when the script lies in a git repository and GitPython is installed. Start from a clone, or set the tag.'
        : 'Start the training from a clone, or record the commit yourself.',
      {
        mlflow: `commit = ${revParse}\nmlflow.set_tag("mlflow.source.git.commit", commit)`,
        wandb: 'wandb.init(settings=wandb.Settings(git_root="."))   # and run inside the clone, with WANDB_DISABLE_GIT unset',
        files: `commit = ${revParse}\nPath(log_dir, "git_commit.txt").write_text(commit)`,
      },
      tracker,
    ),
  examples: [
    { run: { facts: [{ kind: 'git_commit', value: 'a5dafde8233695ae54f4a09f57236f611deaf5a8' }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'git_commit', value: 'a5dafde' }] }, verdict: 'partial' },
    { run: { params: { git_commit: 'a5dafde8233695ae54f4a09f57236f611deaf5a8' } }, verdict: 'pass' },
    { run: { records: { commit: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
