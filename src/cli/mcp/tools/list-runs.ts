// Which runs there are.

import { z } from 'zod';
import { counted } from '../../../core/view/format';
import { runLineDocument } from '../../answers/list';
import { issueDocument } from '../../document';
import { loadRuns } from '../../read-runs';
import { offset, path } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

const input = z.strictObject({ path, offset });

export const tool = defineTool({
  meta: {
    id: 'list-runs',
    title: 'List runs',
    description:
      'Lists the training runs below the served folders, one line each: id, name, experiment, status, tracker format, number of series and points, path. Call it first: other tools take these ids, names and paths.',
    list: 'runs',
    narrow: 'Pass path to list one folder only.',
  },
  input,
  async answer({ path: at }, { served, context }) {
    const paths = served.resolve(at);
    const { runs, issues } = await loadRuns(paths, wordsOf(paths), context);
    const formats = [...new Set(runs.map(({ format }) => format))].sort();
    return {
      document: { runs: runs.map(runLineDocument), served: served.roots, sources: paths, issues: issues.map(issueDocument) },
      text: `${counted(runs.length, 'run')}${formats.length > 0 ? ` (${formats.join(', ')})` : ''} below ${paths.join(', ')}.${issues.length > 0 ? ` ${counted(issues.length, 'issue')} while reading: see issues.` : ''}`,
    };
  },
});
