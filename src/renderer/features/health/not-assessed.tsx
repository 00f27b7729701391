// What could not be judged, with the reason and the runs: never to be read as "fine".

import type { RunId } from '../../../core/base/units';
import { displayName, type Run } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import type { NotAssessedRow } from '../../../core/view/health-list';
import { Empty, Loading } from '../../widgets/states';
import styles from './health.module.css';
import { ruleMeta, ruleTitle } from './rule-titles';

interface Props {
  readonly rows: readonly NotAssessedRow[];
  readonly runs: readonly Run[];
  readonly failed: ReadonlyMap<RunId, string>;
  readonly waiting: number;
}

const namesShown = 8;

export function NotAssessed({ rows, runs, failed, waiting }: Props) {
  const broken = runs.filter((run) => failed.has(run.id));
  if (rows.length + broken.length === 0)
    return waiting > 0 ? <Loading text="Judging…" /> : <Empty icon="check" title="Every rule could be applied to every run" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.sheet} tabIndex={0} aria-label="Not assessed">
      <p className={styles.muted}>These rules had nothing to stand on. It does not mean that the runs are well: it means that nobody looked.</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Why it was not assessed</th>
            <th scope="col">It needs</th>
            <th scope="col">Runs</th>
          </tr>
        </thead>
        <tbody>
          {broken.map((run) => (
            <tr key={run.id}>
              <th scope="row">all rules</th>
              <td>{failed.get(run.id)}</td>
              <td />
              <td>{displayName(run)}</td>
            </tr>
          ))}
          {rows.map(({ rule, reason, varied, runs: which }) => (
            <tr key={`${rule} ${reason}`}>
              <th scope="row">
                <span className={styles.rule}>{rule}</span> {ruleTitle(rule)}
              </th>
              <td>
                {reason}
                {varied && <span className={styles.muted}> (numbers of {displayName(which[0] as Run)})</span>}
              </td>
              <td className={styles.muted}>{ruleMeta(rule)?.needs.join(', ')}</td>
              <td className={styles.muted} title={which.map(displayName).slice(0, 100).join('\n')}>
                {which.length === runs.length && runs.length > 1
                  ? `all ${runs.length}`
                  : which.length > namesShown
                    ? counted(which.length, 'run')
                    : which.map(displayName).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
