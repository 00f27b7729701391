// The Health tab: segments, and for runs the list of findings beside the one that is being looked at.

import { useMemo, useState } from 'react';
import type { RunId } from '../../../core/base/units';
import type { Run } from '../../../core/model/run';
import { countsOf, findingsOf, notAssessedRows } from '../../../core/view/health-list';
import { NoRuns } from '../../pieces/no-runs';
import { useAcross } from '../../queries/use-across';
import { useHealth } from '../../queries/use-health';
import { useChosenRuns, useRun } from '../../queries/use-runs';
import { useStatements } from '../../queries/use-statements';
import { useApp, usePlace, useSlice } from '../../state/app';
import { AcrossRuns } from './across';
import styles from './health.module.css';
import { MissingMetrics } from './missing';
import { NotAssessed } from './not-assessed';
import { parsePlace } from './place';
import { Practices } from './practices';
import { RunFindings } from './run-findings';
import { SegmentBar } from './segment-bar';
import { parseSlice, type Segment } from './slice';

export default function HealthView() {
  const app = useApp();
  const chosen = useChosenRuns();
  const place = parsePlace(usePlace('health'));
  const placed = place.kind === 'run' || place.kind === 'finding' ? place.run : null;
  const [slice, change] = useSlice('health', parseSlice);
  const only = useOnlyRun(placed, chosen);
  const runs = useMemo(() => (only ? [only] : chosen), [only, chosen]);
  const health = useHealth(runs);
  const across = useAcross(only ? null : runs);
  const statements = useStatements();
  const items = useMemo(() => findingsOf(runs, health.judged, statements), [runs, health.judged, statements]);
  const unassessed = useMemo(() => notAssessedRows(runs, health.judged), [runs, health.judged]);
  const segment: Segment = place.kind === 'segment' || place.kind === 'claim' ? place.segment : placed !== null ? 'runs' : slice.segment;
  const claim = place.kind === 'claim' ? place.key : null;

  if (runs.length === 0) return <NoRuns>Check runs in the list on the left, or open their eye: what their curves say of the training stands here.</NoRuns>;
  const open = (next: Segment): void => {
    app.navigation.setPlace('health', ...(next === 'runs' && only ? ['run', only.id] : []));
    change('segment of health', (before) => ({ ...before, segment: next }), { undoable: false });
  };
  return (
    <div className={styles.view}>
      <SegmentBar
        segment={segment}
        onOpen={open}
        runs={runs}
        health={health}
        counts={countsOf(items)}
        across={across.kind === 'done' ? across.result.findings.length : null}
        unassessed={unassessed.length}
      />
      {segment === 'runs' && (
        <RunFindings
          runs={runs}
          items={items}
          health={health}
          slice={slice}
          change={change}
          opened={place.kind === 'finding' ? place.key : null}
          only={only}
          onAll={() => app.navigation.setPlace('health')}
        />
      )}
      {segment === 'across' && <AcrossRuns state={across} runs={runs} opened={claim} />}
      {segment === 'missing' && <MissingMetrics runs={runs} />}
      {segment === 'practices' && <Practices opened={claim} />}
      {segment === 'not-assessed' && <NotAssessed rows={unassessed} runs={runs} failed={health.failed} waiting={health.waiting} />}
    </div>
  );
}

/** The one run that an address shows: the run of a badge, or that of a finding which is not among the chosen. */
function useOnlyRun(placed: RunId | null, chosen: readonly Run[]): Run | null {
  const run = useRun(placed) ?? null;
  const { kind } = parsePlace(usePlace('health'));
  // A finding that is opened in the list of one run leaves the list as it is.
  const [shown, setShown] = useState<Run | null>(null);
  const next = kind === 'run' ? run : kind === 'finding' ? (shown && shown.id === run?.id ? shown : run && !chosen.includes(run) ? run : null) : null;
  if (next !== shown) setShown(next);
  return next;
}
