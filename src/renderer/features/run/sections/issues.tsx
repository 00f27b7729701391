// What went wrong while reading the run: message, remedy and place.

import type { Run } from '../../../../core/model/run';
import type { RunSection } from '../../../registry/sections';
import { Icon } from '../../../widgets/icon';
import { Empty } from '../../../widgets/states';
import styles from '../run.module.css';

function Issues({ run }: { readonly run: Run }) {
  if (run.issues.length === 0)
    return (
      <Empty icon="check" title="Read without trouble">
        Nothing was skipped, repaired or guessed.
      </Empty>
    );
  return (
    <ul className={styles.issues}>
      {run.issues.map((issue) => (
        <li key={`${issue.code} ${issue.file ?? ''} ${issue.where ?? ''} ${issue.message}`}>
          <Icon name={issue.severity === 'critical' || issue.severity === 'warn' ? 'warning' : 'info'} label={issue.severity} />
          <div>
            <p>{issue.message}</p>
            <p className={styles.muted}>{issue.tip}</p>
            {(issue.file || issue.where) && <p className={styles.muted}>{[issue.file, issue.where].filter((part) => part !== undefined).join(', ')}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

export const section: RunSection = { meta: { id: 'issues', title: 'Issues', order: 60 }, count: (run) => run.issues.length, Component: Issues };
