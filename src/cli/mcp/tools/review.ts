// Runs and their code in five parts.

import { z } from 'zod';
import { severityWords } from '../../../core/base/issues';
import { itemsOf } from '../../../core/review/result';
import { counted } from '../../../core/view/format';
import { reviewAnswer, reviewFields } from '../../answers/review';

import { issueDocument } from '../../document';
import { UsageError } from '../../exit';
import { offset, path, trials } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

export const tool = defineTool({
  meta: {
    id: 'review',
    title: 'Review runs and their code',
    description:
      'The whole judgement in five parts: brief assessment, critical issues, recommendations with code, organization and naming, next steps. It joins what health, checklist, practices, groups, effects, suggest and review_setup say, one cause one item, ranked by severity and confidence, each with its evidence and a fix. Ask this first; ask the other tools for what lies behind an item. What people set aside and what could not be assessed are listed beside them: unknown is not fine.',
    list: 'recommendations',
    narrow: 'Pass path for fewer runs, or offset for more recommendations; the other tools tell one matter in full.',
  },
  input: z.strictObject({
    path,
    code: z.string().max(4096).optional().describe('Where the training code of these runs lies, below the served folders. Without it no code is reviewed.'),
    metric: trials.metric.optional().describe('The metric to judge by; else the likeliest of the largest experiment.'),
    direction: trials.direction,
    offset,
  }),
  async answer({ path: at, code, metric, direction }, { served, context }) {
    const args = wordsOf(served.resolve(at), { code: code === undefined ? [] : served.resolve(code), metric, direction });
    const answer = await reviewAnswer(args, context);
    const { review, issues, setup } = answer;
    if (review.runs.length === 0 && !setup?.reviews.some((one) => one.review.files.length > 0))
      throw new UsageError('neither runs nor Python code were found there. Call list_runs without a path to see what is there');
    const items = itemsOf(review);
    return {
      document: { ...reviewFields(answer), issues: issues.map(issueDocument) },
      text: [
        ...review.assessment.map(({ text }) => text).slice(0, 6),
        `${counted(review.critical.length, 'critical issue')}, ${counted(review.recommendations.length, 'recommendation')}, ${review.organization.length} on organization, ${counted(review.nextSteps.length, 'next step')}, ${review.notAssessed.length} not assessed.`,
        ...items
          .slice(0, 8)
          .map(
            ({ severity, rules, title, runs }) =>
              `${severityWords[severity]} ${rules.join(', ')} ${title}${runs.length > 0 ? ` (${counted(runs.length, 'run')})` : ''}`,
          ),
      ].join('\n'),
    };
  },
});
