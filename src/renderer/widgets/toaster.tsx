// Draws the toasts of state/toasts.ts in a corner; they stay while pointed at.

import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../state/app';
import type { Toast } from '../state/toasts';
import { Button, IconButton } from './button';
import { cx } from './class-names';
import { Icon } from './icon';
import styles from './toaster.module.css';

const lifeMs = 7000;

export function Toaster() {
  const { toasts } = useApp();
  const shown = useStore(toasts.store);
  return (
    <section className={styles.corner} aria-label="Messages" aria-live="polite">
      {shown.map((toast) => (
        <Card key={toast.id} toast={toast} close={() => toasts.close(toast.id)} />
      ))}
    </section>
  );
}

function Card({ toast, close }: { readonly toast: Toast; readonly close: () => void }) {
  const closeRef = useRef(close);
  closeRef.current = close;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = (): void => clearTimeout(timer.current);
  const release = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => closeRef.current(), lifeMs);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts once, when the card appears
  useEffect(() => {
    release();
    return hold;
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only holds the clock; all there is to do is in its buttons
    <div className={cx(styles.card, styles[toast.kind])} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <Icon name={toast.kind === 'bad' ? 'error' : toast.kind === 'good' ? 'check' : 'info'} />
      <span className={styles.text}>
        {toast.text}
        {toast.detail && <span className={styles.detail}>{toast.detail}</span>}
      </span>
      {toast.action && (
        <Button
          size="s"
          onClick={() => {
            toast.action?.run();
            close();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton icon="close" label="Close message" size="s" onClick={close} />
    </div>
  );
}
