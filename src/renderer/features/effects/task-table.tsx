// Methods over many tasks: interquartile mean, optimality gap, and the chance that the best is better.

import type { Estimate, TaskStudy } from '../../../core/groups/tasks';
import { shortNumber } from '../../../core/view/chart-numbers';
import { groupLabel, intervalWords } from '../../../core/view/group-words';
import styles from './effects.module.css';

export function TaskTable({ tasks }: { readonly tasks: TaskStudy }) {
  const { methods, improvement, taskParam, scores, incomplete } = tasks;
  const gaps = methods.some(({ optimalityGap }) => optimalityGap !== null);
  return (
    <section className={styles.section} aria-label="Over tasks">
      <h2>
        Over {tasks.tasks.length} tasks (<code>{taskParam}</code>)
      </h2>
      <p className={styles.muted}>
        {scores === 'raw' ? 'Values as logged.' : 'Values are scaled to the range of each task: 1 is the best that any run reached on it.'} Intervals: 95 %,
        resampled within each task.
        {incomplete > 0 && ` ${incomplete} ${incomplete === 1 ? 'method lacks' : 'methods lack'} a task and ${incomplete === 1 ? 'is' : 'are'} left out.`}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col" className={styles.number}>
              Runs
            </th>
            <th scope="col" className={styles.number}>
              Interquartile mean
            </th>
            {gaps && (
              <th scope="col" className={styles.number}>
                Optimality gap
              </th>
            )}
            <th scope="col" className={styles.number}>
              Chance that the first is better
            </th>
          </tr>
        </thead>
        <tbody>
          {methods.map((method, i) => (
            <tr key={JSON.stringify(method.label)}>
              <th scope="row">{groupLabel(method)}</th>
              <td className={styles.number}>{method.runs}</td>
              <td className={styles.number}>{estimateText(method.iqm)}</td>
              {gaps && <td className={styles.number}>{estimateText(method.optimalityGap)}</td>}
              <td className={styles.number}>{estimateText(improvement[i - 1])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const estimateText = (estimate: Estimate | null | undefined): string =>
  estimate ? `${shortNumber(estimate.value, 3)}${estimate.interval ? ` (${intervalWords(estimate.interval)})` : ''}` : '–';
