// A list that comes page by page, and what stands in its place while there is nothing in it.

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

export function PageList({ pages: { items, more, loading, failure, next, again }, shown, empty, what, children }: Props) {
  if (failure && items.length === 0)
    return <Failed title={`The ${what} cannot be listed`} message={failure.message} tip={failure.tip} actions={<Button onClick={again}>Ask again</Button>} />;
  if (loading && items.length === 0) return <Loading text={`Asking for ${what}…`} />;
  if (items.length === 0) return <Empty title={empty} />;
  const listed = counted(items.length, what.replace(/s$/, ''));
  return (
    <ul className={styles.entries}>
      {children}
      <li className={styles.entry}>
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
