// What stands where data would: nothing yet, still loading, gone wrong. Each says what to do next.

import { type ReactNode, useEffect, useState } from 'react';
import { Icon, type IconName } from './icon';
import styles from './states.module.css';

interface EmptyProps {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons. */
  readonly actions?: ReactNode;
}

export function Empty({ icon = 'info', title, children, actions }: EmptyProps) {
  return (
    <div className={styles.state}>
      <span className={styles.icon}>
        <Icon name={icon} size={24} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Shows itself only after 300 ms: what is faster needs no word. */
export function Loading({ text }: { readonly text: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.state} role="status">
      {late && (
        <>
          <span className={styles.spinner} />
          <span className={styles.text}>{text}</span>
        </>
      )}
    </div>
  );
}

interface FailedProps {
  readonly title: string;
  /** What happened, as the program says it. */
  readonly message: string;
  /** What the user can do. */
  readonly tip?: string;
  readonly actions?: ReactNode;
}

export function Failed({ title, message, tip, actions }: FailedProps) {
  return (
    <div className={styles.state} role="alert">
      <span className={`${styles.icon} ${styles.bad}`}>
        <Icon name="error" size={24} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{message}</p>
      {tip && <p className={styles.text}>{tip}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
