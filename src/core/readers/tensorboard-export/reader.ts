// Scalars as TensorBoard's page downloads them, as CSV and JSON.

import type { Dialect } from '../../formats/csv';
import { decodeUtf8 } from '../../formats/text';
import type { RunReader } from '../../source/reader';
import { claimDownloads } from '../_downloads/find';
import { tableHead } from '../_downloads/table';

/** How the points of a file are written. */
export type ScalarFile = { readonly kind: 'csv'; readonly dialect: Dialect } | { readonly kind: 'json' };

const headBytes = 512;
const header = 'Wall time,Step,Value';
/** `[[wall time in seconds, step, value], …`: nothing else begins with a time of our days and two numbers in brackets. */
const points = /^\s*\[\s*\[\s*1\d{9}(?:\.\d+)?\s*,\s*-?\d+\s*,\s*(?:-?\d[\d.eE+-]*|"?(?:NaN|-?Infinity)"?)\s*\]/;

export const reader: RunReader = {
  meta: {
    id: 'tensorboard-export',
    family: 'tensorboard',
    title: 'TensorBoard downloads',
    tracker: { name: 'TensorBoard', short: 'TB' },
    accepts: 'scalars that TensorBoard’s page saved as CSV or JSON',
    words: { param: 'hyperparameter', metric: 'tag' },
    extract: true,
    records: {},
  },
  probe: (tree, context) =>
    claimDownloads<ScalarFile>(tree, async (file) => {
      const named = file === tree.named;
      const dialect = await tableHead(file, context, /^Wall time/, named);
      if (dialect) return dialect.columns.join() === header ? { kind: 'csv', dialect } : null;
      if (!named && !/\.json$/i.test(file.name)) return null;
      return points.test(decodeUtf8(await context.head(file, headBytes)).text) ? { kind: 'json' } : null;
    }),
  load: () => import('./read'),
};
