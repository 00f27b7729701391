// The runs above their columns.

import type { RunId } from '../../../core/base/units';
import { displayName, type Run } from '../../../core/model/run';
import { useApp, useRunStyle } from '../../state/app';
import { RunMark } from '../../widgets/run-mark';
import styles from './media-tab.module.css';

export function Heads({ runs, baseline }: { readonly runs: readonly Run[]; readonly baseline: RunId | undefined }) {
  return (
    <ul className={styles.heads} aria-label="Runs" style={{ '--runs': runs.length } as object}>
      {runs.map((run) => (
        <Head key={run.id} run={run} isBaseline={run.id === baseline} />
      ))}
    </ul>
  );
}

function Head({ run, isBaseline }: { readonly run: Run; readonly isBaseline: boolean }) {
  const app = useApp();
  return (
    <li className={styles.runHead} data-baseline={isBaseline || undefined}>
      <RunMark style={useRunStyle(run.id)} />
      <button type="button" title={displayName(run)} onClick={() => app.navigation.toRun(run.id, 'media')}>
        {displayName(run)}
      </button>
      {isBaseline && <span className={styles.badge}>baseline</span>}
    </li>
  );
}
