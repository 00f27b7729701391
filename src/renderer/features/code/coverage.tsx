// Ten axes of what should be recorded: present, partial, absent, or not to be told, with the lines that show it.

import { lazy, Suspense, useState } from 'react';
import { type CodePlace, coverageAxes } from '../../../core/setup/finding';
import { inRuns, placeText } from '../../../core/view/code-list';
import type { ReviewedCode } from '../../../core/view/code-review';
import { sheetLine } from '../../../core/view/code-sheet';
import { axisTitles, stateWords } from '../../../core/view/coverage-words';
import { Loading } from '../../widgets/states';
import styles from './code.module.css';

const CodePane = lazy(() => import('./code-pane'));

const shownPlaces = 8;

export function Coverage({ code }: { readonly code: ReviewedCode }) {
  const [open, setOpen] = useState<CodePlace | null>(null);
  const sheet = open ? code.sheets[open.file] : undefined;
  return (
    <div className={styles.body}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={styles.pad} aria-label="Coverage" tabIndex={0}>
        <p className={styles.muted}>
          “Absent” is said only where all code that could hold it was read; what could not be seen is “unknown”, which is never a pass.
        </p>
        <ul className={styles.axes}>
          {coverageAxes.map((axis) => {
            const { state, places } = code.review.coverage[axis];
            const held = inRuns(code.review, axis);
            return (
              <li key={axis} className={styles.axis}>
                <span className={styles.axisTitle}>{axisTitles[axis]}</span>
                <span className={styles.state} data-state={state === 'unknown' && held.length > 0 ? 'present' : state}>
                  {state === 'unknown' && held.length > 0 ? 'in the runs' : stateWords[state]}
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
