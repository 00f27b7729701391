// What stands above media: search, size, histograms over steps, and the slider for all of them.

import type { ReactNode } from 'react';
import { Button } from '../widgets/button';
import { Switch } from '../widgets/switch';
import { TextField } from '../widgets/text-field';
import { type MediaSlice, mediaSizes } from './slice';
import { StepSlider } from './step-slider';
import styles from './tools.module.css';

interface Props {
  readonly slice: MediaSlice;
  readonly set: (label: string, part: Partial<MediaSlice>) => void;
  readonly steps: readonly number[];
  /** Whether there are histograms at several steps. */
  readonly histograms: boolean;
  readonly children?: ReactNode;
}

const words = { s: 'Small', m: 'Medium', l: 'Large' } as const;

export function MediaTools({ slice, set, steps, histograms, children }: Props) {
  return (
    <div className={styles.bar}>
      <TextField className={styles.search} label="Find media" value={slice.search} onText={(search) => set('search media', { search })} icon="search" />
      {children}
      <span className={styles.segments} role="group" aria-label="Size">
        {mediaSizes.map((size) => (
          <Button key={size} size="s" kind="ghost" pressed={slice.size === size} onClick={() => set('size of media', { size })}>
            {words[size]}
          </Button>
        ))}
      </span>
      {histograms && <Switch label="Histograms over steps" checked={slice.overSteps} onChange={(overSteps) => set('histograms over steps', { overSteps })} />}
      {steps.length > 0 && (
        <div className={styles.slider}>
          <StepSlider label="Step of all media" steps={steps} step={slice.step} onStep={(step) => set('step of media', { step })} />
        </div>
      )}
    </div>
  );
}
