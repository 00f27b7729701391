// A plot as a table.

import type { PlotSpec } from '../../../core/view/plot-spec';
import { plotRows } from '../../../core/view/plot-table';
import styles from './effects.module.css';
import { RunLink } from './run-link';

const mostRows = 300;

export function PlotRows({ spec }: { readonly spec: PlotSpec }) {
  const { head, rows } = plotRows(spec);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.plotRows} tabIndex={0} aria-label={`${spec.title} as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((title, i) => (
              <th key={title} scope="col" className={i === 0 ? undefined : styles.number}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map(({ owner, name, cells }) => (
            <tr key={`${owner} ${name} ${cells[0]}`}>
              <th scope="row">{spec.kind === 'heat' ? name : <RunLink id={owner} name={name} />}</th>
              {cells.map((cell, i) => (
                <td key={head[i + 1]} className={styles.number}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p className={styles.muted}>{rows.length - mostRows} more rows are in the copy.</p>}
    </section>
  );
}
