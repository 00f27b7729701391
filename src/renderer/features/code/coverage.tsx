// Ten axes of what should be recorded: present, partial, absent, or not to be told, with the lines that show it.

import { lazy, Suspense, useState } from 'react';
import { type CodePlace, type CoverageAxis, type CoverageState, coverageAxes } from '../../../core/setup/finding';
import { inRuns, placeText } from '../../../core/view/code-list';
import type { ReviewedCode } from '../../../core/view/code-review';
import { sheetLine } from '../../../core/view/code-sheet';
import { Loading } from '../../widgets/states';
import styles from './code.module.css';

const CodePane = lazy(() => import('./code-pane'));

const titles: Readonly<Record<CoverageAxis, string>> = {
  tracker: 'A tracker stores the run',
  params: 'Hyperparameters',
  train_metrics: 'Training metrics by step',
  val_metrics: 'Validation metrics',
  lr: 'Learning rate',
  checkpoints: 'Checkpoints',
  seeds: 'Seeds',
  data_version: 'Version of the data',
  code_env: 'Version of code and packages',
  naming: 'Names and tags of runs',
};
const words: Readonly<Record<CoverageState, string>> = { present: 'present', partial: 'partly', absent: 'absent', unknown: 'cannot be told' };
const shownPlaces = 8;

export function Coverage({ code }: { readonly code: ReviewedCode }) {
  const [open, setOpen] = useState<CodePlace | null>(null);
  const sheet = open ? code.sheets[open.file] : undefined;
  return (
    <div className={styles.body}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={styles.pad} aria-label="Coverage" tabIndex={0}>
        <p className={styles.muted}>“Absent” is said only where the whole way was seen. What cannot be told is not held to be there.</p>
        <ul className={styles.axes}>
          {coverageAxes.map((axis) => {
            const { state, places } = code.review.coverage[axis];
            const held = inRuns(code.review, axis);
            return (
              <li key={axis} className={styles.axis}>
                <span className={styles.axisTitle}>{titles[axis]}</span>
                <span className={styles.state} data-state={state === 'unknown' && held.length > 0 ? 'present' : state}>
                  {state === 'unknown' && held.length > 0 ? 'in the runs' : words[state]}
                </span>
                {held.length > 0 && <span className={styles.held}>{held.join(' ')}</span>}
                <span className={styles.places}>
                  {places.slice(0, shownPlaces).map((place) => (
                    <button key={placeText(place)} type="button" className={styles.link} onClick={() => setOpen(place)}>
                      {placeText(place)}
                    </button>
                  ))}
                  {places.length > shownPlaces && <span className={styles.headNote}>and {places.length - shownPlaces} more</span>}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
      <div className={styles.right}>
        {sheet && open ? (
          <Suspense fallback={<Loading text="Opening the code…" />}>
            <CodePane
              file={open.file}
              sheet={sheet}
              marks={[]}
              line={sheetLine(sheet, open)}
              endLine={sheetLine(sheet, { cell: open.cell, line: open.endLine })}
              onMark={() => {}}
            />
          </Suspense>
        ) : (
          <p className={styles.hint}>Choose a line to see it in its file.</p>
        )}
      </div>
    </div>
  );
}
