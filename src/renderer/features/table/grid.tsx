// The grid: virtual in both directions, names and pinned columns stay at the left, cells are walked by the arrow keys.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { displayName } from '../../../core/model/run';
import { andCondition, conditionText } from '../../../core/view/query';
import type { Column } from '../../../core/view/table-columns';
import { setting as density, rowHeights } from '../../settings/items/density';
import { useApp, useSetting, useWorkspace } from '../../state/app';
import { makeBaseline } from '../../state/run-actions';
import { setChecked } from '../../state/workspace';
import { Icon } from '../../widgets/icon';
import { ContextMenu } from '../../widgets/menu';
import { type CellPlace, cellMenu } from './cell-menu';
import { copyText } from './export';
import { HeadCell, Resizer, sortBy } from './head-cell';
import { Row } from './row';
import { nameColumn, nameWidth } from './slice';
import styles from './table.module.css';
import type { TableModel } from './use-table';

export const headHeight = 44;

export interface Placed {
  readonly column: Column;
  readonly left: number;
  readonly width: number;
  /** Counted from 1 over all columns, the name being 1. */
  readonly index: number;
}

export function Grid({ table }: { readonly table: TableModel }) {
  const app = useApp();
  const rowHeight = rowHeights[useSetting(density)];
  const scroller = useRef<HTMLDivElement>(null);
  const menuAt = useRef<CellPlace | null>(null);
  const [at, setAt] = useState<{ readonly row: number; readonly column: number }>({ row: 0, column: 0 });
  const nameSort = useWorkspace((workspace) => workspace.sort.find((key) => key.field === 'attributes.name'));
  const { rows } = table.view;
  const { pinned, rest } = table.columns;
  const firstWidth = table.slice.widths[nameColumn] ?? nameWidth;
  const pinnedPlaced = useMemo(() => placePinned(pinned, firstWidth, table), [pinned, firstWidth, table]);
  const pinnedWidth = pinnedPlaced.reduce((sum, one) => sum + one.width, firstWidth);
  const widths = useMemo(() => rest.map((column) => table.widthOf(column)), [rest, table]);

  // Both listen to the same scrolling: drawn at once after the first, the second would have to lay out anew to read its place.
  const rowVirtual = useVirtualizer({
    useFlushSync: false,
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are estimated once unless told that they changed
  useLayoutEffect(() => rowVirtual.measure(), [rowHeight, rowVirtual]);
  const columnVirtual = useVirtualizer({
    horizontal: true,
    useFlushSync: false,
    count: rest.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 100,
    paddingStart: pinnedWidth,
    scrollPaddingStart: pinnedWidth,
    overscan: 2,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are estimated once unless told that they changed
  useLayoutEffect(() => columnVirtual.measure(), [widths, pinnedWidth, columnVirtual]);

  const items = columnVirtual.getVirtualItems();
  const span = `${items[0]?.index}:${items.at(-1)?.index}:${columnVirtual.getTotalSize()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `span` says all that matters of `items`, which is new in every draw
  const placed: readonly Placed[] = useMemo(
    () =>
      items.flatMap((item) => {
        const column = rest[item.index];
        return column ? [{ column, left: item.start, width: item.size, index: pinned.length + item.index + 2 }] : [];
      }),
    [span, rest, pinned],
  );
  const total = columnVirtual.getTotalSize();
  const columns: readonly Column[] = useMemo(() => [...pinned, ...rest], [pinned, rest]);

  const row = Math.min(at.row, rows.length - 1);
  const column = Math.min(at.column, columns.length);
  useEffect(() => {
    const here = rows[row];
    if (here?.kind === 'run' && scroller.current?.contains(document.activeElement)) app.session.setState({ current: here.run.id });
  }, [app, rows, row]);

  const go = (nextRow: number, nextColumn: number): void => {
    const to = { row: Math.max(0, Math.min(rows.length - 1, nextRow)), column: Math.max(0, Math.min(columns.length, nextColumn)) };
    setAt(to);
    rowVirtual.scrollToIndex(to.row);
    if (to.column > pinned.length) columnVirtual.scrollToIndex(to.column - pinned.length - 1);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const here = rows[row];
    const cell = columns[column - 1];
    const mod = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const run = here?.kind === 'run' ? here.run : null;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(mod ? rows.length : row + 1, column),
      ArrowUp: () => go(mod ? 0 : row - 1, column),
      ArrowRight: () => go(row, mod ? columns.length : column + 1),
      ArrowLeft: () => go(row, mod ? 0 : column - 1),
      Home: () => go(mod ? 0 : row, 0),
      End: () => go(mod ? rows.length : row, columns.length),
      PageDown: () => go(row + page, column),
      PageUp: () => go(row - page, column),
    };
    const acts: Readonly<Record<string, () => void>> = run
      ? {
          Enter: () => app.navigation.toRun(run.id),
          ' ': () => {
            const { history, change } = app.workspace.getState();
            change('check', setChecked([run.id], !history.now.checked.has(run.id)), { undoable: false });
          },
          b: () => makeBaseline(app, run.id),
          s: () => sortBy(app, cell ? cell.id : 'attributes.name', event),
          f: () => {
            if (!cell) return;
            const condition = conditionText(cell.field, table.value(run, cell));
            app.workspace.getState().change('filter', (now) => ({ ...now, filter: andCondition(now.filter, condition) }));
          },
        }
      : {
          Enter: () => {
            if (here) app.session.setState(({ unfolded }) => ({ unfolded: toggled(unfolded, here.key) }));
          },
        };
    const copies = mod && event.key.toLowerCase() === 'c' && here && getSelection()?.isCollapsed !== false;
    const take = copies
      ? () => copyText(app, cell ? table.cell(here, cell).full : run ? displayName(run) : '', 'Value copied')
      : (moves[event.key] ?? (mod || event.altKey ? undefined : acts[event.key]));
    if (!take) return;
    event.preventDefault();
    event.stopPropagation();
    take();
  };

  return (
    <ContextMenu className={styles.grow} items={() => (menuAt.current ? cellMenu(app, table, menuAt.current) : [])}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label="Table of runs"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={`cell-${row}-${column}`}
        tabIndex={0}
        onKeyDown={key}
        onMouseLeave={() => app.session.setState({ hovered: null })}
        onMouseDown={(event) => {
          const place = placeOf(event.target);
          if (place) setAt(place);
        }}
        onContextMenu={(event) => {
          const place = placeOf(event.target);
          const here = place ? rows[place.row] : undefined;
          menuAt.current = place && here ? { row: here, column: columns[place.column - 1] ?? null } : null;
        }}
      >
        <div className={styles.canvas} style={{ width: total, height: rowVirtual.getTotalSize() }}>
          <div role="row" aria-rowindex={1} className={styles.headRow} style={{ width: total, height: headHeight }}>
            <div
              role="columnheader"
              aria-colindex={1}
              className={`${styles.head} ${styles.pinned} ${styles.lastPinnedHead}`}
              style={{ left: 0, width: firstWidth }}
            >
              <button type="button" className={styles.headButton} onClick={(event) => sortBy(app, 'attributes.name', event)}>
                <span className={styles.headAbove}> </span>
                <span className={styles.headTitle}>
                  Run
                  {nameSort && <Icon name={nameSort.descending ? 'down' : 'up'} size={12} />}
                </span>
              </button>
              <Resizer table={table} id={nameColumn} width={firstWidth} />
            </div>
            {pinnedPlaced.map((one) => (
              <HeadCell key={one.column.id} table={table} pinned current={column === one.index - 1} {...one} />
            ))}
            {placed.map((one) => (
              <HeadCell key={one.column.id} table={table} pinned={false} current={column === one.index - 1} {...one} />
            ))}
          </div>
          {rowVirtual.getVirtualItems().map((item) => {
            const one = rows[item.index];
            if (!one) return null;
            return (
              <Row
                key={one.key}
                row={one}
                index={item.index}
                top={item.start}
                width={total}
                table={table}
                firstWidth={firstWidth}
                pinned={pinnedPlaced}
                placed={placed}
                currentColumn={item.index === row ? column : null}
              />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

/** The cell that was pressed, by its `data-place`. */
function placeOf(target: EventTarget): { readonly row: number; readonly column: number } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  const [row, column] = (cell?.dataset.place ?? '').split(':').map(Number);
  return row === undefined || column === undefined || Number.isNaN(row) ? null : { row, column };
}

function placePinned(pinned: readonly Column[], from: number, table: TableModel): readonly Placed[] {
  let left = from;
  return pinned.map((column, at) => {
    const width = table.widthOf(column);
    const placed = { column, left, width, index: at + 2 };
    left += width;
    return placed;
  });
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
