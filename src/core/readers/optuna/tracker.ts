// Optuna's storages in PostgreSQL and MySQL.

import type { SqlTracker } from '../../source/tracker';
import { sqlAccess, sqlForm } from '../_sql/form';
import { filterExample } from './filter';
import { optuna } from './meta';
import { marks, noun } from './questions';

export const tracker: SqlTracker = {
  meta: {
    id: 'optuna',
    title: 'Optuna database',
    accepts: 'the address of an Optuna storage in PostgreSQL or MySQL (postgresql://user@host/database)',
    ...optuna,
  },
  speaks: 'sql',
  noun,
  tables: marks,
  form: sqlForm(['OPTUNA_STORAGE'], 'optuna'),
  filterExample,
  // Views open at once; each is a connection, and small servers give few.
  parallel: 3,
  access: sqlAccess,
  load: () => import('./connect'),
};
