// The parts of a tab: a row of buttons of which one is open, each with how much is in it.

import { cx } from './class-names';
import styles from './segments.module.css';

interface Props<Id extends string> {
  readonly label: string;
  readonly titles: Readonly<Record<Id, string>>;
  readonly open: Id;
  readonly onOpen: (id: Id) => void;
  /** By part; null or missing where it is not known. */
  readonly counts?: Readonly<Partial<Record<Id, number | null>>>;
}

export function Segments<Id extends string>({ label, titles, open, onOpen, counts }: Props<Id>) {
  return (
    <nav className={styles.segments} aria-label={label}>
      {(Object.keys(titles) as Id[]).map((id) => (
        <button
          key={id}
          type="button"
          className={cx(styles.segment, id === open && styles.open)}
          aria-current={id === open ? 'page' : undefined}
          onClick={() => onOpen(id)}
        >
          {titles[id]}
          <Count count={counts?.[id] ?? null} />
        </button>
      ))}
    </nav>
  );
}

const Count = ({ count }: { readonly count: number | null }) => count !== null && <span className={styles.count}>{count.toLocaleString('en')}</span>;
