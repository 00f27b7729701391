// What each column, key or group is.

import { type ChosenRole, withRole } from '../../../core/mapping/edit';
import type { Mapping } from '../../../core/mapping/mapping';
import type { PreviewColumn } from '../../../core/readers/mapping/preview';
import { Select } from '../../widgets/select';
import styles from './mapping.module.css';

interface Props {
  readonly columns: readonly PreviewColumn[];
  readonly mapping: Mapping;
  readonly onMapping: (mapping: Mapping) => void;
}

const roles: readonly { readonly value: ChosenRole; readonly label: string }[] = [
  { value: 'metric', label: 'Metric' },
  { value: 'step', label: 'Step' },
  { value: 'time', label: 'Time' },
  { value: 'param', label: 'Param' },
  { value: 'run', label: 'Name of the run' },
  { value: 'none', label: 'Left out' },
];
const shown = 60;

export function ColumnRoles({ columns, mapping, onMapping }: Props) {
  if (columns.length === 0) return null;
  return (
    <fieldset className={styles.columns}>
      <legend>What each column is</legend>
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">First value</th>
            <th scope="col">Is</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, shown).map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <code>{column.name}</code>
              </th>
              <td>
                <code>{column.example}</code>
              </td>
              <td>
                <Select
                  label={`What ${column.name} is`}
                  value={roleOf(column)}
                  options={roles}
                  onPick={(role) => onMapping(withRole(mapping, column.name, role))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {columns.length > shown && <p className={styles.muted}>… and {columns.length - shown} more, as they are</p>}
    </fieldset>
  );
}

const roleOf = ({ role, numbers }: PreviewColumn): ChosenRole => (role === 'maybe-metric' ? (numbers > 0 ? 'metric' : 'none') : role);
