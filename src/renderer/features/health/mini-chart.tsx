// The curve that a finding is about, small, with the place marked.

import { useMemo } from 'react';
import type { Mark } from '../../../core/health/finding';
import { contextText, type Run } from '../../../core/model/run';
import { shortNumber } from '../../../core/view/chart-numbers';
import type { RunStyle } from '../../../core/view/run-style';
import { refOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import styles from './health.module.css';
import type { job } from './jobs/mini-curve';

interface Props {
  readonly run: Run;
  /** Index in `run.series`. */
  readonly index: number;
  readonly title: string;
  readonly style: RunStyle;
  readonly marks: readonly Mark[];
}

/** Marks beyond these are left to the Curves tab. */
const mostMarks = 6;

export function MiniChart({ run, index, title, style, marks }: Props) {
  const request = useMemo(() => ({ run: refOf(run), index, marks: marks.slice(0, mostMarks) }), [run, index, marks]);
  const state = useJob<typeof job>('mini-curve', request);
  const curve = state.kind === 'done' ? state.result.curve : null;
  const context = contextText(run.series[index]?.context ?? {});
  const colour = `light-dark(${style.colour.light}, ${style.colour.dark})`;
  const says = marks.map(({ label, from, to }) => `${label} at step ${from === to ? from : `${from} to ${to}`}`).join(', ');
  return (
    <figure className={styles.mini}>
      <figcaption className={styles.miniTitle}>
        {title}
        {context && <span className={styles.muted}> {context}</span>}
        {curve && (
          <span className={styles.miniRange}>
            {shortNumber(curve.y.min)} to {shortNumber(curve.y.max)}
            {curve.y.log && ', log'}
          </span>
        )}
      </figcaption>
      {curve ? (
        <div
          className={styles.miniPlot}
          role="img"
          aria-label={`${title} over ${shortNumber(curve.x.min)} to ${shortNumber(curve.x.max)}${says && `: ${says}`}`}
        >
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {curve.marks.map((mark) =>
              mark.to - mark.from > 0.004 ? (
                <rect
                  key={`${mark.label} ${mark.step}`}
                  className={styles.miniSpan}
                  x={mark.from * 100}
                  width={(mark.to - mark.from) * 100}
                  y="0"
                  height="100"
                />
              ) : (
                <line key={`${mark.label} ${mark.step}`} className={styles.miniLine} x1={mark.from * 100} x2={mark.from * 100} y1="0" y2="100" />
              ),
            )}
            {curve.lines.map((stretch) => (
              <polyline
                key={stretch[0]?.join(' ')}
                className={styles.miniCurve}
                style={{ stroke: colour }}
                points={(stretch.length === 1 ? [...stretch, ...stretch] : stretch)
                  .map(([x, y]) => `${(x * 100).toFixed(2)},${(96 - y * 92).toFixed(2)}`)
                  .join(' ')}
              />
            ))}
          </svg>
          {labelsOf(curve.marks).map((mark) => (
            <span
              key={`${mark.label} ${mark.step}`}
              className={styles.miniLabel}
              style={mark.at > 0.6 ? { right: `${(1 - mark.at) * 100}%` } : { left: `${mark.at * 100}%` }}
            >
              {mark.label}
            </span>
          ))}
        </div>
      ) : (
        <div className={styles.miniPlot}>
          {state.kind === 'failed' && <p className={styles.muted}>The points could not be read: {state.message}</p>}
          {state.kind === 'done' && <p className={styles.muted}>No point is finite.</p>}
        </div>
      )}
      {curve && (
        <div className={styles.miniAxis}>
          <span>{shortNumber(curve.x.min)}</span>
          <span>step</span>
          <span>{shortNumber(curve.x.max)}</span>
        </div>
      )}
    </figure>
  );
}

/** Labels that do not lie on one another. */
function labelsOf<M extends { readonly from: number; readonly to: number }>(marks: readonly M[]): readonly (M & { readonly at: number })[] {
  const shown: (M & { readonly at: number })[] = [];
  for (const mark of marks) {
    const at = mark.from;
    if (shown.every((other) => Math.abs(other.at - at) > 0.3)) shown.push({ ...mark, at });
  }
  return shown;
}
