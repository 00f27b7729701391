// Small marks beside a run: its status as a shape and a colour, its tracker as a word.

import type { Run, RunStatus } from '../../core/model/run';
import { sourcesText } from '../../core/view/origin-words';
import { trackerWord } from '../../core/view/tracker-words';
import styles from './badges.module.css';

const shapes: Readonly<Record<RunStatus, { readonly path: string; readonly word: string }>> = {
  finished: { path: 'M2.5 6.5 5 9l4.5-5.5', word: 'finished' },
  failed: { path: 'M3 3l6 6M9 3l-6 6', word: 'failed' },
  killed: { path: 'M3.5 3.500h5v5h-5z', word: 'killed' },
  running: { path: 'M4 2.500v7l5.5-3.500z', word: 'running' },
  unknown: { path: 'M6 9.200a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400Z', word: 'status unknown' },
};

/** @param native the tracker's own word, said beside ours where it differs */
export function StatusMark({ status, native = null }: { readonly status: RunStatus; readonly native?: string | null }) {
  const { path, word } = shapes[status];
  const said = native && native.toLowerCase() !== status ? `${word} (${native})` : word;
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" role="img" aria-label={said} className={styles.status} data-status={status} focusable="false">
      <title>{said}</title>
      <path d={path} />
    </svg>
  );
}

/** Where several trackers recorded the run, how many more. */
export function TrackerWord({ run }: { readonly run: Run }) {
  const word = trackerWord(run.format);
  if (!run.origins) return <span className={styles.tracker}>{word}</span>;
  const said = `Read from ${sourcesText(run)}`;
  return (
    <span className={styles.tracker} title={said}>
      {word} +{run.sources.length - 1}
      <span className="visually-hidden"> {said}</span>
    </span>
  );
}
