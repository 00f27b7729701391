// A canvas that follows the size of its place, the theme and what is to be drawn.

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Canvas } from '../../charts/plot-canvas';
import { darkTheme, lightTheme } from '../../charts/theme';
import { useTheme } from '../boot/theme';
import styles from './pieces.module.css';

/** Narrower than this nothing can be read. */
const leastWidth = 40;

/**
 * The element that the canvas fills, what was drawn, null at first, and its width in pixels.
 * @param mount the same function at every call
 * @param height pixels
 */
export function useDrawing<Spec, Made>(
  mount: (element: HTMLElement, size: { readonly width: number; readonly height: number }) => Canvas<Spec, Made>,
  spec: Spec,
  height: number,
): readonly [host: RefObject<HTMLDivElement | null>, made: Made | null, width: number] {
  const dark = useTheme() === 'dark';
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas<Spec, Made> | null>(null);
  const [width, setWidth] = useState(0);
  const [made, setMade] = useState<Made | null>(null);

  useLayoutEffect(() => {
    const root = host.current;
    if (!root) return;
    const stage = document.createElement('div');
    stage.className = styles.stage ?? '';
    root.prepend(stage);
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(root);
    canvas.current = mount(stage, { width: Math.max(1, Math.floor(root.clientWidth)), height });
    setWidth(Math.floor(root.clientWidth));
    return () => {
      observer.disconnect();
      canvas.current?.dispose();
      canvas.current = null;
      stage.remove();
    };
  }, [mount, height]);

  useEffect(() => {
    if (width > leastWidth && canvas.current) setMade(canvas.current.draw(spec, dark ? darkTheme : lightTheme, { width, height }));
  }, [spec, dark, width, height]);
  return [host, made, width];
}
