// What must be known before the numbers are read, and, for two runs, what may explain their difference.

import type { Comparison } from '../../../core/compare/comparison';
import { displayName, type Run } from '../../../core/model/run';
import { Icon } from '../../widgets/icon';
import styles from './differences.module.css';

const reasonsShown = 6;

export function Notes({ comparison, runs }: { readonly comparison: Comparison; readonly runs: readonly Run[] }) {
  const { comparability, reasons, unknowns } = comparison;
  const [baseline, other] = runs;
  if (comparability.length === 0 && !reasons) return null;
  return (
    <div className={styles.notes}>
      {comparability.length > 0 && (
        <ul aria-label="Before comparing">
          {comparability.map(({ code, severity, message }) => (
            <li key={code} className={severity === 'critical' || severity === 'warn' ? styles.warn : undefined}>
              <Icon name={severity === 'critical' || severity === 'warn' ? 'warning' : 'info'} size={14} label={severity} />
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      {reasons && baseline && other && (
        <details className={styles.reasons}>
          <summary>
            Why does {displayName(other)} differ from {displayName(baseline)}?
          </summary>
          <ol>
            {reasons.slice(0, reasonsShown).map((reason) => (
              <li key={reason.rank}>
                {reason.why} <span className={styles.muted}>(confidence {reason.confidence})</span>
              </li>
            ))}
          </ol>
          {reasons.length > reasonsShown && <p className={styles.muted}>{reasons.length - reasonsShown} less likely differences are in the table.</p>}
          <p className={styles.muted}>Ordered by what usually matters, not by a measurement.</p>
          {unknowns && unknowns.length > 0 && (
            <>
              <p>What this cannot know</p>
              <ul aria-label="What this cannot know">
                {unknowns.map((why) => (
                  <li key={why} className={styles.muted}>
                    {why}
                  </li>
                ))}
              </ul>
            </>
          )}
        </details>
      )}
    </div>
  );
}
