// Smoothing: which kind, and how strong, on one slider.

import { useId } from 'react';
import type { Smoothing } from '../../../core/series/smooth';
import { Button } from '../../widgets/button';
import { Icon } from '../../widgets/icon';
import { Popover } from '../../widgets/popover';
import type { ChangeCurves } from './toolbar';
import styles from './toolbar.module.css';

interface Props {
  readonly smoothing: Smoothing;
  readonly showRaw: boolean;
  readonly change: ChangeCurves;
}

const kinds: readonly { readonly kind: Smoothing['kind']; readonly name: string; readonly hint: string; readonly first: Smoothing }[] = [
  { kind: 'none', name: 'None', hint: 'What was logged.', first: { kind: 'none' } },
  {
    kind: 'ema',
    name: 'Weighted average',
    hint: 'Exponential and debiased; even steps give TensorBoard’s curve. Uneven steps are weighted by their distance.',
    first: { kind: 'ema', weight: 0.6 },
  },
  { kind: 'gaussian', name: 'Gaussian', hint: 'Centred, so it does not lag. The width is in points.', first: { kind: 'gaussian', sigma: 5 } },
  { kind: 'mean', name: 'Running mean', hint: 'The mean of the points around each, centred.', first: { kind: 'mean', points: 11 } },
];

export function SmoothingControl({ smoothing, showRaw, change }: Props) {
  const slider = useId();
  const chosen = kinds.find((one) => one.kind === smoothing.kind);
  const set = (next: Smoothing, key?: string): void => change('smoothing', { smoothing: next }, key === undefined ? {} : { key });
  return (
    <Popover
      label="Smoothing"
      trigger={
        <Button pressed={smoothing.kind !== 'none'}>
          {smoothing.kind === 'none' ? 'Smoothing' : strengthText(smoothing)}
          <Icon name="chevron-down" size={12} />
        </Button>
      }
    >
      <div className={styles.smoothing}>
        <div className={styles.kinds} role="radiogroup" aria-label="Kind of smoothing">
          {kinds.map((one) => (
            <button key={one.kind} type="button" role="radio" aria-checked={one.kind === smoothing.kind} className={styles.kind} onClick={() => set(one.first)}>
              {one.name}
            </button>
          ))}
        </div>
        {smoothing.kind !== 'none' && (
          <label htmlFor={slider} className={styles.slider}>
            <span>{strengthText(smoothing)}</span>
            <input
              id={slider}
              type="range"
              min={0}
              max={1000}
              value={positionOf(smoothing)}
              aria-valuetext={strengthText(smoothing)}
              onChange={(event) => set(atPosition(smoothing.kind, Number(event.target.value)), 'smoothing')}
            />
          </label>
        )}
        <p className={styles.hint}>
          {chosen?.hint} {smoothing.kind !== 'none' && (showRaw ? 'The logged values stay faint behind.' : 'The logged values are hidden (see Display).')}
        </p>
      </div>
    </Popover>
  );
}

function strengthText(smoothing: Smoothing): string {
  switch (smoothing.kind) {
    case 'none':
      return 'None';
    case 'ema':
      return `EMA ${smoothing.weight.toFixed(smoothing.weight > 0.99 ? 3 : 2)}`;
    case 'gaussian':
      return `Gaussian σ ${smoothing.sigma}`;
    case 'mean':
      return `Mean of ${smoothing.points}`;
  }
}

/** Slider places 0 to 1000: fine where it matters, near weight 1 and at small widths. */
export function positionOf(smoothing: Smoothing): number {
  switch (smoothing.kind) {
    case 'none':
      return 0;
    case 'ema':
      return Math.round((1000 * Math.log(1 - Math.min(0.999, smoothing.weight))) / Math.log(0.001));
    case 'gaussian':
      return Math.round((1000 * Math.log(Math.max(1, smoothing.sigma))) / Math.log(200));
    case 'mean':
      return Math.round((1000 * Math.log(Math.max(3, smoothing.points) / 3)) / Math.log(10_001 / 3));
  }
}

export function atPosition(kind: Smoothing['kind'], position: number): Smoothing {
  const share = position / 1000;
  switch (kind) {
    case 'none':
      return { kind };
    case 'ema':
      return { kind, weight: rounded(Math.min(0.999, 1 - 0.001 ** share)) };
    case 'gaussian':
      return { kind, sigma: Number((200 ** share).toPrecision(2)) };
    case 'mean':
      return { kind, points: 2 * Math.round((3 * (10_001 / 3) ** share - 1) / 2) + 1 };
  }
}

/** Two digits, three where they matter. */
const rounded = (weight: number): number => Number(weight.toFixed(weight > 0.98 ? 3 : 2));
