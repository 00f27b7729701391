// What could not be answered and why, and what was read.

import type { ReviewedCode } from '../../../core/view/code-review';
import { counted } from '../../../core/view/format';
import { Empty } from '../../widgets/states';
import styles from './code.module.css';

export function Unanswered({ code }: { readonly code: ReviewedCode }) {
  const { unknown } = code.review;
  if (unknown.length === 0) return <Empty icon="check" title="Every rule that applies could be answered" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.pad} aria-label="Not answered" tabIndex={0}>
      <p className={styles.muted}>Not answered is not the same as fine: something that decides it is not in the files that were reviewed.</p>
      <ul className={styles.plain}>
        {unknown.map(({ rule, reason }) => (
          <li key={rule}>
            <strong>{code.titles[rule] ?? rule}</strong> <span className={styles.headNote}>{rule}</span>
            <p>{reason}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const most = 500;

export function FilesRead({ code }: { readonly code: ReviewedCode }) {
  const { review, skipped, broken } = code;
  const faults = new Map(broken.map((one) => [one.file, one]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.pad} aria-label="Files" tabIndex={0}>
      <h2>{counted(review.files.length, 'file')} of code read</h2>
      <ul className={styles.plain}>
        {review.files.slice(0, most).map((file) => {
          const fault = faults.get(file);
          return (
            <li key={file}>
              <code>{file}</code>
              {fault && <span className={styles.headNote}> not all of it is Python 3, first at line {fault.line}: the rest was reviewed</span>}
            </li>
          );
        })}
        {review.files.length > most && <li className={styles.muted}>and {(review.files.length - most).toLocaleString('en')} more</li>}
      </ul>
      {skipped.length > 0 && (
        <>
          <h2>{counted(skipped.length, 'file')} left out</h2>
          <ul className={styles.plain}>
            {skipped.slice(0, most).map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code> <span className={styles.headNote}>{reason}</span>
              </li>
            ))}
            {skipped.length > most && <li className={styles.muted}>and {(skipped.length - most).toLocaleString('en')} more</li>}
          </ul>
        </>
      )}
    </section>
  );
}
