// How well training code is instrumented.

import { z } from 'zod';
import { severityWords } from '../../../core/base/issues';
import { placeText } from '../../../core/setup/places';
import { counted } from '../../../core/view/format';
import { setupAnswer, setupDocument } from '../../answers/setup';
import { issueDocument } from '../../document';
import { UsageError } from '../../exit';
import { loadProject } from '../../load-project';
import { loadRuns } from '../../read-runs';
import { offset, path } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

export const tool = defineTool({
  meta: {
    id: 'review-setup',
    title: 'Review training code',
    description:
      'Reviews Python training code and notebooks without running them: is the experiment tracked, are params, losses, validation, learning rate, seeds, data version and checkpoints recorded? Findings with file, line, confidence, why it matters, and a fix with code in the framework and tracker of the project, as a patch where it is safe to apply. unknown lists what could not be answered. With runs_path, runs of this code confirm findings or withdraw them.',
    list: 'findings',
    narrow: 'Pass path for one folder or file of code, or offset.',
  },
  input: z.strictObject({
    path,
    runs_path: z.string().max(4096).optional().describe('Where runs of this code lie, below the served folders.'),
    offset,
  }),
  async answer({ path: at, runs_path }, { served, context }) {
    const where = runs_path === undefined ? [] : served.resolve(runs_path);
    const runs = where.length === 0 ? [] : (await loadRuns(where, wordsOf(where), context)).runs;
    const paths = served.resolve(at);
    const { project } = loadProject(wordsOf(paths), context, paths);
    const answer = await setupAnswer(paths, runs, context, { project, nowMs: Date.now() });
    if (answer.reviews.every(({ review }) => review.files.length === 0))
      throw new UsageError('there is no Python code. Pass the path of a folder, a Python file or a notebook');
    const { coverage_places: _, ...document } = setupDocument(answer);
    const findings = answer.reviews.flatMap(({ review }) => review.findings);
    const files = answer.reviews.reduce((sum, { review }) => sum + review.files.length, 0);
    return {
      document: { ...document, issues: answer.issues.map(issueDocument) },
      text: [
        `${counted(findings.length, 'finding')} in ${counted(files, 'file')}${runs.length > 0 ? `, held against ${counted(runs.length, 'run')}` : ''}.`,
        ...findings.slice(0, 8).map(({ severity, rule, places: [place], summary }) => `${severityWords[severity]} ${rule} ${placeText(place)}: ${summary}`),
      ].join('\n'),
    };
  },
});
