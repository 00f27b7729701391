// One media of all runs: its name, its own steps, and a cell a run.

import { useMemo } from 'react';
import type { RunId } from '../../../core/base/units';
import { displayName, type Run } from '../../../core/model/run';
import { cellAt, type MediaRow } from '../../../core/view/media-rows';
import { keptText, stepsOf } from '../../../core/view/media-steps';
import { Items } from '../../media/items';
import { Near } from '../../media/near';
import { spansSteps } from '../../media/over-steps';
import { SharedAxes } from '../../media/shared-axes';
import type { MediaSlice } from '../../media/slice';
import { StepSlider, stepText } from '../../media/step-slider';
import type { Zoomed } from '../../media/zoom';
import { Icon } from '../../widgets/icon';
import styles from './media-tab.module.css';

interface Props {
  readonly row: MediaRow;
  readonly runs: readonly Run[];
  readonly baseline: RunId | undefined;
  readonly slice: MediaSlice;
  /** Steps of all rows; a row that has them all needs no slider of its own. */
  readonly all: number;
  readonly onFold: () => void;
  readonly onStep: (step: number | null) => void;
  readonly onZoom: (zoomed: Zoomed) => void;
}

export function Row({ row, runs, baseline, slice, all, onFold, onStep, onZoom }: Props) {
  const folded = slice.folded.includes(row.key);
  const steps = useMemo(() => stepsOf([...row.cells.values()]), [row]);
  const over = slice.overSteps && [...row.cells.values()].some(spansSteps);
  return (
    <section className={styles.row} aria-label={row.title}>
      <div className={styles.rowHead}>
        <h2>
          <button type="button" className={styles.fold} aria-expanded={!folded} onClick={onFold}>
            <Icon name={folded ? 'chevron-right' : 'chevron-down'} size={12} />
            {row.title}
          </button>
        </h2>
        <span className={styles.muted}>
          {row.kinds.join(', ')}
          {row.cells.size < runs.length && ` · in ${row.cells.size} of ${runs.length} runs`}
        </span>
        {!folded && !over && steps.length > 1 && steps.length < all && (
          <Near height={24} className={styles.rowSlider}>
            {() => <StepSlider label={`Step of ${row.title}`} steps={steps} step={slice.step} onStep={onStep} />}
          </Near>
        )}
      </div>
      {!folded && (
        <Near height={slice.size === 's' ? 180 : slice.size === 'm' ? 260 : 380}>
          {() => (
            <SharedAxes>
              <ul className={styles.cells} style={{ '--runs': runs.length } as object}>
                {runs.map((run) => (
                  <li key={run.id} className={styles.cell} aria-label={displayName(run)} data-baseline={run.id === baseline || undefined}>
                    <Cell row={row} run={run} slice={slice} onZoom={onZoom} />
                  </li>
                ))}
              </ul>
            </SharedAxes>
          )}
        </Near>
      )}
    </section>
  );
}

function Cell({ row, run, slice, onZoom }: Pick<Props, 'row' | 'slice' | 'onZoom'> & { readonly run: Run }) {
  const media = row.cells.get(run.id);
  const at = useMemo(() => (media ? cellAt(media, slice.step, stepText) : null), [media, slice.step]);
  if (!media || !at) return <p className={styles.absent}>Not logged by this run.</p>;
  return (
    <>
      {at.later === null || (slice.overSteps && spansSteps(media)) ? (
        <Items run={run} media={media} at={at} size={slice.size} overSteps={slice.overSteps} onZoom={onZoom} />
      ) : null}
      <p className={styles.muted}>{[...(slice.overSteps && spansSteps(media) ? [] : [at.says ?? '']), keptText(media)].filter(Boolean).join(' · ')}</p>
    </>
  );
}
