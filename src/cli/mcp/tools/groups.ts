// Which groups of repeated runs really differ.

import { z } from 'zod';
import { studyGroups } from '../../../core/groups/study';
import { counted, shortNumber } from '../../../core/view/format';
import { comparisonsWords, detectableWords, groupLabel, intervalWords, pairWords, selectionWords } from '../../../core/view/group-words';
import { issueDocument } from '../../document';
import { studyDocument } from '../../groups-document';
import { offset, trials } from '../inputs';
import { defineTool } from '../tool';
import { tableFor } from '../trials';

export const tool = defineTool({
  meta: {
    id: 'groups',
    title: 'Compare groups of seeds',
    description:
      'Groups runs that are equal but for the seed and says which groups really differ: n, mean, interval, and for each pair the smallest effect that could have been detected, the difference with interval, the p-value adjusted for all comparisons, and a verdict (different, not told apart, too few seeds). Also how optimistic it is to report the best of many.',
    list: 'pairwise',
    narrow: 'Pass path for one experiment, or offset for further pairs.',
  },
  input: z.strictObject({
    ...trials,
    task: z.string().max(1024).optional().describe('The param that names the task, for an aggregate over tasks; "none" for no aggregate.'),
    seed: z.number().int().min(0).optional().describe('Seed of the resampling (1).'),
    offset,
  }),
  async answer({ task, seed, ...rest }, call) {
    const { table, issues } = await tableFor(rest, call);
    const study = studyGroups(table, { seed: seed ?? 1, ...(task === undefined ? {} : { task: task === 'none' ? null : task }) });
    const pairs = study.pairs.filter(({ welch }) => welch !== null).slice(0, 4);
    const selection = selectionWords(study);
    return {
      document: { ...studyDocument(study), issues: issues.map(issueDocument) },
      text: [
        `${counted(study.groups.length, 'group')} by ${table.metric} (${table.direction} is better).`,
        ...study.groups
          .slice(0, 5)
          .map(
            (group) =>
              `${groupLabel(group)}: n = ${group.values.length}, mean ${group.mean === null ? 'unknown' : shortNumber(group.mean)}${group.interval ? `, 95 % interval ${intervalWords(group.interval, 4)}` : ''}`,
          ),
        comparisonsWords(study),
        ...pairs.map((pair) => `${detectableWords(pair)} ${pairWords(pair, study.comparisons)}`),
        ...(selection ? [selection] : []),
      ].join('\n'),
    };
  },
});
