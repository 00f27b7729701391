// Every series with its counts and values; steps logged twice and points without a value are said.

import { contextText, type Run, type Series } from '../../../../core/model/run';
import { exactNumber, missingText, shortNumber } from '../../../../core/view/format';
import type { RunSection } from '../../../registry/sections';
import { Empty } from '../../../widgets/states';
import styles from '../run.module.css';

function Metrics({ run }: { readonly run: Run }) {
  if (run.series.length === 0) return <Empty title="No metrics">This run logged no metrics.</Empty>;
  return (
    <div className={styles.section}>
      <table className={styles.table}>
        <caption className="visually-hidden">Metrics</caption>
        <thead>
          <tr>
            {['Metric', 'Points', 'Last', 'Min', 'Max', 'Mean', 'Steps', 'Role', 'Split'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.series.map((series) => (
            <MetricRow key={`${series.name} ${contextText(series.context)}`} series={series} />
          ))}
        </tbody>
      </table>
      {run.media.length > 0 && (
        <p className={styles.muted}>
          Logged media that are not shown yet: {run.media.map(({ name, kind, count }) => `${name} (${count} × ${kind})`).join(', ')}.
        </p>
      )}
    </div>
  );
}

function MetricRow({ series }: { readonly series: Series }) {
  const context = contextText(series.context);
  const lost = series.count - series.finite;
  return (
    <tr>
      <th scope="row">
        {series.name} {context && <span className={styles.muted}>[{context}]</span>}
        {series.xAxis && <span className={styles.muted}> over {series.xAxis}</span>}
      </th>
      <td className={styles.number}>
        {series.count.toLocaleString('en')}
        {lost > 0 && <span className={styles.warn}> ({lost.toLocaleString('en')} not finite)</span>}
      </td>
      {[series.last, series.min, series.max, series.mean].map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: four fixed columns
        <td key={index} className={styles.number} title={value === null ? undefined : exactNumber(value)}>
          {value === null ? missingText : shortNumber(value, 7)}
        </td>
      ))}
      <td className={styles.number}>
        {series.firstStep === null ? 'not logged' : `${exactNumber(series.firstStep)} – ${exactNumber(series.lastStep ?? series.firstStep)}`}
      </td>
      <td>
        {series.role ?? missingText}
        {series.direction !== 'none' && <span className={styles.muted}> {series.direction}</span>}
      </td>
      <td>{series.split}</td>
    </tr>
  );
}

export const section: RunSection = { meta: { id: 'metrics', title: 'Metrics', order: 30 }, count: (run) => run.series.length, Component: Metrics };
