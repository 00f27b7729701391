// The findings, of which only the rows in sight exist. Arrows walk them, Enter goes into the open one.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { displayName } from '../../../core/model/run';
import type { FindingItem, HealthRow } from '../../../core/view/health-list';
import { useApp, useRunStyle } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { RunMark } from '../../widgets/run-mark';
import { Severity } from '../../widgets/severity';
import styles from './health.module.css';
import { ruleTitle } from './rule-titles';

interface Props {
  readonly rows: readonly HealthRow[];
  /** Key of the open finding. */
  readonly open: string | null;
  readonly onOpen: (item: FindingItem) => void;
  readonly listRef: RefObject<HTMLDivElement | null>;
  /** Rows name their run, because their head does not. */
  readonly showRun: boolean;
}

const headHeight = 32;
const rowHeight = 48;

export function FindingList({ rows, open, onOpen, listRef, showRun }: Props) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => listRef.current,
    estimateSize: (at) => (rows[at]?.kind === 'head' ? headHeight : rowHeight),
    overscan: 10,
    getItemKey: (at) => rows[at]?.key ?? at,
  });
  const at = open === null ? -1 : rows.findIndex((row) => row.kind === 'finding' && row.key === open);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have other heights
  useEffect(() => virtual.measure(), [rows, virtual]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const go = (from: number, by: 1 | -1): void => {
    for (let next = from + by; next >= 0 && next < rows.length; next += by) {
      const row = rows[next];
      if (row?.kind !== 'finding') continue;
      onOpen(row.item);
      return;
    }
  };
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const take = {
      ArrowDown: () => go(at, 1),
      ArrowUp: () => go(at < 0 ? rows.length : at, -1),
      Home: () => go(-1, 1),
      End: () => go(rows.length, -1),
      Enter: () => document.getElementById('finding-detail')?.focus(),
    }[event.key];
    if (!take) return;
    event.preventDefault();
    event.stopPropagation();
    take();
  };

  return (
    <div
      ref={listRef}
      className={styles.list}
      role="listbox"
      aria-label="Findings"
      aria-activedescendant={at >= 0 ? `finding-${at}` : undefined}
      tabIndex={0}
      onKeyDown={key}
    >
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return row.kind === 'head' ? (
            <Head key={item.key} row={row} top={item.start} />
          ) : (
            <Row key={item.key} id={`finding-${item.index}`} item={row.item} top={item.start} open={row.key === open} showRun={showRun} onOpen={onOpen} />
          );
        })}
      </div>
    </div>
  );
}

function Head({ row, top }: { readonly row: Extract<HealthRow, { kind: 'head' }>; readonly top: number }) {
  return (
    <div role="presentation" className={styles.head} style={{ transform: `translateY(${top}px)` }}>
      {row.run && <Mark run={row.run.id} />}
      <span className={styles.headTitle} title={row.title}>
        {row.title}
      </span>
      <span className={styles.headNote}>{row.note}</span>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly item: FindingItem;
  readonly top: number;
  readonly open: boolean;
  readonly showRun: boolean;
  readonly onOpen: (item: FindingItem) => void;
}

function Row({ id, item, top, open, showRun, onOpen }: RowProps) {
  const app = useApp();
  const { finding, run, waived } = item;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    <div
      id={id}
      role="option"
      aria-selected={open}
      className={cx(styles.row, open && styles.openRow, waived && styles.quiet)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(item)}
      onMouseEnter={() => app.session.setState({ hovered: run.id })}
      onMouseLeave={() => app.session.setState({ hovered: null })}
    >
      <Severity severity={finding.severity} bare size={16} />
      <div className={styles.rowText}>
        <p className={styles.rowTitle}>
          {showRun ? (
            <>
              <Mark run={run.id} />
              <span className={styles.rowName}>{displayName(run)}</span>
            </>
          ) : (
            <span className={styles.rowName}>{ruleTitle(finding.rule) || finding.rule}</span>
          )}
          <span className={styles.rule}>{finding.rule}</span>
          {waived && <span className={styles.headNote}>set aside</span>}
        </p>
        <p className={styles.rowSummary} title={finding.summary}>
          {finding.summary}
        </p>
      </div>
    </div>
  );
}

const Mark = ({ run }: { readonly run: FindingItem['run']['id'] }) => <RunMark style={useRunStyle(run)} />;
