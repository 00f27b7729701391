// Below the five parts: what people stated, and what was not assessed.

import type { Review } from '../../../core/review/result';
import { counted } from '../../../core/view/format';
import { engineTitles } from '../../../core/view/review-words';
import styles from './review.module.css';

const mostShown = 80;

export function Rest({ review }: { readonly review: Review }) {
  const { stated, notAssessed, runs } = review;
  return (
    <>
      {stated.length > 0 && (
        <section aria-label="Stated by people">
          <h2>Stated by people</h2>
          <p className={styles.muted}>Set aside or attested: no part of the lists above, and the evidence stays as it was.</p>
          <ul className={styles.plain}>
            {stated.map(({ rule, summary, words, runs: about }) => (
              <li key={`${rule} ${words}`}>
                <strong>{rule}</strong> {words} <span className={styles.muted}>{about.length > 0 ? counted(about.length, 'run') : 'all'}</span>
                <p className={styles.muted}>{summary}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notAssessed.length > 0 && (
        <details className={styles.evidence}>
          <summary>Not assessed: {counted(notAssessed.length, 'question')}, which are unknown and not in order</summary>
          <ul>
            {notAssessed.slice(0, mostShown).map(({ engine, rule, reason, runs: about }) => (
              <li key={`${engine} ${rule} ${reason}`}>
                <strong>{rule}</strong> {reason}{' '}
                <span className={styles.muted}>
                  {engineTitles.get(engine) ?? engine}
                  {about.length > 0 && `, ${about.length} of ${counted(runs.length, 'run')}`}
                </span>
              </li>
            ))}
            {notAssessed.length > mostShown && <li>and {notAssessed.length - mostShown} more</li>}
          </ul>
        </details>
      )}
    </>
  );
}
