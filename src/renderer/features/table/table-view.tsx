// The table of runs: toolbar and grid.

import { Button } from '../../widgets/button';
import { Empty } from '../../widgets/states';
import { Grid } from './grid';
import styles from './table.module.css';
import { Toolbar } from './toolbar';
import { useTable } from './use-table';

export function TableView() {
  const table = useTable();
  const { pinned, rest } = table.columns;
  return (
    <div className={styles.view}>
      <Toolbar table={table} />
      {table.view.rows.length === 0 ? (
        <Empty icon="search" title="No run matches the search and filter on the left" />
      ) : pinned.length + rest.length === 0 && table.all.length > 0 ? (
        <Empty
          icon="columns"
          title={table.slice.differencesOnly ? 'These runs differ in no column' : 'No column is shown'}
          actions={
            <Button onClick={() => table.change('show all columns', (slice) => ({ ...slice, hidden: new Set(), search: '', differencesOnly: false }))}>
              Show all columns
            </Button>
          }
        />
      ) : (
        <Grid table={table} />
      )}
    </div>
  );
}
