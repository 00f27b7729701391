// Whether a project is kept in good order.

import { z } from 'zod';
import { counted } from '../../../core/view/format';
import { practicesAnswer, practicesDocument } from '../../answers/practices';
import { issueDocument } from '../../document';
import { needRuns, offset, path } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

export const tool = defineTool({
  meta: {
    id: 'practices',
    title: 'Judge how a project is kept',
    description:
      'Organization and naming over all runs of a project: naming schemes, tags, groups, baselines, duplicate runs, logging cadence, files kept twice, secrets, ignored folders; each finding with the runs, evidence, a caveat and advice. What could not be assessed is named.',
    list: 'findings',
    narrow: 'Pass path for one project, or offset.',
  },
  input: z.strictObject({ path, offset }),
  async answer({ path: at }, { served, context }) {
    const answer = await practicesAnswer(wordsOf(served.resolve(at)), context);
    needRuns(answer.runs);
    const { runs, ...document } = practicesDocument(answer);
    const { findings, notAssessed, clear } = answer.result;
    return {
      document: { ...document, runs_judged: Array.isArray(runs) ? runs.length : 0, project_file: answer.file, issues: answer.issues.map(issueDocument) },
      text: [
        `${counted(findings.length, 'finding')} over ${counted(answer.runs.length, 'run')}; ${clear.length} rules clear, ${notAssessed.length} not assessed.`,
        ...findings.slice(0, 6).map(({ severity, rule, title, summary }) => `${severity} ${rule} ${title}: ${summary}`),
      ].join('\n'),
    };
  },
});
