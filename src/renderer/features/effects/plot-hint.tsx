// What lies under the pointer of a plot; hangs on the page, because a plot may be lower than it.

import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import styles from './plot.module.css';

export function PlotHint({ at, host, children }: { readonly at: readonly [number, number]; readonly host: HTMLElement; readonly children: ReactNode }) {
  const box = host.getBoundingClientRect();
  const [x, y] = [box.left + at[0], box.top + at[1]];
  const place = {
    ...(x > innerWidth * 0.62 ? { right: innerWidth - x + 16 } : { left: x + 16 }),
    ...(y > innerHeight * 0.7 ? { bottom: innerHeight - y - 8 } : { top: Math.max(8, y - 12) }),
  };
  return createPortal(
    <div role="status" aria-label="Run under the pointer" className={styles.hint} style={place}>
      {children}
    </div>,
    document.body,
  );
}
