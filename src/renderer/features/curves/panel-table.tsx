// The table that stands for a chart: one row per curve, the numbers a person would read off it.

import type { RunId } from '../../../core/base/units';
import type { Run } from '../../../core/model/run';
import { countText, fullNumber, shortNumber } from '../../../core/view/chart-numbers';
import type { Panel } from '../../../core/view/curves-panels';
import { missingText } from '../../../core/view/format';
import type { RunStyle } from '../../../core/view/run-style';
import { RunMark } from '../../widgets/run-mark';
import styles from './panel.module.css';

interface Props {
  readonly panel: Panel;
  readonly runs: ReadonlyMap<RunId, Run>;
  readonly styleOf: (run: RunId) => RunStyle;
}

export function PanelTable({ panel, runs, styleOf }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.table} tabIndex={0} aria-label={`${panel.id} as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Points</th>
            <th scope="col">First</th>
            <th scope="col">Last</th>
            <th scope="col">Least</th>
            <th scope="col">at step</th>
            <th scope="col">Greatest</th>
            <th scope="col">at step</th>
            <th scope="col">Mean</th>
            <th scope="col">Not finite</th>
          </tr>
        </thead>
        <tbody>
          {panel.series.map((one) => {
            const series = runs.get(one.run)?.series[one.index];
            if (!series) return null;
            return (
              <tr key={one.key}>
                <th scope="row" title={one.label}>
                  <span className={styles.runName}>
                    <RunMark style={styleOf(one.run)} size={10} /> {one.label}
                  </span>
                </th>
                <td>{countText(series.count)}</td>
                <NumberCell value={series.first} />
                <NumberCell value={series.last} />
                <NumberCell value={series.min} />
                <NumberCell value={series.minStep} />
                <NumberCell value={series.max} />
                <NumberCell value={series.maxStep} />
                <NumberCell value={series.mean} />
                <td>{countText(series.count - series.finite)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const NumberCell = ({ value }: { readonly value: number | null }) => (
  <td title={value === null ? undefined : fullNumber(value)}>{value === null ? missingText : shortNumber(value)}</td>
);
