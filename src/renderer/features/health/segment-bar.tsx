// Which part of the tab is open, and in one line how the runs are.

import type { Run } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { type SeverityCounts, severities, severityTitles } from '../../../core/view/health-list';
import type { HealthOfRuns } from '../../queries/use-health';
import { Icon } from '../../widgets/icon';
import { Segments } from '../../widgets/segments';
import { Severity } from '../../widgets/severity';
import styles from './health.module.css';
import type { Segment } from './slice';

interface Props {
  readonly segment: Segment;
  readonly onOpen: (segment: Segment) => void;
  readonly runs: readonly Run[];
  readonly health: HealthOfRuns;
  readonly counts: SeverityCounts;
  /** Null while it is not known. */
  readonly across: number | null;
  readonly unassessed: number;
}

const titles: Readonly<Record<Segment, string>> = {
  runs: 'Runs',
  across: 'Across runs',
  missing: 'Missing metrics',
  practices: 'Practices',
  'not-assessed': 'Not assessed',
};

export function SegmentBar({ segment, onOpen, runs, health, counts, across, unassessed }: Props) {
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  const numbers: Partial<Record<Segment, number | null>> = { runs: total, across, 'not-assessed': unassessed };
  return (
    <div className={styles.top}>
      <Segments label="Parts of Health" titles={titles} open={segment} onOpen={onOpen} counts={numbers} />
      <p className={styles.summary} role="status" aria-label="Summary">
        <strong>{counted(runs.length, 'run')}</strong>
        {severities
          .filter((severity) => counts[severity] > 0)
          .map((severity) => (
            <span key={severity} className={styles.tally} title={`${counts[severity]} ${severityTitles[severity]}`}>
              <Severity severity={severity} bare /> {counts[severity].toLocaleString('en')}
            </span>
          ))}
        {total === 0 && health.waiting === 0 && (
          <span className={styles.tally}>
            <Icon name="check" size={14} /> nothing found
          </span>
        )}
        {health.waiting > 0 && <span className={styles.waiting}>judging, {counted(health.waiting, 'run')} to go</span>}
      </p>
    </div>
  );
}
