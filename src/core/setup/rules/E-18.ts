// The commit of the code is stored with no run.

import { provenanceOf } from '../facts/provenance';
import { isSurelyStored, recordsOf } from '../facts/records';
import type { SetupRule } from '../rule';
import { gathered } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-18',
    title: 'The commit of the code is recorded',
    severity: 'warn',
    why: 'A number in a table is worth little when nobody knows which code made it.',
    source: 'MLflow, tag mlflow.source.git.commit',
  },
  *check(context) {
    const open = yield* gathered(yield* recordsOf.steps(context), (records) =>
      isSurelyStored(records, context.project) &&
      records.training.outOfView !== 'run' &&
      records.training.outOfView !== 'fit' &&
      provenanceOf(records.training, context).commit === 'no'
        ? [records]
        : [],
    );
    const [first] = open;
    if (!first) return;
    const tensorboard = first.metrics.some(({ via }) => via === 'tensorboard');
    yield {
      kind: 'finding',
      confidence: first.automatic.metrics === 'unknown' ? 0.6 : 0.8,
      places: [],
      summary: 'What is recorded of a run does not say from which commit of the code it came.',
      fix: {
        text: 'Store the commit, and whether there were changes, with the settings of the run.',
        code: `commit = subprocess.check_output(["git", "describe", "--always", "--dirty", "--abbrev=40"], text=True).strip()\n${
          tensorboard
            ? 'writer.add_text("commit", commit)'
            : first.training.framework === 'lightning'
              ? 'trainer.logger.log_hyperparams({"commit": commit})'
              : 'Path("commit.txt").write_text(commit)  # in the folder of the run'
        }`,
        edits: [],
      },
    };
  },
};
