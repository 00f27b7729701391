// A series as a line the size of a word, read from its overview once the row has stood for a moment.

import { useEffect, useState } from 'react';
import type { Run } from '../../../../core/model/run';
import { type MiniCurve, miniCurve } from '../../../../core/view/mini-curve';
import { type App, useApp } from '../../../state/app';
import { cx } from '../../../widgets/class-names';
import styles from './attributes.module.css';

/** Rows that only fly by while scrolling read nothing; those that came to rest together are read together. */
const restMs = 120;

interface Shelf {
  readonly curves: Map<number, MiniCurve | null>;
  readonly wanted: Set<number>;
  reading: Promise<void> | null;
}
const shelves = new WeakMap<Run, Shelf>();

function shelfOf(run: Run): Shelf {
  const shelf = shelves.get(run) ?? { curves: new Map(), wanted: new Set(), reading: null };
  shelves.set(run, shelf);
  return shelf;
}

/** Reads all that is wanted of a run, in one go. */
function readWanted(app: App, run: Run): Promise<void> {
  const shelf = shelfOf(run);
  shelf.reading ??= new Promise<void>((next) => setTimeout(next)).then(async () => {
    const indexes = [...shelf.wanted];
    shelf.wanted.clear();
    shelf.reading = null;
    // Without a picture the row still says all.
    const overviews = await app.idle.track('small curves', app.storage.overviews(run.id, indexes)).catch(() => []);
    for (const [at, index] of indexes.entries()) shelf.curves.set(index, overviews[at] ? miniCurve(overviews[at].points, []) : null);
  });
  return shelf.reading;
}

/** The series' curve in small; undefined until it is read, null where no point is finite. */
function useMiniCurve(run: Run, index: number): MiniCurve | null | undefined {
  const app = useApp();
  const [, draw] = useState(0);
  const curve = shelfOf(run).curves.get(index);
  const missing = curve === undefined;
  useEffect(() => {
    if (!missing) return;
    let current = true;
    const timer = setTimeout(() => {
      shelfOf(run).wanted.add(index);
      void readWanted(app, run).then(() => {
        if (current) draw((times) => times + 1);
      });
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [app, run, index, missing]);
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
