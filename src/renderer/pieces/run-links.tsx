// The runs that a claim is about, each a way to its page.

import type { RunId } from '../../core/base/units';
import { displayName } from '../../core/model/run';
import { useRun } from '../queries/use-runs';
import { useApp, useRunStyle } from '../state/app';
import { RunMark } from '../widgets/run-mark';
import styles from './pieces.module.css';

const mostRuns = 8;

export function RunLinks({ runs }: { readonly runs: readonly RunId[] }) {
  if (runs.length === 0) return null;
  return (
    <ul className={styles.runs} aria-label="Runs">
      {runs.slice(0, mostRuns).map((id) => (
        <li key={id}>
          <OneRun id={id} />
        </li>
      ))}
      {runs.length > mostRuns && <li className={styles.muted}>and {runs.length - mostRuns} more</li>}
    </ul>
  );
}

function OneRun({ id }: { readonly id: RunId }) {
  const app = useApp();
  const run = useRun(id);
  const style = useRunStyle(id);
  return (
    <button type="button" className={styles.link} onClick={() => app.navigation.toRun(id)}>
      <RunMark style={style} /> {run ? displayName(run) : id}
    </button>
  );
}
