// Two panes with a divider that is dragged or moved by the arrow keys.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import styles from './split-pane.module.css';

interface Props {
  readonly label: string;
  /** Width of the left pane, in pixels. */
  readonly size: number;
  readonly least: number;
  readonly most: number;
  readonly onSize: (size: number) => void;
  readonly left: ReactNode;
  readonly right: ReactNode;
}

export function SplitPane({ label, size, least, most, onSize, left, right }: Props) {
  const start = useRef<{ readonly x: number; readonly size: number } | null>(null);
  const set = (next: number): void => onSize(Math.round(Math.min(most, Math.max(least, next))));

  const down = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, size };
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (start.current) set(start.current.size + event.clientX - start.current.x);
  };
  const up = (): void => {
    start.current = null;
  };
  const key = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0;
    if (by === 0) return;
    event.preventDefault();
    set(size + by);
  };

  return (
    <div className={styles.split}>
      <div className={styles.left} style={{ width: size }}>
        {left}
      </div>
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuenow={size}
        aria-valuemin={least}
        aria-valuemax={most}
        className={styles.divider}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onKeyDown={key}
      />
      <div className={styles.right}>{right}</div>
    </div>
  );
}
