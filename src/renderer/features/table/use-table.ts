// All that the table's parts need, computed once: columns, rows, widths, the baseline.

import { useMemo } from 'react';
import type { Run } from '../../../core/model/run';
import { type Cell, readField } from '../../../core/view/fields';
import { type ListRow, type MetricChoices, readOptions } from '../../../core/view/run-list';
import { type CellSummary, type CellText, cellText, type Delta, deltaOf, mean, summarise, summaryText } from '../../../core/view/table-cells';
import { type ArrangedColumns, arrangeColumns, type Column, columnsOf } from '../../../core/view/table-columns';
import { type RunListState, useRunList } from '../../queries/use-run-list';
import { useBaseline } from '../../queries/use-runs';
import { useSlice, useWorkspace } from '../../state/app';
import type { ChangeOptions } from '../../state/workspace-store';
import { parseTable, type TableSlice } from './slice';
import { widthOf } from './widths';

export interface DrawnCell extends CellText {
  readonly delta: Delta | null;
}

export interface TableModel {
  readonly view: RunListState;
  readonly all: readonly Column[];
  readonly columns: ArrangedColumns;
  readonly slice: TableSlice;
  readonly change: (label: string, next: (slice: TableSlice) => TableSlice, options?: ChangeOptions) => void;
  readonly metrics: MetricChoices;
  readonly baseline: Run | undefined;
  readonly widthOf: (column: Column) => number;
  readonly value: (run: Run, column: Column) => Cell;
  /** What stands in a cell; computed when it is drawn and kept until something changes. */
  readonly cell: (row: ListRow, column: Column) => DrawnCell;
}

export function useTable(): TableModel {
  const view = useRunList();
  const metrics = useWorkspace((workspace) => workspace.metrics);
  const [slice, change] = useSlice('table', parseTable);
  const baseline = useBaseline();
  const all = useMemo(() => columnsOf(view.matched, metrics), [view.matched, metrics]);
  const columns = useMemo(() => arrangeColumns(all, slice), [all, slice]);
  const withDelta = slice.deltas && baseline !== undefined;
  return useMemo(() => {
    const value = (run: Run, column: Column): Cell => readField(run, column.field, readOptions(column.field, metrics));
    const kept = new Map<string, DrawnCell>();
    const draw = (row: ListRow, column: Column): DrawnCell => {
      const reference = withDelta && baseline && column.field.kind !== 'attributes' ? value(baseline, column) : undefined;
      if (row.kind === 'run') {
        const cell = value(row.run, column);
        return {
          ...cellText(cell, column.field),
          delta: reference === undefined || row.run.id === baseline?.id ? null : deltaOf(cell, reference, column.direction),
        };
      }
      const summary = summarise(row.group.members.map((run) => value(run, column)));
      return { ...summaryText(summary, column.field), delta: reference === undefined ? null : deltaOf(middleOf(summary), reference, column.direction) };
    };
    const cell = (row: ListRow, column: Column): DrawnCell => {
      const key = `${row.key}\n${column.id}`;
      const known = kept.get(key) ?? draw(row, column);
      // Scrolling through a large table must not keep all of it.
      if (kept.size > 50_000) kept.clear();
      kept.set(key, known);
      return known;
    };
    return { view, all, columns, slice, change, metrics, baseline, value, cell, widthOf: (column) => widthOf(column, slice, withDelta) };
  }, [view, all, columns, slice, change, metrics, baseline, withDelta]);
}

const middleOf = (summary: CellSummary): Cell => (summary.kind === 'same' ? summary.value : summary.kind === 'numbers' ? mean(summary) : undefined);
