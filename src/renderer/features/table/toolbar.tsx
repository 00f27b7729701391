// Above the table: which columns, which number of a curve, differences, groups, export.

import type { Reduction } from '../../../core/compare/metrics';
import { counted } from '../../../core/view/format';
import { useApp, useChange, useWorkspace } from '../../state/app';
import { Button, IconButton } from '../../widgets/button';
import { Menu } from '../../widgets/menu';
import { Select } from '../../widgets/select';
import { Switch } from '../../widgets/switch';
import { TextField } from '../../widgets/text-field';
import { ColumnsPicker } from './columns-picker';
import { copyTable, saveCsv } from './export';
import styles from './table.module.css';
import type { TableModel } from './use-table';

export const reductionWords: readonly { readonly value: Reduction; readonly label: string }[] = [
  { value: 'last', label: 'Last value' },
  { value: 'best', label: 'Best value' },
  { value: 'min', label: 'Minimum' },
  { value: 'max', label: 'Maximum' },
  { value: 'mean', label: 'Mean' },
];

export function Toolbar({ table }: { readonly table: TableModel }) {
  const app = useApp();
  const change = useChange();
  const grouping = useWorkspace((workspace) => workspace.grouping);
  const { slice, metrics, columns, all } = table;
  const shown = columns.pinned.length + columns.rest.length;
  const bySeed = grouping.kind === 'all-but-seed';
  return (
    <div className={styles.toolbar}>
      <TextField
        label="Columns (pattern)"
        icon="search"
        value={slice.search}
        onText={(search) => table.change('search columns', (now) => ({ ...now, search }), { key: 'columns' })}
        className={styles.columnSearch}
      />
      <ColumnsPicker table={table}>
        {shown} of {counted(all.length, 'column')}
      </ColumnsPicker>
      <Switch
        label="Differences only"
        checked={slice.differencesOnly}
        onChange={(differencesOnly) => table.change('differences only', (now) => ({ ...now, differencesOnly }))}
      />
      <span className={styles.gap} />
      <Button
        icon="group"
        pressed={bySeed}
        onClick={() => change('group', (now) => ({ ...now, grouping: bySeed ? { kind: 'none' } : { kind: 'all-but-seed' } }))}
        title="Puts runs together that differ in nothing but the seed: mean ± standard deviation"
      >
        Group seeds
      </Button>
      <Select
        label="Number that stands for a curve"
        value={metrics.reduction}
        options={reductionWords}
        onPick={(reduction) => change('metric value', (now) => ({ ...now, metrics: { ...now.metrics, reduction, reductions: new Map() } }))}
      />
      {table.baseline && (
        <Button
          pressed={slice.deltas}
          title="Differences to the baseline"
          onClick={() => table.change('differences to the baseline', (now) => ({ ...now, deltas: !now.deltas }))}
        >
          Δ baseline
        </Button>
      )}
      <Menu
        align="end"
        items={[
          { label: 'Save as CSV: all runs, all columns', icon: 'download', onPick: () => saveCsv(app, table, 'all') },
          { label: 'Save as CSV: what is shown', icon: 'download', onPick: () => saveCsv(app, table, 'shown') },
          { label: 'Copy what is shown', icon: 'copy', onPick: () => copyTable(app, table) },
          { kind: 'line' },
          {
            kind: 'check',
            label: 'Hardware metrics',
            checked: slice.system,
            onChange: (system) => table.change('hardware metrics', (now) => ({ ...now, system })),
          },
          {
            label: 'Columns as they were at first',
            icon: 'undo',
            onPick: () => table.change('reset columns', (now) => ({ ...now, hidden: new Set(), pinned: [], order: [], widths: {}, search: '' })),
          },
        ]}
      >
        <IconButton icon="more" label="Export and more" />
      </Menu>
    </div>
  );
}
