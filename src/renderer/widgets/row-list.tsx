// A long list of rows under headings, of which only those in sight exist. Arrows, Home and End walk the rows, Enter goes into the open one.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect } from 'react';
import { cx } from './class-names';
import styles from './row-list.module.css';

interface Heading {
  readonly kind: 'head';
  readonly key: string;
  readonly title: string;
  readonly note: string;
}

interface Entry<Item> {
  readonly kind: 'finding';
  readonly key: string;
  readonly item: Item;
}

interface Props<Head extends Heading, Item> {
  readonly rows: readonly (Head | Entry<Item>)[];
  /** Key of the open row. */
  readonly open: string | null;
  readonly onOpen: (item: Item) => void;
  readonly onEnter: () => void;
  readonly onHover?: (item: Item | null) => void;
  readonly element: RefObject<HTMLDivElement | null>;
  readonly label: string;
  /** Begins the ids of rows, for assistive technology. */
  readonly id: string;
  /** Before the title of a heading. */
  readonly mark?: (head: Head) => ReactNode;
  readonly children: (item: Item) => ReactNode;
}

const headHeight = 32;
const rowHeight = 48;

export function RowList<Head extends Heading, Item>({ rows, open, onOpen, onEnter, onHover, element, label, id, mark, children }: Props<Head, Item>) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => element.current,
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
      Enter: onEnter,
    }[event.key];
    if (!take) return;
    event.preventDefault();
    event.stopPropagation();
    take();
  };

  return (
    <div
      ref={element}
      className={styles.list}
      role="listbox"
      aria-label={label}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={key}
    >
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const style = { transform: `translateY(${start}px)` };
          if (row.kind === 'head')
            return (
              <div key={key} role="presentation" className={styles.head} style={style}>
                {mark?.(row)}
                <span className={styles.headTitle} title={row.title}>
                  {row.title}
                </span>
                <span className={styles.note}>{row.note}</span>
              </div>
            );
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
            <div
              key={key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={row.key === open}
              className={cx(styles.row, row.key === open && styles.open)}
              style={style}
              onClick={() => onOpen(row.item)}
              onMouseEnter={onHover && (() => onHover(row.item))}
              onMouseLeave={onHover && (() => onHover(null))}
            >
              {children(row.item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Two lines beside a row's icon: what it is, with small words behind it, and one sentence. */
export function RowText({ title, summary }: { readonly title: ReactNode; readonly summary: string }) {
  return (
    <span className={styles.text}>
      <span className={styles.title}>{title}</span>
      <span className={styles.summary} title={summary}>
        {summary}
      </span>
    </span>
  );
}

/** Small words of a row: an id right behind its title, or a note at its end. */
export const RowNote = ({ end, children }: { readonly end?: true; readonly children: ReactNode }) => (
  <span className={end ? styles.note : styles.id}>{children}</span>
);

/** A title that ends in an ellipsis where the row is too narrow; struck where the row was set aside. */
export const RowName = ({ mono, struck, children }: { readonly mono?: true; readonly struck?: boolean; readonly children: ReactNode }) => (
  <span className={cx(styles.name, mono && styles.mono, struck && styles.struck)}>{children}</span>
);
