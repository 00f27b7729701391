// The head of a column: click sorts, drag moves, the edge resizes, the menu has the rest.

import { type DragEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { Reduction } from '../../../core/compare/metrics';
import type { Direction } from '../../../core/model/run';
import { valueText } from '../../../core/view/format';
import { andCondition, quoteField } from '../../../core/view/query';
import type { Column } from '../../../core/view/table-columns';
import { type App, useApp, useWorkspace } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { Menu, type MenuItem } from '../../widgets/menu';
import { hideColumn, putBefore, setWidth, shift, togglePin } from './column-changes';
import { copyText } from './export';
import styles from './table.module.css';
import { reductionWords } from './toolbar';
import type { TableModel } from './use-table';
import { leafOf, stemOf } from './widths';

interface Props {
  readonly column: Column;
  readonly table: TableModel;
  readonly left: number;
  readonly width: number;
  readonly pinned: boolean;
  readonly index: number;
  readonly current: boolean;
}

const dragType = 'application/x-diptych-column';
const kindWords = { attributes: '', metrics: 'metric', params: 'param', summary: 'summary', tags: 'tag' } as const;

export function HeadCell({ column, table, left, width, pinned, index, current }: Props) {
  const app = useApp();
  const sort = useWorkspace((workspace) => workspace.sort.find((key) => key.field === column.id));
  const [over, setOver] = useState(false);
  // A menu for every head would make scrolling slow: it is there once somebody comes near.
  const [armed, setArmed] = useState(false);
  const reduction = table.metrics.reductions.get(column.field.name) ?? table.metrics.reduction;
  const above = [kindWords[column.field.kind], stemOf(column.title)].filter(Boolean).join(' · ');
  const drag = {
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(dragType, column.id);
      event.dataTransfer.effectAllowed = 'move';
    },
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragType)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      const id = event.dataTransfer.getData(dragType);
      if (id && id !== column.id) table.change('move column', putBefore(table.columns.rest, id, column.id));
    },
  };
  const menuButton = (
    <button type="button" className={styles.headMenu} aria-label={`Column ${column.title}`}>
      <Icon name="more" size={14} />
    </button>
  );
  return (
    <div
      role="columnheader"
      onMouseEnter={() => setArmed(true)}
      onFocus={() => setArmed(true)}
      aria-colindex={index}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className={cx(styles.head, pinned && styles.pinned, column.numeric && styles.rightHead, over && styles.dropHere, current && styles.headCurrent)}
      style={pinned ? { left, width } : { left, width, position: 'absolute' }}
      draggable={!pinned}
      {...(pinned ? {} : drag)}
    >
      <button type="button" className={styles.headButton} title={column.title} onClick={(event) => sortBy(app, column.id, event)}>
        <span className={styles.headAbove}>{above || ' '}</span>
        <span className={cx(styles.headTitle, column.numeric && styles.number)}>
          <span className={styles.headLeaf}>{leafOf(column.title)}</span>
          {column.field.kind === 'metrics' && reduction !== 'last' && <span className={styles.headNote}>{reduction}</span>}
          {sort && <Icon name={sort.descending ? 'down' : 'up'} size={12} />}
        </span>
      </button>
      {armed ? (
        <Menu items={() => headMenu(app, table, column)} align="end">
          {menuButton}
        </Menu>
      ) : (
        menuButton
      )}
      <Resizer table={table} id={column.id} width={width} />
    </div>
  );
}

/** Up, down, not at all; Shift adds a further key. */
export function sortBy(app: App, field: string, event: Pick<MouseEvent, 'shiftKey'>): void {
  app.workspace.getState().change('sort', (now) => {
    const known = now.sort.find((key) => key.field === field);
    const next = !known ? [{ field, descending: false }] : known.descending ? [] : [{ field, descending: true }];
    const others = event.shiftKey ? now.sort.filter((key) => key.field !== field) : [];
    return { ...now, sort: [...others, ...next] };
  });
}

export function Resizer({ table, id, width }: { readonly table: TableModel; readonly id: string; readonly width: number }) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const resize = (to: number | null): void => table.change('column width', setWidth(id, to), { key: `width ${id}` });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only; the column's menu sets widths by key
    <span
      className={styles.resizer}
      onPointerDown={(event: PointerEvent<HTMLElement>) => {
        event.preventDefault();
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current) resize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={() => resize(null)}
    />
  );
}

function headMenu(app: App, table: TableModel, column: Column): readonly MenuItem[] {
  const { change } = app.workspace.getState();
  const { id, field, title } = column;
  const pinned = table.slice.pinned.includes(id);
  const { rest } = table.columns;
  const width = table.widthOf(column);
  const only = (condition: string): void => change('filter', (now) => ({ ...now, filter: andCondition(now.filter, condition) }));
  const metric: readonly MenuItem[] =
    field.kind !== 'metrics'
      ? []
      : [
          { kind: 'line' },
          {
            kind: 'choice',
            label: 'Shows',
            value: table.metrics.reductions.get(field.name) ?? table.metrics.reduction,
            options: reductionWords,
            onPick: (value) =>
              change('metric value', (now) => ({
                ...now,
                metrics: { ...now.metrics, reductions: new Map(now.metrics.reductions).set(field.name, value as Reduction) },
              })),
          },
          {
            kind: 'choice',
            label: 'Better is',
            value: column.direction,
            options: [
              { value: 'min', label: 'Lower' },
              { value: 'max', label: 'Higher' },
              { value: 'none', label: 'Not known' },
            ],
            onPick: (value) =>
              change('direction', (now) => ({
                ...now,
                metrics: { ...now.metrics, directions: new Map(now.metrics.directions).set(field.name, value as Direction) },
              })),
          },
        ];
  return [
    { label: 'Sort up', icon: 'up', onPick: () => change('sort', (now) => ({ ...now, sort: [{ field: id, descending: false }] })) },
    { label: 'Sort down', icon: 'down', onPick: () => change('sort', (now) => ({ ...now, sort: [{ field: id, descending: true }] })) },
    ...(field.kind === 'metrics'
      ? []
      : [
          {
            label: `Group by ${title}`,
            icon: 'group' as const,
            onPick: () => change('group', (now) => ({ ...now, grouping: { kind: 'fields', fields: [id] } })),
          },
        ]),
    { label: 'Only runs that have it', icon: 'filter', onPick: () => only(`${quoteField(id)} is not null`) },
    ...metric,
    ...(field.kind === 'metrics'
      ? [{ label: 'What this metric is…', icon: 'settings' as const, onPick: () => app.session.setState({ role: baseName(field.name) }) }]
      : []),
    { kind: 'line' },
    { label: pinned ? 'Unpin' : 'Pin at the left', icon: 'pin', onPick: () => table.change('pin', togglePin(id)) },
    ...(pinned
      ? []
      : [
          { label: 'Move left', icon: 'chevron-left' as const, onPick: () => table.change('move column', shift(rest, id, -1)) },
          { label: 'Move right', icon: 'chevron-right' as const, onPick: () => table.change('move column', shift(rest, id, 1)) },
          { label: 'Move to the front', onPick: () => table.change('move column', putBefore(rest, id, rest[0]?.id ?? null)) },
        ]),
    { label: 'Wider', icon: 'plus', onPick: () => table.change('column width', setWidth(id, width + 40)) },
    { label: 'Narrower', icon: 'minus', onPick: () => table.change('column width', setWidth(id, width - 40)) },
    { kind: 'line' },
    { label: 'Copy name', icon: 'copy', onPick: () => copyText(app, title, 'Name copied') },
    {
      label: 'Copy column',
      icon: 'copy',
      onPick: () =>
        copyText(
          app,
          table.view.runs
            .map((run) => table.value(run, column))
            .map((cell) => (cell === undefined ? '' : valueText(cell)))
            .join('\n'),
          'Column copied',
        ),
    },
    { label: 'Hide', icon: 'eye-off', onPick: () => table.change('hide column', hideColumn(id)) },
  ];
}

/** `loss {subrun=train}` → `loss`: what is said of a metric holds for all its contexts. */
const baseName = (name: string): string => name.replace(/ \{[^{}]*\}$/, '');
