// A run's colour and marker as a small drawing: the same record as in charts, so that table and legend agree.

import type { Marker, RunStyle } from '../../core/view/run-style';
import styles from './run-mark.module.css';

const shapes: Readonly<Record<Marker, string>> = {
  circle: 'M8 3.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  square: 'M4 4h8v8H4Z',
  triangle: 'M8 3l5 9H3Z',
  diamond: 'M8 2.5 13.5 8 8 13.5 2.5 8Z',
  cross: 'M6.2 3h3.600v3.200H13v3.600H9.800V13H6.200V9.800H3V6.200h3.200Z',
  down: 'M8 13 3 4h10Z',
  star: 'M8 2l1.8 4 4.2.4-3.2 2.8 1 4.300L8 11.200l-3.8 2.3 1-4.300L2 6.4 6.2 6Z',
};

/** @param off drawn hollow: the run is not in the charts */
export function RunMark({ style, off = false, size = 12 }: { readonly style: RunStyle; readonly off?: boolean; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      className={off ? styles.off : styles.on}
      style={{ color: `light-dark(${style.colour.light}, ${style.colour.dark})` }}
    >
      <path d={shapes[style.marker]} />
    </svg>
  );
}
