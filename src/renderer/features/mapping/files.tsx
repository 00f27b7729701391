// The files that nobody knows, with what they look like.

import type { Survey } from '../../../core/ingest/survey';
import { bytesText, counted } from '../../../core/view/format';
import styles from './mapping.module.css';

const shown = 100;

export function UnknownFiles({ survey: { unknown, unknownCount } }: { readonly survey: Survey }) {
  const known = unknown.filter(({ guess }) => guess !== null).length;
  return (
    <details className={styles.files}>
      <summary>
        {unknownCount === 0 ? 'Every file here is read by Diptych or is no log.' : `${counted(unknownCount, 'file')} that no reader knows`}
        {known > 0 && <span className={styles.muted}> · {known === unknownCount ? 'all' : known} look familiar</span>}
      </summary>
      <ul>
        {unknown.slice(0, shown).map(({ path, size, guess }) => (
          <li key={path}>
            <code>{path}</code>
            <span className={styles.muted}>
              {guess ?? 'unlike anything known'} · {bytesText(size)}
            </span>
          </li>
        ))}
        {unknownCount > shown && <li className={styles.muted}>… and {unknownCount - shown} more</li>}
      </ul>
    </details>
  );
}
