// No file says which packages the code needs, and no tracker writes them down.

import { environmentFiles, requirementsOf } from '../facts/environment';
import { provenanceOf } from '../facts/provenance';
import type { SetupRule } from '../rule';
import { gathered } from '../steps';

export const rule: SetupRule = {
  meta: {
    id: 'E-19',
    title: 'The environment is described',
    severity: 'warn',
    why: 'Results change with the versions of packages: without a list of them a run can be neither repeated nor explained.',
    source: 'mllint, dependency-management',
  },
  *check(context) {
    const { project, trainings, own } = context;
    if (own.length === 0 || environmentFiles(project).length > 0 || requirementsOf(project).length > 0) return;
    if (project.files.isNamed) {
      yield { kind: 'unknown', reason: 'Only one file was looked at; what lies beside it may say which packages it needs.' };
      return;
    }
    const open = yield* gathered(trainings, (training) => (provenanceOf(training, context).packages === 'no' ? [training] : []));
    if (open.length === 0) {
      const asked = trainings.some((training) => provenanceOf(training, context).packages === 'unknown');
      if (asked) yield { kind: 'unknown', reason: 'The tracker may store packages, and no file of requirements is in view.' };
      return;
    }
    yield {
      kind: 'finding',
      confidence: project.files.isRoot ? 0.9 : 0.75,
      places: [],
      summary: 'No file in view says which packages this code needs, and nothing stores them with a run.',
      fix: { text: 'Keep a lock file beside the code, or store the installed packages with each run.', code: 'pip freeze > requirements.txt', edits: [] },
    };
  },
};
