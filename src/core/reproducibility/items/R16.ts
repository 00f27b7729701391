// R16: are package versions recorded?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence, lockFile } from '../evidence';
import { inTracker } from '../fixes';
import { type ChecklistItem, fail, missing, partial, pass } from '../item';
import { environmentLevel, environmentLevelTexts, freezeFile } from '../ladders';

export const item: ChecklistItem = {
  meta: {
    id: 'R16',
    question: 'Are the versions of all packages recorded?',
    section: 'environment',
    weight: 'critical',
    reference: 'Papers with Code completeness checklist',
  },
  check(context) {
    const { run } = context;
    const level = environmentLevel(context);
    if (level === 'E0') return missing(context, 'packages', 'package versions');
    const names = Object.keys(factValue(run.facts, 'packages') ?? {});
    const evidence = [...artifactEvidence([...artifactsLike(run, lockFile), ...artifactsLike(run, freezeFile)]), ...factEvidence(run, 'packages', 'container')];
    if (level === 'E1') return fail(`${names.length} packages are listed without versions (${environmentLevelTexts.E1}).`, evidence);
    const text = `${environmentLevelTexts[level]}${names.length > 0 ? `; ${names.length} packages` : ''}.`;
    return level >= 'E3' ? pass(text, evidence) : partial(text, evidence);
  },
  fix: (_, tracker) =>
    inTracker(
      'Save the frozen environment or the lock file when the run starts.',
      {
        mlflow:
          'freeze = subprocess.check_output([sys.executable, "-m", "pip", "freeze", "--all"], text=True)\nmlflow.log_text(freeze, "pip-freeze.txt"); mlflow.log_artifact("uv.lock")',
        wandb: 'wandb.save("uv.lock")   # W&B freezes by itself; check that disable_code and x_disable_meta are not set',
        files: 'python -m pip freeze --all > LOG_DIR/pip-freeze.txt',
      },
      tracker,
    ),
  examples: [
    { run: { records: { packages: 'auto' }, facts: [{ kind: 'packages', value: { torch: '2.4.0', numpy: '2.1.0' } }] }, verdict: 'pass' },
    { run: { artifacts: [{ path: 'code/uv.lock', size: 1, kind: 'file' }] }, verdict: 'pass' },
    { run: { artifacts: [{ path: 'pip-freeze.txt', size: 1, kind: 'file' }] }, verdict: 'pass' },
    { run: { records: { packages: 'optional' }, facts: [{ kind: 'packages', value: { torch: '2.4.0' } }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'container', value: 'team/train:latest' }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'packages', value: { torch: '' } }] }, verdict: 'fail' },
    { run: { records: { packages: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
