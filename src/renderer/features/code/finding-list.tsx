// The findings, of which only the rows in sight exist. Arrows (j and k anywhere in the tab) walk them, Enter goes into the code.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { type CodeGrouping, type CodeItem, type CodeRow, placeText } from '../../../core/view/code-list';
import { cx } from '../../widgets/class-names';
import styles from './code.module.css';
import { LevelIcon } from './level';

interface Props {
  readonly rows: readonly CodeRow[];
  /** Key of the open finding. */
  readonly open: string | null;
  readonly onOpen: (item: CodeItem) => void;
  /** Enter: to the code of the open finding. */
  readonly onEnter: () => void;
  readonly element: RefObject<HTMLDivElement | null>;
  readonly grouping: CodeGrouping;
}

const headHeight = 32;
const rowHeight = 48;

export function CodeFindingList({ rows, open, onOpen, onEnter, element: list, grouping }: Props) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: (at) => (rows[at]?.kind === 'head' ? headHeight : rowHeight),
    overscan: 10,
    getItemKey: (at) => rows[at]?.key ?? at,
  });
  const at = rows.findIndex((row) => row.kind === 'finding' && row.key === open);
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
      Enter: onEnter,
    }[event.key];
    if (!take) return;
    event.preventDefault();
    event.stopPropagation();
    take();
  };
  return (
    <div
      ref={list}
      className={styles.list}
      role="listbox"
      aria-label="Findings in the code"
      aria-activedescendant={at >= 0 ? `code-finding-${at}` : undefined}
      tabIndex={0}
      onKeyDown={key}
    >
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const transform = `translateY(${item.start}px)`;
          if (row.kind === 'head')
            return (
              <div key={item.key} role="presentation" className={styles.head} style={{ transform }}>
                <span className={styles.headTitle} title={row.title}>
                  {row.title}
                </span>
                <span className={styles.headNote}>{row.note}</span>
              </div>
            );
          const { finding } = row.item;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
            <div
              key={item.key}
              id={`code-finding-${item.index}`}
              role="option"
              aria-selected={row.key === open}
              className={cx(styles.row, row.key === open && styles.openRow)}
              style={{ transform }}
              onClick={() => onOpen(row.item)}
            >
              <LevelIcon level={finding.severity} />
              <div className={styles.rowText}>
                <p className={styles.rowTitle}>
                  <span className={styles.place}>{grouping === 'file' ? lineText(row.item) : placeText(finding.places[0])}</span>
                  {grouping === 'file' && <span className={styles.headNote}>{finding.rule}</span>}
                </p>
                <p className={styles.rowSummary} title={finding.summary}>
                  {finding.summary}
                </p>
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const lineText = ({ finding }: CodeItem): string => {
  const [place] = finding.places;
  if (!place) return 'no line';
  return place.cell === null ? `line ${place.line}` : `cell ${place.cell}, line ${place.line}`;
};
