// LightGBM: the dict of record_evaluation, or the result of cv, dumped as JSON.

import type { RunReader } from '../../source/reader';
import { claimsOf } from '../_history/find';
import { isConfigFile } from '../_history/sidecar-names';
import { headEvaluations } from './evaluations';

/** Surer than any JSON file, less sure than a tracker's own layout. */
const confidence = 0.5;
const headBytes = 64 * 1024;

export const reader: RunReader = {
  meta: {
    id: 'lightgbm',
    family: 'lightgbm',
    title: 'LightGBM evaluations',
    tracker: { name: 'LightGBM', short: 'LGBM' },
    accepts: 'the dict of record_evaluation, or what cv returns, as JSON',
    words: { param: 'parameter' },
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  probe: (tree, context) =>
    claimsOf(
      tree,
      async (file) => /\.json$/i.test(file.name) && !isConfigFile(file.name) && headEvaluations(await context.head(file, headBytes)) !== null,
      confidence,
    ),
  load: () => import('./read'),
};
