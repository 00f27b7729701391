// Saved output of `dvc exp show`: the experiments of a project, with their last values.

import type { Dialect } from '../../formats/csv';
import { decodeUtf8 } from '../../formats/text';
import type { RunReader } from '../../source/reader';
import { claimDownloads } from '../_downloads/find';
import { tableHead } from '../_downloads/table';

export type ExperimentTable = { readonly kind: 'csv'; readonly dialect: Dialect } | { readonly kind: 'json' };

const headBytes = 4096;
/** A list of revisions: nothing else begins so. */
const revisions = /^\s*\[\s*\{\s*"rev"\s*:\s*"(?:workspace|[0-9a-f]{7,40})"\s*,\s*"name"\s*:/;

export const reader: RunReader = {
  meta: {
    id: 'dvc-experiments',
    family: 'dvclive',
    title: 'DVC experiments',
    tracker: { name: 'DVC', short: 'DVC' },
    accepts: '`dvc exp show --json` or `--csv`, saved to a file',
    words: { run: 'experiment' },
    extract: true,
    records: { seed: 'optional', config: 'optional', data: 'optional', commit: 'auto' },
  },
  // Beside a `dvclive` folder the project's own reader is as sure, and deeper: it takes the tables for its own.
  probe: async (tree, context) => {
    const claims = await claimDownloads<ExperimentTable>(tree, async (file) => {
      const named = file === tree.named;
      const dialect = await tableHead(file, context, /^Experiment,rev,typ,/, named);
      if (dialect) return { kind: 'csv', dialect };
      if (!named && !/\.json$/i.test(file.name)) return null;
      return revisions.test(decodeUtf8(await context.head(file, headBytes)).text) ? { kind: 'json' } : null;
    });
    return claims.map((claim) => ({ ...claim, confidence: 0.85 }));
  },
  load: () => import('./read'),
};
