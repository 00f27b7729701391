// MLflow's backend store in PostgreSQL and MySQL, where no server stands in front of it.

import type { SqlTracker } from '../../source/tracker';
import { mlflow } from '../_mlflow/meta';
import { marks, noun } from '../_mlflow/stored';
import { sqlAccess, sqlForm } from '../_sql/form';
import { filterExample } from './filter';

export const tracker: SqlTracker = {
  meta: {
    id: 'mlflow-database',
    title: 'MLflow database in PostgreSQL or MySQL',
    accepts: 'the address of MLflow’s backend store in PostgreSQL or MySQL (postgresql://user@host/database)',
    ...mlflow,
    tracker: { name: 'MLflow database', short: 'MLflow' },
  },
  speaks: 'sql',
  noun,
  tables: marks,
  form: sqlForm(['MLFLOW_TRACKING_URI', 'MLFLOW_BACKEND_STORE_URI'], 'mlflow'),
  filterExample,
  // Views open at once; each is a connection, and small servers give few.
  parallel: 3,
  access: sqlAccess,
  load: () => import('./connect'),
};
