// Findings: filters and list at the left, the code in the middle, the finding that is open beside it.

import { lazy, Suspense, useMemo, useRef } from 'react';
import type { CodePlace, SetupReview } from '../../../core/setup/finding';
import { toldOf } from '../../../core/setup/told';
import { type CodeItem, codeRows, codeSeverities } from '../../../core/view/code-list';
import type { ReviewedCode } from '../../../core/view/code-review';
import { sheetLine } from '../../../core/view/code-sheet';
import { useApp } from '../../state/app';
import type { ChangeOptions } from '../../state/workspace-store';
import { Button } from '../../widgets/button';
import { Empty, Loading } from '../../widgets/states';
import styles from './code.module.css';
import type { Mark, PaneHandle } from './code-pane';
import { FindingDetail } from './detail';
import { CodeFindingList } from './finding-list';
import type { CodeSlice } from './slice';
import { Toolbar } from './toolbar';

const CodePane = lazy(() => import('./code-pane'));

interface Props {
  readonly code: ReviewedCode;
  readonly slice: CodeSlice;
  readonly change: (label: string, next: (slice: CodeSlice) => CodeSlice, options?: ChangeOptions) => void;
  readonly items: readonly CodeItem[];
  /** Key of the finding that the address names. */
  readonly opened: string | null;
  /** A line that the address names: of the finding that is open, or where none is. */
  readonly line: CodePlace | null;
}

/** What an empty list means: that all is set aside, that nothing was found, or that there was nothing to judge. */
function NoFindings({ review }: { readonly review: SetupReview }) {
  const isSetAside = review.findings.length > 0;
  const isJudged = isSetAside || review.trainings.length > 0 || review.recipes.length > 0;
  return (
    <Empty
      icon={isJudged ? 'check' : 'info'}
      title={isSetAside ? 'All that was found is set aside' : isJudged ? 'Nothing was found in this code' : 'No training was found in this code'}
    >
      {isJudged && `No rule that could be applied has anything${isSetAside ? ' else' : ''} to say. `}“Not answered” lists what could not be seen and why: that
      is never the same as fine. Looked at: {toldOf([review])}
    </Empty>
  );
}

export function Findings({ code, slice, change, items, opened, line }: Props) {
  const app = useApp();
  const rows = useMemo(() => codeRows(items, slice, code.titles), [items, slice, code]);
  const open = items.find(({ key }) => key === opened) ?? (line ? null : (rows.find((row) => row.kind === 'finding')?.item ?? null));
  const show = (item: CodeItem): void => app.navigation.setPlace('code', 'finding', ...item.key.split('/'));
  const list = useRef<HTMLDivElement>(null);
  const pane = useRef<PaneHandle>(null);
  const place = line ?? open?.finding.places[0];
  const file = place?.file;
  const sheet = file === undefined ? undefined : code.sheets[file];
  const marks = useMemo(() => (sheet && file !== undefined ? marksOf(items, sheet, file) : []), [items, sheet, file]);

  if (items.length === 0 && !line) return <NoFindings review={code.review} />;
  return (
    <div className={styles.body}>
      <div className={styles.left}>
        <Toolbar items={items} slice={slice} change={change} />
        {rows.length > 0 ? (
          <CodeFindingList rows={rows} open={open?.key ?? null} onOpen={show} onEnter={() => pane.current?.focus()} grouping={slice.grouping} element={list} />
        ) : (
          <Empty
            icon="search"
            title="No finding passes the filter"
            actions={
              <Button onClick={() => change('severities', (before) => ({ ...before, severities: codeSeverities }), { undoable: false })}>
                Show all {items.length} findings
              </Button>
            }
          />
        )}
      </div>
      <div className={styles.right}>
        {open && <FindingDetail key={open.key} item={open} code={code} />}
        {sheet && place ? (
          <Suspense fallback={<Loading text="Opening the code…" />}>
            <CodePane
              file={place.file}
              sheet={sheet}
              marks={marks}
              handle={pane}
              onLeave={() => list.current?.focus()}
              line={sheetLine(sheet, place)}
              endLine={sheetLine(sheet, { cell: place.cell, line: place.endLine })}
              onMark={(key) => {
                const item = items.find((one) => one.key === key);
                if (item) show(item);
              }}
            />
          </Suspense>
        ) : (
          <p className={styles.hint}>{hintOf(open, place)}</p>
        )}
      </div>
    </div>
  );
}

function hintOf(open: CodeItem | null, place: CodePlace | undefined): string {
  if (place) return `${place.file} is not among the files that are shown here: no finding points into it.`;
  return open ? 'This finding is about the project as a whole: there is no line to show.' : '';
}

function marksOf(items: readonly CodeItem[], sheet: ReviewedCode['sheets'][string], file: string): readonly Mark[] {
  return items.flatMap(({ key, finding }) =>
    finding.places
      .filter((place) => place.file === file)
      .map((place) => ({ line: sheetLine(sheet, place), severity: finding.severity, key, text: `${finding.rule}: ${finding.summary}` })),
  );
}
