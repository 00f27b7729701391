// All kept histograms of one media as one picture over their steps.

import { useEffect, useMemo, useState } from 'react';
import type { Media } from '../../core/model/media';
import { parseHistogram, type TableMedia } from '../../core/model/media-forms';
import type { Run } from '../../core/model/run';
import { histogramsFigure, type SteppedHistogram } from '../../core/view/media-histogram';
import { useApp } from '../state/app';
import { FigureView } from './figure-view';
import styles from './media.module.css';
import { readBytes } from './use-bytes';

type State =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'read'; readonly all: readonly SteppedHistogram[] };

/** Whether there is anything to see over steps: histograms at two of them. */
export const spansSteps = ({ items }: Media): boolean => {
  const steps = new Set((items ?? []).flatMap(({ form, step, content }) => (form === 'histogram' && step !== null && content !== null ? [step] : [])));
  return steps.size > 1;
};

export function OverSteps({ run, media, title }: { readonly run: Run; readonly media: Media; readonly title: string }) {
  const app = useApp();
  const [state, setState] = useState<State>({ kind: 'reading' });
  useEffect(() => {
    let current = true;
    const read = async (): Promise<readonly SteppedHistogram[]> => {
      const all: SteppedHistogram[] = [];
      for (const { form, step, content } of media.items ?? []) {
        if (form !== 'histogram' || step === null || content === null || !current) continue;
        const bytes = await readBytes(app, run, content);
        const histogram = bytes && parseHistogram(bytes);
        // Of several at one step the first stands for it.
        if (histogram && all.at(-1)?.step !== step) all.push({ step, histogram });
      }
      return all;
    };
    app.idle
      .track('histograms', read())
      .then((all) => current && setState({ kind: 'read', all }))
      .catch((error: unknown) => current && setState({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
    return () => {
      current = false;
    };
  }, [app, run, media]);
  const made = useMemo(() => (state.kind === 'read' ? { figure: histogramsFigure(title, state.all), table: () => tableOf(state.all) } : null), [state, title]);
  if (state.kind === 'failed') return <p className={styles.absent}>The histograms could not be read: {state.message}</p>;
  return made ? <FigureView spec={made.figure} table={made.table} height={240} /> : <div className={styles.waiting} />;
}

const tableOf = (all: readonly SteppedHistogram[]): TableMedia => ({
  columns: ['step', 'from', 'to', 'count'],
  rows: all.flatMap(({ step, histogram: { edges, counts } }) => counts.map((count, i) => [step, edges[i] as number, edges[i + 1] as number, count])),
});
