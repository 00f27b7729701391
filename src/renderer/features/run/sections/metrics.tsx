// Every series with its counts and values; steps logged twice and points without a value are said.

import { useMemo } from 'react';
import { contextText, type Run } from '../../../../core/model/run';
import { type MetricRoleView, metricRoles } from '../../../../core/project/metric-roles';
import { exactNumber, missingText, shortNumber } from '../../../../core/view/format';
import { type OriginMark, seriesMark } from '../../../../core/view/origin-words';
import { useRoles } from '../../../queries/use-roles';
import type { RunSection } from '../../../registry/sections';
import { useApp } from '../../../state/app';
import { Icon } from '../../../widgets/icon';
import { Empty } from '../../../widgets/states';
import { OriginCell } from '../origin-cell';
import styles from '../run.module.css';

function Metrics({ run }: { readonly run: Run }) {
  const statements = useRoles();
  const roles = useMemo(() => metricRoles(run, statements), [run, statements]);
  if (run.series.length === 0) return <Empty title="No metrics">This run logged no metrics.</Empty>;
  return (
    <div className={styles.section}>
      <table className={styles.table}>
        <caption className="visually-hidden">Metrics</caption>
        <thead>
          <tr>
            {['Metric', 'Points', 'Last', 'Min', 'Max', 'Mean', 'Steps', 'Role', 'Split', 'Unit', ...(run.origins ? ['From'] : [])].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roles.map((role, at) => (
            <MetricRow key={`${role.series.name} ${contextText(role.series.context)}`} role={role} origin={seriesMark(run, at)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MetricRow({ role, origin }: { readonly role: MetricRoleView; readonly origin: OriginMark | null }) {
  const app = useApp();
  const { series } = role;
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
        <button
          type="button"
          className={styles.role}
          title={`${role.stated ? '' : `${Math.round(series.confidence * 100)} % sure. `}${role.reason}${role.doubts.length > 0 ? ` ${role.doubts.join(' ')}` : ''}`}
          onClick={() => app.session.setState({ role: series.name })}
        >
          <span className="visually-hidden">Role of {series.name}: </span>
          {series.role ?? missingText}
          {series.direction !== 'none' && <span className={styles.muted}> {series.direction}</span>}
          {role.stated && <Icon name="check" size={12} label="Stated by a person" />}
          {role.doubts.length > 0 && <Icon name="warning" size={12} label="The values do not fit" />}
        </button>
      </td>
      <td>{series.split}</td>
      <td>{role.unit?.unit ?? missingText}</td>
      <OriginCell mark={origin} />
    </tr>
  );
}

export const section: RunSection = { meta: { id: 'metrics', title: 'Metrics', order: 30 }, count: (run) => run.series.length, Component: Metrics };
