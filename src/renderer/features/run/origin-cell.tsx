// Beside a value: which of the run's sources says so.

import type { OriginMark } from '../../../core/view/origin-words';
import styles from './run.module.css';

/** A cell of its own in a run of several sources, nothing otherwise. */
export function OriginCell({ mark }: { readonly mark: OriginMark | null }) {
  if (!mark) return null;
  return (
    <td>
      <span className={styles.origin} title={mark.full} role="img" aria-label={mark.full}>
        {mark.short}
      </span>
    </td>
  );
}
