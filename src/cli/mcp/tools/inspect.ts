// Everything known of runs, without their points.

import { z } from 'zod';
import { displayName } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { issueDocument, runDocument } from '../../document';
import { offset, path, runs } from '../inputs';
import { runsAt } from '../read';
import { defineTool } from '../tool';

export const tool = defineTool({
  meta: {
    id: 'inspect',
    title: 'Inspect runs',
    description:
      'Everything recorded of runs except their points: params, tags, notes, status, times, series with last/min/max/mean and digests, artifacts, facts (commit, packages, hardware, data, command) with the file they were read from, issues.',
    list: 'runs',
    narrow: 'Name one run in runs.',
  },
  input: z.strictObject({ path, runs, offset }),
  async answer(input, call) {
    const { picked, ...loaded } = await runsAt(input, call);
    const told = picked
      .slice(0, 5)
      .map(
        (run) =>
          `${displayName(run)} (${run.id}): ${run.status}, ${counted(Object.keys(run.params).length, 'param')}, ${run.series.length} series, ${counted(run.issues.length, 'issue')}.`,
      );
    return {
      document: { runs: picked.map(runDocument), issues: loaded.issues.map(issueDocument) },
      text: [`${picked.length} of ${loaded.runs.length} runs.`, ...told].join('\n'),
    };
  },
});
