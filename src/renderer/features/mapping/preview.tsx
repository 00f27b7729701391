// What the draft would give: runs, first points, lines that fit no rule, what went wrong.

import type { Issue } from '../../../core/base/issues';
import type { MappingPreview } from '../../../core/readers/mapping/preview';
import { counted } from '../../../core/view/format';
import { Icon } from '../../widgets/icon';
import styles from './mapping.module.css';
import type { Wizard } from './use-wizard';

const runsShown = 30;
const filesShown = 10;
const linesShown = 8;

export function Preview({ wizard: { check, busy, failure } }: { readonly wizard: Wizard }) {
  const preview = check?.preview ?? null;
  const problems = check?.problems ?? [];
  return (
    <section className={styles.preview} aria-label="What it gives" data-busy={busy}>
      <p className={styles.sum} role="status">
        {sumText(preview)}
        {busy && <span className={styles.muted}> · looking…</span>}
      </p>
      {failure !== null && <p className={styles.wrong}>{failure}</p>}
      <Issues issues={[...problems, ...(preview?.issues ?? []).filter(({ code }) => code !== 'unmatched')]} />
      {preview && preview.runCount > 0 && (
        <>
          <Runs preview={preview} />
          <Points table={preview.table} />
        </>
      )}
      {preview && <Unmatched files={preview.files} />}
    </section>
  );
}

function sumText(preview: MappingPreview | null): string {
  if (!preview) return 'Nothing is read yet.';
  if (preview.runCount === 0) return 'No runs are found by this.';
  return `${counted(preview.runCount, 'run')}, ${counted(preview.pointCount, 'point')}${preview.partial ? ' in the beginning of the files' : ''}`;
}

function Runs({ preview: { runs, runCount } }: { readonly preview: MappingPreview }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>Runs</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Metrics</th>
            <th scope="col" className={styles.number}>
              Points
            </th>
            <th scope="col">Params</th>
          </tr>
        </thead>
        <tbody>
          {runs.slice(0, runsShown).map(({ name, path, series, seriesCount, points, params }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run of a preview has no id
            <tr key={at}>
              <th scope="row">{name || path}</th>
              <td>
                {series
                  .slice(0, 4)
                  .map((one) => one.name)
                  .join(', ')}
                {seriesCount > 4 && ` and ${seriesCount - 4} more`}
              </td>
              <td className={styles.number}>{points}</td>
              <td>
                {params
                  .slice(0, 3)
                  .map((one) => `${one.name}=${one.value}`)
                  .join(', ') || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {runCount > runsShown && <p className={styles.muted}>… and {runCount - runsShown} more</p>}
    </div>
  );
}

function Points({ table: { columns, rows } }: Pick<MappingPreview, 'table'>) {
  if (rows.length === 0) return null;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>First points of the first run</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are in the order of the log
            <tr key={row}>
              {cells.map((text, at) => (
                <td key={columns[at]} className={styles.number}>
                  {text || '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Unmatched({ files }: Pick<MappingPreview, 'files'>) {
  const left = files.filter(({ unmatched, lines }) => unmatched > 0 || lines === 0);
  if (left.length === 0) return null;
  return (
    <div className={styles.unmatched}>
      <h3>Lines that fit no rule</h3>
      {left.slice(0, filesShown).map(({ path, lines, matched, unmatched, samples }) => (
        <div key={path}>
          <p>
            <code>{path}</code>{' '}
            <span className={styles.muted}>{lines === 0 ? 'no file, or nothing in it' : `${matched} of ${counted(lines, 'line')} fit`}</span>
          </p>
          <ol>
            {samples.slice(0, linesShown).map(({ line, text }) => (
              <li key={line}>
                <span className={styles.line}>{line}</span>
                <code>{text}</code>
              </li>
            ))}
          </ol>
          {unmatched > linesShown && <p className={styles.muted}>… and {unmatched - linesShown} more</p>}
        </div>
      ))}
      {left.length > filesShown && <p className={styles.muted}>… and {counted(left.length - filesShown, 'more file')}</p>}
    </div>
  );
}

function Issues({ issues }: { readonly issues: readonly Issue[] }) {
  if (issues.length === 0) return null;
  return (
    <ul className={styles.issues} aria-label="What went wrong">
      {issues.slice(0, 8).map(({ severity, message, tip, file, where }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: issues have no identity; the list is only ever made anew
        <li key={at} data-severity={severity}>
          <Icon name={severity === 'info' || severity === 'note' ? 'info' : 'warning'} size={14} />
          <span>
            {message} <span className={styles.muted}>{tip}</span> <code>{[file, where].filter(Boolean).join(' ')}</code>
          </span>
        </li>
      ))}
      {issues.length > 8 && <li className={styles.muted}>… and {issues.length - 8} more</li>}
    </ul>
  );
}
