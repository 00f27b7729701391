// A logged table: virtualised both ways, sorted by a column, pictures in their cells.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Media } from '../../core/model/media';
import { parseTable, type TableCell, type TableMedia } from '../../core/model/media-forms';
import type { Run } from '../../core/model/run';
import { cellText, columnPictures, holdsMedia, isNumeric, shortCell, sortedRows, type TableSort, tableNote, tableTsv } from '../../core/view/media-table';
import { imageMime } from '../../core/view/preview';
import { cx } from '../widgets/class-names';
import { CopyButton } from '../widgets/copy-button';
import { Icon } from '../widgets/icon';
import styles from './media.module.css';
import { Picture } from './picture';
import { useBytes } from './use-bytes';
import type { Zoomed } from './zoom';

interface Props extends Of {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly title: string;
}

/** Whose table it is: its cells name contents of the run. */
interface Of {
  readonly run: Run;
  readonly media: Media;
  readonly onZoom: (zoomed: Zoomed) => void;
}

export function TableView({ bytes, title, ...of }: Props) {
  const table = useMemo(() => parseTable(bytes), [bytes]);
  return table ? <FormTable table={table} title={title} of={of} /> : <p className={styles.absent}>The bytes that were kept hold no table.</p>;
}

const headHeight = 28;
const [rowHeight, pictureRow] = [28, 72];
const [numberWidth, textWidth, pictureWidth] = [104, 180, 92];
/** Rows that are seen at once, at most. */
const mostHigh = 360;

interface FormProps {
  readonly table: TableMedia;
  readonly title: string;
  /** Left out where the cells hold no media. */
  readonly of?: Of;
}

export function FormTable({ table, title, of }: FormProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<TableSort | null>(null);
  const order = useMemo(() => sortedRows(table, sort), [table, sort]);
  const kinds = useMemo(
    () => table.columns.map((_, column) => (isNumeric(table, column) ? 'number' : table.rows.some((row) => isMedia(row[column])) ? 'media' : 'text')),
    [table],
  );
  const height = useMemo(() => (holdsMedia(table) ? pictureRow : rowHeight), [table]);
  const widthOf = (column: number): number => ({ number: numberWidth, text: textWidth, media: pictureWidth })[kinds[column] ?? 'text'];
  const rows = useVirtualizer({
    useFlushSync: false,
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    paddingStart: headHeight,
    overscan: 4,
  });
  const columns = useVirtualizer({
    horizontal: true,
    useFlushSync: false,
    count: table.columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: widthOf,
    overscan: 2,
  });
  const places = columns.getVirtualItems();
  const zoom = (column: number, index: number): void => {
    if (!of) return;
    const items = columnPictures(table, order, column);
    const item = items.find((one) => one.index === index);
    const media: Media = { name: `${of.media.name} · ${table.columns[column] ?? ''}`, kind: of.media.kind, count: items.length, items };
    if (item) of.onZoom({ run: of.run, media, item });
  };
  const press = (column: number): void =>
    setSort(sort?.column !== column ? { column, descending: false } : sort.descending ? null : { column, descending: true });
  return (
    <div className={styles.tableItem}>
      <div
        ref={scroller}
        role="table"
        aria-label={title}
        aria-rowcount={order.length + 1}
        aria-colcount={table.columns.length}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard
        tabIndex={0}
        className={styles.table}
        style={{ height: Math.min(mostHigh, rows.getTotalSize() + 14) }}
      >
        <div role="presentation" className={styles.tableCanvas} style={{ width: columns.getTotalSize(), height: rows.getTotalSize() }}>
          <div role="row" aria-rowindex={1} className={styles.headRow} style={{ height: headHeight, width: columns.getTotalSize() }}>
            {places.map(({ index, start, size }) => (
              <div
                key={index}
                role="columnheader"
                aria-colindex={index + 1}
                aria-sort={sort?.column !== index ? 'none' : sort.descending ? 'descending' : 'ascending'}
                className={cx(styles.headCell, kinds[index] === 'number' && styles.number)}
                style={{ left: start, width: size }}
              >
                <button type="button" title={table.columns[index]} onClick={() => press(index)}>
                  <span>{table.columns[index] || '–'}</span>
                  {sort?.column === index && <Icon name={sort.descending ? 'down' : 'up'} size={12} />}
                </button>
              </div>
            ))}
          </div>
          {rows.getVirtualItems().map(({ index, start }) => (
            <div key={index} role="row" aria-rowindex={index + 2} className={styles.tableRow} style={{ top: start, height, width: columns.getTotalSize() }}>
              {places.map((place) => {
                const cell = table.rows[order[index] as number]?.[place.index] ?? null;
                return (
                  <div
                    key={place.index}
                    role="cell"
                    aria-colindex={place.index + 1}
                    className={cx(styles.cell, height > rowHeight && styles.tall, kinds[place.index] === 'number' && styles.number)}
                    style={{ left: place.start, width: place.size }}
                    title={isMedia(cell) ? undefined : cellText(cell)}
                  >
                    <Cell cell={cell} of={of} onZoom={() => zoom(place.index, index)} />
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      <div className={styles.foot}>
        <span className={styles.muted}>{tableNote(table)}</span>
        <CopyButton text={() => tableTsv(table, order)} />
      </div>
    </div>
  );
}

const isMedia = (cell: TableCell | undefined): cell is Extract<TableCell, object> => typeof cell === 'object' && cell !== null;

interface CellProps {
  readonly cell: TableCell;
  readonly of: Of | undefined;
  readonly onZoom: () => void;
}

function Cell({ cell, of, onZoom }: CellProps) {
  if (!isMedia(cell)) return cell === null ? <span className={styles.muted}>–</span> : shortCell(cell);
  return of && cell.form === 'image' ? <CellPicture run={of.run} path={cell.content} onZoom={onZoom} /> : <span className={styles.muted}>{cell.content}</span>;
}

function CellPicture({ run, path, onZoom }: { readonly run: Run; readonly path: string; readonly onZoom: () => void }) {
  const content = useBytes(run, path);
  if (content.kind === 'loading') return null;
  if (content.kind !== 'ready') return <span className={styles.muted}>not kept</span>;
  return <Picture bytes={content.bytes} type={imageMime(path)} title={path.split('/').at(-1) ?? path} onZoom={onZoom} />;
}
