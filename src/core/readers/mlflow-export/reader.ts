// Tables of MLflow's page (runs, metric charts) and of its client (`search_runs`, `mlflow experiments csv`).

import type { Dialect } from '../../formats/csv';
import type { RunReader } from '../../source/reader';
import { claimDownloads } from '../_downloads/find';
import { tableHead } from '../_downloads/table';
import { mlflow } from '../_mlflow/meta';
import { type TableKind, tableKind } from './columns';

export interface MlflowTable {
  readonly kind: TableKind;
  readonly dialect: Dialect;
}

export const reader: RunReader = {
  meta: {
    id: 'mlflow-export',
    title: 'MLflow tables',
    accepts: 'runs.csv or a metric chart’s CSV from MLflow’s page, or search_runs() as CSV',
    ...mlflow,
    extract: true,
    // A table tells what its columns hold: what it lacks may well stand in the store.
    records: { config: 'optional', commit: 'optional', seed: 'optional', end: 'optional' },
  },
  probe: (tree, context) =>
    claimDownloads<MlflowTable>(tree, async (file) => {
      const dialect = await tableHead(file, context, /run[ _]id/i, file === tree.named);
      const kind = dialect && tableKind(dialect.columns);
      return kind && { kind, dialect };
    }),
  load: () => import('./read'),
};
