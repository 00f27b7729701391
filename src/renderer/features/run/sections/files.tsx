// The run's files: what can be looked at here opens, the rest is listed with its size.

import { useDeferredValue, useState } from 'react';
import type { Run } from '../../../../core/model/run';
import { bytesText } from '../../../../core/view/format';
import { originMark } from '../../../../core/view/origin-words';
import { previewKind } from '../../../../core/view/preview';
import type { RunSection } from '../../../registry/sections';
import { useApp } from '../../../state/app';
import { Empty } from '../../../widgets/states';
import { TextField } from '../../../widgets/text-field';
import { OriginCell } from '../origin-cell';
import styles from '../run.module.css';

const most = 500;

function Files({ run }: { readonly run: Run }) {
  const app = useApp();
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search).toLowerCase();
  if (run.artifacts.length === 0) return <Empty title="No files">This run has no artifacts.</Empty>;
  const found = run.artifacts.filter(({ path }) => path.toLowerCase().includes(words));
  const total = run.artifacts.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return (
    <div className={styles.section}>
      <p className={styles.muted}>
        {run.artifacts.length.toLocaleString('en')} files, {bytesText(total)}. Models and checkpoints are listed and never opened.
      </p>
      {run.artifacts.length > 12 && <TextField label="Find a file" value={search} onText={setSearch} icon="search" />}
      <table className={styles.table}>
        <caption className="visually-hidden">Files</caption>
        <tbody>
          {found.slice(0, most).map(({ path, size, kind }) => (
            <tr key={path}>
              <th scope="row">
                {previewKind(path) === 'none' ? (
                  path
                ) : (
                  <button type="button" className={styles.link} onClick={() => app.session.setState({ preview: { run: run.id, path } })}>
                    {path}
                  </button>
                )}
              </th>
              <td className={styles.number}>{kind === 'reference' ? 'elsewhere' : bytesText(size)}</td>
              <OriginCell mark={originMark(run, 'artifacts', path)} />
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > most && (
        <p className={styles.muted}>
          The first {most} of {found.length} are shown; search to narrow them down.
        </p>
      )}
    </div>
  );
}

export const section: RunSection = { meta: { id: 'files', title: 'Files', order: 50 }, count: (run) => run.artifacts.length, Component: Files };
