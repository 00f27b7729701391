// How curves are smoothed where nobody chose.

import type { Smoothing } from '../../../core/series/smooth';
import { choice } from '../setting';

export const setting = choice(
  {
    id: 'smoothing',
    title: 'Smoothing at first',
    section: 'views',
    order: 20,
    hint: 'For workspaces in which nobody chose another. The raw curve stays behind.',
    words: 'curves ema gaussian running mean default',
  },
  'none',
  [
    { value: 'none', label: 'None' },
    { value: 'ema-light', label: 'EMA 0.6' },
    { value: 'ema-strong', label: 'EMA 0.9' },
    { value: 'gaussian', label: 'Gaussian, σ 5' },
    { value: 'mean', label: 'Running mean of 11' },
  ],
);

export const smoothings: Readonly<Record<(typeof setting)['standard'], Smoothing>> = {
  none: { kind: 'none' },
  'ema-light': { kind: 'ema', weight: 0.6 },
  'ema-strong': { kind: 'ema', weight: 0.9 },
  gaussian: { kind: 'gaussian', sigma: 5 },
  mean: { kind: 'mean', points: 11 },
};
