// What a plot's hint says of the runs under the pointer.

import type { ReactNode } from 'react';
import { shortNumber } from '../../../core/view/chart-numbers';
import type { PlotTable } from '../../../core/view/effects-plots';
import type { PlotParam } from '../../../core/view/plot-axis';
import type { RunStyle } from '../../../core/view/run-style';
import { RunMark } from '../../widgets/run-mark';
import plotStyles from './plot.module.css';

const mostSaid = 6;

/** What a hint says: of one run its outcome and strongest params, of a cell its runs. */
export function describer(plots: PlotTable, params: readonly PlotParam[], styleOf: (id: string) => RunStyle) {
  const rows = new Map(plots.trials.map(({ id }, row) => [id, row]));
  return function describe(owners: readonly string[]): ReactNode {
    const [only] = owners;
    if (only === undefined) return null;
    if (owners.length > 1)
      return (
        <>
          <p className={plotStyles.hintTitle}>{owners.length} runs</p>
          {owners.slice(0, mostSaid).map((id) => {
            const trial = plots.trials[rows.get(id) ?? -1];
            return (
              <p key={id} className={plotStyles.hintTitle}>
                <RunMark style={styleOf(id)} size={10} /> <span>{trial?.name}</span> {trial?.value == null ? '' : shortNumber(trial.value)}
              </p>
            );
          })}
          {owners.length > mostSaid && <p className={plotStyles.hintMore}>and {owners.length - mostSaid} more</p>}
        </>
      );
    const row = rows.get(only) ?? -1;
    const trial = plots.trials[row];
    if (!trial) return null;
    return (
      <>
        <p className={plotStyles.hintTitle}>
          <RunMark style={styleOf(only)} size={10} /> <span>{trial.name}</span>
        </p>
        <table className={plotStyles.hintRows}>
          <tbody>
            <tr>
              <th scope="row">{plots.metric}</th>
              <td>{trial.value === null ? 'no value' : shortNumber(trial.value)}</td>
            </tr>
            {params.slice(0, mostSaid).map(({ name, levels, column }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{levels[column[row] as number]?.text ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={plotStyles.hintMore}>Click opens the run</p>
      </>
    );
  };
}
