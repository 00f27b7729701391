// The long table: rows virtualised, the key and the baseline pinned at the left.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useRef } from 'react';
import type { RunId } from '../../../core/base/units';
import { displayName, type Run } from '../../../core/model/run';
import type { DiffCell, DiffItem } from '../../../core/view/differences';
import { useApp, useRunStyle } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { Icon } from '../../widgets/icon';
import { RunMark } from '../../widgets/run-mark';
import type { FilePair } from './compare-files';
import styles from './differences.module.css';

interface Props {
  readonly items: readonly DiffItem[];
  readonly runs: readonly Run[];
  readonly baseline: RunId;
  readonly onFold: (id: string) => void;
  readonly onCompare: (pair: FilePair) => void;
}

const rowHeight = 28;
const keyWidth = 280;
const columnWidth = 260;

export function DiffGrid({ items, runs, baseline, onFold, onCompare }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: items.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  // Head and rows are grids of their own: the same explicit width keeps their columns in line.
  const columns: CSSProperties = {
    gridTemplateColumns: `${keyWidth}px repeat(${runs.length}, minmax(0, 1fr))`,
    minWidth: keyWidth + runs.length * columnWidth,
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard
    <div ref={scroller} className={styles.scroll} role="table" aria-label="Differences" aria-rowcount={items.length + 1} tabIndex={0}>
      <div className={styles.head} role="row" style={columns}>
        <span role="columnheader" className={styles.key}>
          Key
        </span>
        {runs.map((run) => (
          <RunHead key={run.id} run={run} isBaseline={run.id === baseline && runs.length > 1} />
        ))}
      </div>
      <div className={styles.body} style={{ height: rows.getTotalSize(), minWidth: columns.minWidth }} role="rowgroup">
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (!item) return null;
          return (
            <div
              key={item.kind + item.id}
              role="row"
              aria-rowindex={index + 2}
              className={cx(styles.row, styles[item.kind])}
              style={{ ...columns, transform: `translateY(${start}px)` }}
            >
              {item.kind === 'row' ? (
                <ValueRow item={item} runs={runs} baseline={baseline} onCompare={onCompare} />
              ) : (
                <Fold item={item} span={runs.length + 1} onFold={onFold} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function RunHead({ run, isBaseline }: { readonly run: Run; readonly isBaseline: boolean }) {
  const app = useApp();
  return (
    <span role="columnheader" className={cx(isBaseline && styles.pinned)}>
      <button type="button" className={styles.runName} title={displayName(run)} onClick={() => app.navigation.toRun(run.id)}>
        <RunMark style={useRunStyle(run.id)} />
        <span>{displayName(run)}</span>
      </button>
      {isBaseline && <span className={styles.badge}>baseline</span>}
    </span>
  );
}

function Fold({ item, span, onFold }: { readonly item: Exclude<DiffItem, { kind: 'row' }>; readonly span: number; readonly onFold: (id: string) => void }) {
  const indent = item.kind === 'folder' ? item.depth + 1 : 0;
  return (
    <span role="rowheader" className={styles.key} style={{ gridColumn: `1 / span ${span}`, paddingLeft: 12 + 14 * indent }}>
      <button type="button" className={styles.fold} aria-expanded={item.open} onClick={() => onFold(item.id)}>
        <Icon name={item.open ? 'chevron-down' : 'chevron-right'} size={12} />
        <span>{item.kind === 'section' ? item.title : item.label}</span>
        <span className={styles.muted}>{item.kind === 'section' ? `${item.differing} of ${item.rows} differ` : item.rows}</span>
      </button>
    </span>
  );
}

interface RowProps {
  readonly item: Extract<DiffItem, { kind: 'row' }>;
  readonly runs: readonly Run[];
  readonly baseline: RunId;
  readonly onCompare: (pair: FilePair) => void;
}

function ValueRow({ item, runs, baseline, onCompare }: RowProps) {
  const reference = item.cells.get(baseline);
  return (
    <>
      <span role="rowheader" className={cx(styles.key, item.differs && styles.differs)} title={item.key} style={{ paddingLeft: 26 + 14 * item.depth }}>
        {item.label}
      </span>
      {runs.map((run) => {
        const cell = item.cells.get(run.id);
        const isBaseline = run.id === baseline && runs.length > 1;
        return (
          <span key={run.id} role="cell" className={cx(styles.cell, cell && styles[cell.tone], isBaseline && styles.pinned)} title={cell?.exact}>
            {cell?.file ? (
              <FileCell run={run} cell={cell} reference={isBaseline ? undefined : reference?.file} baseline={baseline} onCompare={onCompare} />
            ) : (
              cell?.text
            )}
          </span>
        );
      })}
    </>
  );
}

interface FileCellProps {
  readonly run: Run;
  readonly cell: DiffCell;
  /** The baseline's file to compare with. */
  readonly reference: string | undefined;
  readonly baseline: RunId;
  readonly onCompare: (pair: FilePair) => void;
}

function FileCell({ run, cell, reference, baseline, onCompare }: FileCellProps) {
  const app = useApp();
  const path = cell.file ?? '';
  return (
    <span className={styles.file}>
      <button type="button" onClick={() => app.session.setState({ preview: { run: run.id, path } })}>
        {cell.text}
      </button>
      {reference && (
        <button type="button" onClick={() => onCompare({ left: { run: baseline, path: reference }, right: { run: run.id, path } })}>
          compare
        </button>
      )}
    </span>
  );
}
