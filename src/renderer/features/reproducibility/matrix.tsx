// Items down, runs across; a cell opens its reason and evidence.

import { Fragment } from 'react';
import { displayName, type Run } from '../../../core/model/run';
import type { Checklist } from '../../../core/reproducibility/checklist';
import type { MatrixRow, MatrixSection } from '../../../core/view/checklist-matrix';
import { useRunStyle } from '../../state/app';
import { cx } from '../../widgets/class-names';
import { RunMark } from '../../widgets/run-mark';
import styles from './reproducibility.module.css';
import { SaidMarks, saidOf, VerdictSign } from './verdict';
import type { Place } from './view';

interface Props {
  readonly sections: readonly MatrixSection[];
  readonly checklists: readonly Checklist[];
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
}

export function Matrix({ sections, checklists, place, onPlace }: Props) {
  if (sections.length === 0) return <p className={styles.muted}>All items are judged alike for these runs.</p>;
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <caption className="visually-hidden">Reproducibility items by run</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            {checklists.map(({ run }) => (
              <RunHead key={run.id} run={run} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map((section) => (
            <Fragment key={section.id}>
              <tr>
                <th scope="colgroup" colSpan={checklists.length + 1} className={styles.section}>
                  {section.title}
                </th>
              </tr>
              {section.rows.map((row) => (
                <ItemRow key={row.meta.id} row={row} checklists={checklists} place={place} onPlace={onPlace} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunHead({ run }: { readonly run: Run }) {
  return (
    <th scope="col" title={displayName(run)}>
      <span className={styles.runHead}>
        <RunMark style={useRunStyle(run.id)} />
        <span>{displayName(run)}</span>
      </span>
    </th>
  );
}

function ItemRow({ row, checklists, place, onPlace }: Omit<Props, 'sections'> & { readonly row: MatrixRow }) {
  const { meta } = row;
  return (
    <tr className={cx(place.item === meta.id && styles.openRow)}>
      <th scope="row">
        <span className={styles.id}>{meta.id}</span> {meta.question}
        {meta.weight === 'critical' && <span className={styles.critical}>critical</span>}
      </th>
      {checklists.map(({ run }) => {
        const cell = row.cells.get(run.id);
        const open = place.item === meta.id && place.run === run.id;
        return (
          <td key={run.id}>
            {cell && (
              <button
                type="button"
                className={cx(styles.cell, open && styles.openCell)}
                aria-label={`${meta.id}, ${displayName(run)}: ${[cell.verdict, ...saidOf(cell)].join(', ')}`}
                aria-pressed={open}
                title={cell.attested ? `${cell.reason} Attested by ${cell.attested.by}: ${cell.attested.note}` : cell.reason}
                onClick={() => onPlace({ run: run.id, item: meta.id })}
              >
                <VerdictSign verdict={cell.verdict} words={checklists.length === 1} />
                <SaidMarks item={cell} words={checklists.length === 1} />
              </button>
            )}
          </td>
        );
      })}
    </tr>
  );
}
