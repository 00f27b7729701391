// Which params mattered: tiers with intervals and gates on the left, the runs themselves on the right.

import { useState } from 'react';
import { useJob } from '../../queries/use-job';
import { cx } from '../../widgets/class-names';
import { Charts } from './charts';
import styles from './effects.module.css';
import type { job } from './jobs/effects-params';
import { Answer, type PartProps } from './part';
import { TierList } from './tier-list';

export function Params({ request, slice, change }: PartProps) {
  const state = useJob<typeof job>('effects-params', request);
  const [param, setParam] = useState<string | null>(null);
  return (
    <Answer state={state} waiting="Looking at params…" request={request}>
      {({ effects, plots }, busy) => (
        <div className={cx(styles.split, busy && styles.busy)}>
          <TierList effects={effects} picked={param} onPick={(name) => setParam(name === param ? null : name)} />
          <Charts effects={effects} plots={plots} slice={slice} change={change} picked={param} />
        </div>
      )}
    </Answer>
  );
}
