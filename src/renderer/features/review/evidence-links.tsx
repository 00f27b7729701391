// Where a claim leads: the finding on its curve, the item of the checklist, the run, the line of code.

import type { RunId } from '../../../core/base/units';
import { displayName } from '../../../core/model/run';
import type { ReviewLink } from '../../../core/review/result';
import { useRun } from '../../queries/use-runs';
import { tabs } from '../../registry/tabs';
import { useApp, useRunStyle } from '../../state/app';
import { RunMark } from '../../widgets/run-mark';
import styles from './review.module.css';

/** A link into another tab; plain text where this page has no such tab. */
export function PlaceLink({ link }: { readonly link: ReviewLink }) {
  const app = useApp();
  const [tab = '', ...place] = link.place;
  if (!tabs.some(({ meta }) => meta.id === tab)) return <span className={styles.muted}>{link.label}</span>;
  return (
    <button type="button" className={styles.link} onClick={() => app.navigation.toTab(tab, ...place)}>
      {link.label}
    </button>
  );
}

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
