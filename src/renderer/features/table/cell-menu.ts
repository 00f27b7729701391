// The menu of a cell, at the pointer.

import { displayName } from '../../../core/model/run';
import { andCondition, conditionText } from '../../../core/view/query';
import type { ListRow } from '../../../core/view/run-list';
import type { Column } from '../../../core/view/table-columns';
import type { App } from '../../state/app';
import { deleteRuns, makeBaseline, showOnlyRuns, toggleVisible } from '../../state/run-actions';
import type { MenuItem } from '../../widgets/menu';
import { hideColumn } from './column-changes';
import { copyRow, copyText } from './export';
import type { TableModel } from './use-table';

export interface CellPlace {
  readonly row: ListRow;
  /** Null for the name. */
  readonly column: Column | null;
}

export function cellMenu(app: App, table: TableModel, { row, column }: CellPlace): readonly MenuItem[] {
  const { change, history } = app.workspace.getState();
  const full = column ? table.cell(row, column).full : '';
  const copyValue: readonly MenuItem[] = column
    ? [{ label: 'Copy value in full', icon: 'copy', keys: 'mod+c', onPick: () => copyText(app, full, 'Value copied') }]
    : [];
  if (row.kind === 'group') {
    const ids = row.group.members.map((run) => run.id);
    return [
      ...copyValue,
      { label: 'Show or hide in charts', icon: 'eye', onPick: () => toggleVisible(app, ids) },
      { label: 'Show only this group', onPick: () => showOnlyRuns(app, ids) },
    ];
  }
  const { run } = row;
  const only = (condition: string): void => change('filter', (now) => ({ ...now, filter: andCondition(now.filter, condition) }));
  const condition = column ? conditionText(column.field, table.value(run, column)) : '';
  return [
    ...copyValue,
    { label: 'Copy row', icon: 'copy', onPick: () => copyRow(app, table, run) },
    ...(column
      ? ([
          { kind: 'line' },
          { label: `Only ${shortened(condition)}`, icon: 'filter', keys: 'f', onPick: () => only(condition) },
          { label: `Not ${shortened(condition)}`, icon: 'filter', onPick: () => only(`not ${condition}`) },
          { label: `Hide column ${shortened(column.title)}`, icon: 'eye-off', onPick: () => table.change('hide column', hideColumn(column.id)) },
        ] satisfies MenuItem[])
      : []),
    { kind: 'line' },
    { label: `Open ${shortened(displayName(run))}`, icon: 'expand', keys: 'enter', onPick: () => app.navigation.toRun(run.id) },
    { label: history.now.baseline === run.id ? 'Baseline no more' : 'Make baseline', icon: 'bookmark', keys: 'b', onPick: () => makeBaseline(app, run.id) },
    { label: 'Show only this run in charts', icon: 'eye', onPick: () => showOnlyRuns(app, [run.id]) },
    { label: 'Delete', icon: 'trash', danger: true, onPick: () => deleteRuns(app, [run.id]) },
  ];
}

const shortened = (text: string): string => (text.length > 44 ? `${text.slice(0, 43)}…` : text);
