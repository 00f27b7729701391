// A series as a line the size of a word, read from its overview once the row has stood for a moment.

import { useEffect, useState } from 'react';
import type { Run } from '../../../../core/model/run';
import { type MiniCurve, miniCurve } from '../../../../core/view/mini-curve';
import { useApp } from '../../../state/app';
import { cx } from '../../../widgets/class-names';
import styles from './attributes.module.css';

/** Rows that only fly by while scrolling read nothing. */
const restMs = 120;

type Known = Map<number, MiniCurve | null>;
const known = new WeakMap<Run, Known>();

/** The series' curve in small; undefined until it is read, null where no point is finite. */
function useMiniCurve(run: Run, index: number): MiniCurve | null | undefined {
  const app = useApp();
  const [, draw] = useState(0);
  const kept = known.get(run) ?? new Map<number, MiniCurve | null>();
  known.set(run, kept);
  const curve = kept.get(index);
  const missing = curve === undefined;
  useEffect(() => {
    if (!missing) return;
    let current = true;
    const timer = setTimeout(() => {
      app.idle
        .track('small curve', app.storage.overviews(run.id, [index]))
        .then(([overview]) => kept.set(index, overview ? miniCurve(overview.points, []) : null))
        // Without a picture the row still says all.
        .catch(() => kept.set(index, null))
        .finally(() => {
          if (current) draw((times) => times + 1);
        });
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [app, run, index, kept, missing]);
  return curve;
}

interface Props {
  readonly run: Run;
  /** In `run.series`. */
  readonly index: number;
  readonly large?: boolean;
}

export function Spark({ run, index, large }: Props) {
  const curve = useMiniCurve(run, index);
  return (
    <svg className={cx(styles.spark, large && styles.large)} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {curve?.lines.map((stretch) => (
        <polyline
          key={stretch[0]?.join(' ')}
          points={(stretch.length === 1 ? [...stretch, ...stretch] : stretch).map(([x, y]) => `${(x * 100).toFixed(1)},${(94 - y * 88).toFixed(1)}`).join(' ')}
        />
      ))}
    </svg>
  );
}
