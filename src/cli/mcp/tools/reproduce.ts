// How to make runs again, with gaps spelled out.

import { z } from 'zod';
import { displayName } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { sheetDocument, sheetsOf } from '../../answers/reproduce';
import { issueDocument } from '../../document';
import { offset, path, runs } from '../inputs';
import { runsAt } from '../read';
import { defineTool } from '../tool';

export const tool = defineTool({
  meta: {
    id: 'reproduce',
    title: 'Say how to make a run again',
    description:
      'The sheet to make a run again: code, environment, data, start and expected result, with what is not recorded as gaps; and sentences on methods and compute for a paper. Lines of kind "recorded" come out of the run and must be looked over by a person before they are executed. Nothing is run.',
    list: 'runs',
    narrow: 'Name one run in runs.',
  },
  input: z.strictObject({ path, runs, offset }),
  async answer(input, call) {
    const { picked, ...loaded } = await runsAt(input, call);
    const sheets = sheetsOf(picked, loaded.runs);
    return {
      document: { runs: sheets.map(sheetDocument), issues: loaded.issues.map(issueDocument) },
      text: sheets
        .slice(0, 5)
        .map(({ sheet, methods }) => `${displayName(sheet.run)} (${sheet.run.id}): ${counted(sheet.gaps.length, 'gap')}. ${methods}`)
        .join('\n'),
    };
  },
});
