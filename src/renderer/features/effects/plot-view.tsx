// A plot over runs on the page: drawn on a canvas, read by pointer, keyboard, or as a table.

import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { mountPlot } from '../../../charts/plot-canvas';
import type { Hit } from '../../../charts/plot-shapes';
import type { RunId } from '../../../core/base/units';
import type { PlotSpec } from '../../../core/view/plot-spec';
import { useDrawing } from '../../pieces/use-drawing';
import { useApp, useSession } from '../../state/app';
import styles from './plot.module.css';
import { PlotHint } from './plot-hint';

interface Props {
  readonly spec: PlotSpec;
  readonly height: number;
  /** What the chart shows, in a sentence, for those who do not see it. */
  readonly summary: string;
  /** Names, and what to say of runs under the pointer. */
  readonly describe: (owners: readonly string[]) => ReactNode;
}

export function PlotView({ spec, height, summary, describe }: Props) {
  const app = useApp();
  const hovered = useSession((state) => state.hovered);
  const [host, plot] = useDrawing(mountPlot, spec, height);
  const [hit, setHit] = useState<Hit | null>(null);
  const keys = useId();

  const show = (found: Hit | null): void => {
    setHit(found);
    const [only, ...more] = found?.owners ?? [];
    app.session.setState({ hovered: only !== undefined && more.length === 0 ? (only as RunId) : null });
  };
  const walk = (by: 1 | -1): void => {
    const order = plot?.order ?? [];
    if (!plot || order.length === 0) return;
    const at = hit ? order.indexOf(hit.owners[0] ?? '') : by > 0 ? -1 : 0;
    const owner = order[(at + by + order.length) % order.length] as string;
    const [place] = plot.pathOf(owner).slice(-1);
    if (place) show(plot.hit(...place) ?? { owners: [owner], at: place });
  };
  const open = (): void => {
    const [only, ...more] = hit?.owners ?? [];
    if (only !== undefined && more.length === 0) app.navigation.toRun(only as RunId);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') walk(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') walk(-1);
    else if (event.key === 'Enter') open();
    else if (event.key === 'Escape' && hit) show(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const path = useMemo(() => (hovered && plot ? plot.pathOf(hovered) : []), [hovered, plot]);
  return (
    <div
      ref={host}
      role="group"
      aria-roledescription="chart"
      aria-label={summary}
      aria-describedby={keys}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows walk the runs of the chart
      tabIndex={0}
      className={styles.plot}
      style={{ height }}
      data-open={hit?.owners.length === 1 || undefined}
      onKeyDown={press}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        show(plot?.hit(event.clientX - box.left, event.clientY - box.top) ?? null);
      }}
      onPointerLeave={() => show(null)}
      onBlur={() => show(null)}
      onClick={open}
    >
      <p id={keys} className="visually-hidden">
        Arrows walk the runs, Enter opens one. The same numbers stand in the table.
      </p>
      {path.length > 0 && (
        <svg className={styles.over} aria-hidden="true">
          {path.length === 1 ? (
            <circle cx={path[0]?.[0]} cy={path[0]?.[1]} r="8" className={styles.ring} />
          ) : (
            <polyline points={path.map((point) => point.join(',')).join(' ')} className={styles.trace} />
          )}
        </svg>
      )}
      {hit && host.current && (
        <PlotHint at={hit.at} host={host.current}>
          {describe(hit.owners)}
        </PlotHint>
      )}
    </div>
  );
}
