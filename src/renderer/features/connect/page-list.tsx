// A list that comes page by page, and what stands in its place while there is nothing in it.

import { useEffect, useRef } from 'react';
import { counted } from '../../../core/view/format';
import { Button } from '../../widgets/button';
import { Empty, Failed, Loading } from '../../widgets/states';
import styles from './connect.module.css';
import type { Pages } from './use-pages';

interface Props {
  readonly pages: Pages<unknown>;
  /** How many of those that are listed are shown. */
  readonly shown: number;
  readonly empty: string;
  /** "runs". */
  readonly what: string;
  readonly children: React.ReactNode;
}

export function PageList({ pages, shown, empty, what, children }: Props) {
  const { items, more, loading, failure, next, again } = pages;
  // Whoever scrolls to the end wants more. While only some are shown the end is always near, and a tracker would be asked for all that it has.
  const end = useRef<HTMLLIElement>(null);
  const goesOn = more && !loading && !failure && shown === items.length;
  const ask = useRef(next);
  ask.current = next;
  useEffect(() => {
    if (!goesOn || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && ask.current(), { root: end.current.parentElement });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [goesOn]);
  if (failure && items.length === 0)
    return <Failed title={`The ${what} cannot be listed`} message={failure.message} tip={failure.tip} actions={<Button onClick={again}>Ask again</Button>} />;
  if (loading && items.length === 0) return <Loading text={`Asking for ${what}…`} />;
  if (items.length === 0) return <Empty title={empty} />;
  const listed = counted(items.length, what.replace(/s$/, ''));
  return (
    <ul className={styles.entries}>
      {children}
      <li className={styles.entry} ref={end}>
        <span className={styles.note}>{shown === items.length ? listed : `${counted(shown, '', '').trim()} of ${listed}`}</span>
        {failure && (
          <span className={styles.bad} role="alert">
            {failure.message} {failure.tip}
          </span>
        )}
        {(more || failure) && (
          <Button size="s" disabled={loading} onClick={failure ? again : next}>
            {loading ? 'Asking…' : failure ? 'Ask again' : `More ${what}`}
          </Button>
        )}
      </li>
    </ul>
  );
}
