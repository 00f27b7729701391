// What stands where chosen runs would: how to choose some.

import type { ReactNode } from 'react';
import { useRuns } from '../queries/use-runs';
import { useChange } from '../state/app';
import { setVisible, visibleAtFirst } from '../state/workspace';
import { Button } from '../widgets/button';
import { Empty } from '../widgets/states';

export function NoRuns({ title = 'No run is chosen', children }: { readonly title?: string; readonly children: ReactNode }) {
  const all = useRuns();
  const change = useChange();
  const first = all.slice(0, visibleAtFirst).map((run) => run.id);
  return (
    <Empty
      icon="eye-off"
      title={title}
      actions={
        all.length > 0 && (
          <Button kind="primary" onClick={() => change('show runs', setVisible(first, true))}>
            {all.length > visibleAtFirst ? `Show the first ${visibleAtFirst} runs` : 'Show all runs'}
          </Button>
        )
      }
    >
      {children}
    </Empty>
  );
}
