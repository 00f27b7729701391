// A slider over the steps that exist: arrows, Home and End walk them; says step, place and time.

import { useId } from 'react';
import { countText, shortNumber } from '../../core/view/chart-numbers';
import { dateText, isoText } from '../../core/view/format';
import { indexAt } from '../../core/view/media-steps';
import { IconButton } from '../widgets/button';
import styles from './media.module.css';

/** A step as a person writes it: whole where it is. */
export const stepText = (step: number): string => shortNumber(step, 12);

interface Props {
  readonly label: string;
  /** Ascending; not empty. */
  readonly steps: readonly number[];
  /** null for the last. */
  readonly step: number | null;
  /** When what is shown was logged. */
  readonly timeMs?: number | null;
  readonly onStep: (step: number | null) => void;
}

export function StepSlider({ label, steps, step, timeMs = null, onStep }: Props) {
  const id = useId();
  const last = steps.length - 1;
  const at = indexAt(steps, step);
  const here = steps[at];
  const go = (to: number): void => {
    const index = Math.max(0, Math.min(last, to));
    // At the end it stays at the end, whatever is logged later.
    onStep(index === last ? null : (steps[index] as number));
  };
  const says = here === undefined ? `before step ${stepText(steps[0] ?? 0)}` : `step ${stepText(here)}`;
  const place = `${countText(at + 1)} of ${countText(steps.length)}`;
  const words = (
    <output {...(last < 1 ? {} : { htmlFor: id })} className={styles.stepText} title={timeMs === null ? undefined : isoText(timeMs)}>
      {says}
      <span className={styles.muted}>
        {last > 0 && ` ${place}`}
        {timeMs !== null && ` · ${dateText(timeMs)}`}
      </span>
    </output>
  );
  // One step is nothing to slide over.
  if (last < 1) return <div className={styles.slider}>{words}</div>;
  return (
    <div className={styles.slider}>
      <IconButton icon="chevron-left" size="s" label={`${label}: step before`} disabled={at <= 0} onClick={() => go(at - 1)} />
      <input
        id={id}
        type="range"
        aria-label={label}
        aria-valuetext={`${says}, ${place}`}
        min={0}
        max={last}
        step={1}
        value={Math.max(0, at)}
        onChange={(event) => go(Number(event.target.value))}
      />
      <IconButton icon="chevron-right" size="s" label={`${label}: next step`} disabled={at >= last} onClick={() => go(at + 1)} />
      {words}
    </div>
  );
}
