// A searchable list of names and values; a click copies the value at full precision.

import { useDeferredValue, useState } from 'react';
import type { Values } from '../../../core/model/values';
import { typeText, valueText } from '../../../core/view/format';
import type { OriginMark } from '../../../core/view/origin-words';
import { useApp } from '../../state/app';
import { Empty } from '../../widgets/states';
import { TextField } from '../../widgets/text-field';
import { OriginCell } from './origin-cell';
import styles from './run.module.css';

/** Rows drawn at once; a search narrows a longer list. */
const most = 1000;

interface Props {
  readonly values: Values;
  readonly what: string;
  /** Whose a value is; null where it goes without saying. */
  readonly markOf?: (name: string) => OriginMark | null;
}

export function KeyValues({ values, what, markOf }: Props) {
  const app = useApp();
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search).toLowerCase();
  const keys = Object.keys(values).sort();
  const found = keys.filter((key) => key.toLowerCase().includes(words));
  if (keys.length === 0) return <Empty title={`No ${what}`}>This run logged no {what}.</Empty>;
  const copy = (text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => app.toasts.show({ kind: 'good', text: 'Copied.' }),
      () => app.toasts.show({ kind: 'bad', text: 'The clipboard cannot be used here.' }),
    );
  };
  return (
    <>
      {keys.length > 12 && <TextField label={`Find in ${what}`} value={search} onText={setSearch} icon="search" />}
      <table className={styles.table}>
        <caption className="visually-hidden">{what}</caption>
        <tbody>
          {found.slice(0, most).map((key) => {
            const value = values[key] ?? null;
            return (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td className={styles.value}>
                  <button type="button" className={styles.copy} title="Copy" onClick={() => copy(valueText(value))}>
                    {valueText(value)}
                  </button>
                </td>
                <td className={styles.muted}>{typeText(value)}</td>
                <OriginCell mark={markOf?.(key) ?? null} />
              </tr>
            );
          })}
        </tbody>
      </table>
      {found.length > most && (
        <p className={styles.muted}>
          The first {most} of {found.length} are shown; search to narrow them down.
        </p>
      )}
    </>
  );
}
