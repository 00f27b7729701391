// Downloads of W&B's page (panels, runs tables) and of its client (histories, tables of summaries and configs).

import type { Dialect } from '../../formats/csv';
import type { RunReader } from '../../source/reader';
import { claimDownloads } from '../_downloads/find';
import { tableHead } from '../_downloads/table';
import { type TableKind, tableKind } from './columns';

export interface WandbTable {
  readonly kind: TableKind;
  readonly dialect: Dialect;
}

export const reader: RunReader = {
  meta: {
    id: 'wandb-export',
    family: 'wandb',
    title: 'Weights & Biases tables',
    tracker: { name: 'Weights & Biases', short: 'W&B' },
    accepts: 'a panel’s or a runs table’s CSV from W&B’s page, or run.history() as CSV',
    words: { experiment: 'project', param: 'config' },
    extract: true,
    records: { config: 'optional', hardware: 'optional', end: 'optional' },
  },
  probe: (tree, context) =>
    claimDownloads<WandbTable>(tree, async (file) => {
      const dialect = await tableHead(file, context, /__MIN|_step|Runtime|summary/, file === tree.named);
      const kind = dialect && tableKind(dialect.columns);
      return kind && { kind, dialect };
    }),
  load: () => import('./read'),
};
