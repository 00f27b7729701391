// Keras: files of its CSVLogger, and dumps of History.history.

import type { RunReader } from '../../source/reader';
import { claimsOf, stemOf } from '../_history/find';
import { isConfigFile } from '../_history/sidecar-names';
import { headHistory } from './history';
import { isLoggerHead } from './logger';

/** Surer than any table or JSON file, less sure than a tracker's own layout. */
const confidence = 0.5;
const headBytes = 64 * 1024;
const tableEnding = /\.(?:csv|tsv|log|txt)(?:\.gz)?$/i;

export const reader: RunReader = {
  meta: {
    id: 'keras',
    family: 'keras',
    title: 'Keras history',
    tracker: { name: 'Keras', short: 'Keras' },
    accepts: 'a file of Keras’ CSVLogger, or History.history as JSON',
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  async probe(tree, context) {
    const tables = await claimsOf(
      tree,
      async (file) => {
        if (!tableEnding.test(file.name)) return false;
        const head = await context.head(file, headBytes);
        return isLoggerHead(head, head.length >= file.size, stemOf(file.name));
      },
      confidence,
    );
    const histories = await claimsOf(
      tree,
      async (file) => {
        if (!/\.json$/i.test(file.name) || isConfigFile(file.name)) return false;
        const head = await context.head(file, headBytes);
        return headHistory(head, head.length >= file.size) !== null;
      },
      confidence,
    );
    return [...tables, ...histories];
  },
  load: () => import('./read'),
};
