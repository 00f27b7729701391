// Who recorded the run: where its sources contradict each other, and what each contributed.

import type { Run } from '../../../../core/model/run';
import { type ConflictRow, type Contribution, conflictRows, contributions } from '../../../../core/view/origin-words';
import type { RunSection } from '../../../registry/sections';
import { Icon } from '../../../widgets/icon';
import styles from '../run.module.css';

const filesShown = 8;

function Sources({ run }: { readonly run: Run }) {
  const { contrary, worded } = conflictRows(run);
  return (
    <div className={styles.section}>
      {contrary.length > 0 && (
        <section aria-labelledby="contradictions">
          <h2 id="contradictions">
            <Icon name="warning" size={14} /> The sources contradict each other
          </h2>
          <p className={styles.muted}>The first value is the one that counts; the others are kept.</p>
          <Differences rows={contrary} caption="Contradictions" />
        </section>
      )}
      {contributions(run).map((one) => (
        <Source key={one.index} source={one} isOnly={run.sources.length === 1} />
      ))}
      {worded.length > 0 && (
        <details className={styles.details}>
          <summary>The same in other words ({worded.length})</summary>
          <Differences rows={worded} caption="The same in other words" />
        </details>
      )}
    </div>
  );
}

function Source({ source, isOnly }: { readonly source: Contribution; readonly isOnly: boolean }) {
  const { name, nativeId, files, gave } = source;
  return (
    <section>
      <h2>{name}</h2>
      <p>
        {gave.map(({ what, count }) => `${count.toLocaleString('en')} ${what}`).join(', ') || 'Nothing that another source does not say'}
        {nativeId !== null && <span className={styles.muted}> · its id is {nativeId}</span>}
        {!isOnly && source.index === 0 && <span className={styles.muted}> · gives the run its identity</span>}
      </p>
      <ul className={styles.muted}>
        {files.slice(0, filesShown).map((file) => (
          <li key={file}>{file}</li>
        ))}
        {files.length > filesShown && <li>and {(files.length - filesShown).toLocaleString('en')} more files</li>}
      </ul>
    </section>
  );
}

const Differences = ({ rows, caption }: { readonly rows: readonly ConflictRow[]; readonly caption: string }) => (
  <table className={styles.table}>
    <caption className="visually-hidden">{caption}</caption>
    <tbody>
      {rows.map(({ key, name, what, values }) => (
        <tr key={key}>
          <th scope="row">
            {name} <span className={styles.muted}>{what}</span>
          </th>
          {values.map(({ source, text }) => (
            <td key={source} className={styles.value}>
              {text} <span className={styles.origin}>{source}</span>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

export const section: RunSection = {
  meta: { id: 'sources', title: 'Sources', order: 55 },
  count: (run) => (run.sources.length > 1 ? run.sources.length : null),
  Component: Sources,
};
