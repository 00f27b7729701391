// A row of tabs; only the open panel is drawn.

import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export interface TabItem {
  readonly id: string;
  readonly title: string;
  /** A short count or mark after the title. */
  readonly mark?: ReactNode;
  /** Named for assistive technology as the tab's shortcut. */
  readonly keys?: string;
}

interface Props {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly open: string;
  readonly onOpen: (id: string) => void;
  /** At the right end of the row. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Tabs({ label, items, open, onOpen, aside, children }: Props) {
  return (
    <Base.Root value={open} onValueChange={(id) => onOpen(String(id))} className={styles.root}>
      <div className={styles.bar}>
        <Base.List aria-label={label} className={styles.list}>
          {items.map((item) => (
            <Base.Tab key={item.id} value={item.id} className={styles.tab} aria-keyshortcuts={item.keys}>
              {item.title}
              {item.mark !== undefined && <span className={styles.mark}>{item.mark}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      <Base.Panel value={open} className={styles.panel}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
