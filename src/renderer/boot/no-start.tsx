// The screen where the store cannot be opened: what happened and the way on.

import type { Problem } from '../state/problem';
import { Button } from '../widgets/button';
import { Failed } from '../widgets/states';

const titles: Readonly<Record<Problem['kind'], string>> = {
  newer: 'These runs belong to a newer Diptych',
  closed: 'The store is closed',
  blocked: 'Waiting for another tab',
  full: 'There is no room left',
  other: 'Diptych could not start',
};

export function NoStart({ problem }: { readonly problem: Problem }) {
  return (
    <Failed
      title={titles[problem.kind]}
      message={problem.message}
      tip={problem.tip}
      actions={
        <Button kind="primary" icon="refresh" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    />
  );
}
