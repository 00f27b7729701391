// What is arranged at the left, the pages at the right.

import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { counted } from '../../../core/view/format';
import { NoRuns } from '../../pieces/no-runs';
import { useBaseline, useChosenRuns, useRuns } from '../../queries/use-runs';
import { useApp, useSlice } from '../../state/app';
import { Button } from '../../widgets/button';
import { Failed, Loading } from '../../widgets/states';
import { ChartSettings, Heading, PageSettings } from './page-settings';
import { Pages } from './pages';
import { Draft } from './preview';
import styles from './report.module.css';
import { Save } from './save';
import { SectionsList } from './sections-list';
import { type PreviewKind, parseSlice } from './slice';
import { Templates } from './templates';
import { usePrinted } from './use-printed';
import { useReport } from './use-report';

/** A report of more runs is nobody's reading; the view says when there are more. */
const mostRuns = 40;

export default function ReportView() {
  const { capabilities } = useApp();
  const chosen = useChosenRuns();
  const baseline = useBaseline();
  const known = useRuns();
  const [slice, change] = useSlice('report', parseSlice);
  const runs = useMemo(() => (baseline && !chosen.includes(baseline) ? [baseline, ...chosen] : chosen).slice(0, mostRuns), [baseline, chosen]);
  const state = useReport({ runs, known, baseline: baseline?.id ?? null, slice: useDeferredValue(slice) });
  const [pages, setPages] = useState<number | null>(null);
  const [drawFailure, setDrawFailure] = useState<string | null>(null);
  const asPages = slice.preview === 'pages' && capabilities.printPdf !== undefined && drawFailure === null;
  const print = usePrinted(asPages && state.kind === 'ready' ? state.document : null);
  const told = useCallback((count: number) => setPages(count), []);
  if (chosen.length === 0) return <NoRuns>Check the runs to report in the list on the left, or open their eye.</NoRuns>;
  const ready = state.kind === 'ready' ? state.document : null;
  const failure = print.failure ?? drawFailure;
  const busy = state.kind === 'loading' || print.busy;
  const show = (preview: PreviewKind): void => {
    setDrawFailure(null);
    change('preview', (now) => ({ ...now, preview }), { undoable: false });
  };
  return (
    <div className={styles.view}>
      <aside className={styles.side} aria-label="Report settings">
        <Save document={ready} printed={print.printed?.document === ready ? print.printed : null} />
        <Templates slice={slice} change={change} />
        <Heading slice={slice} change={change} standardTitle={state.document?.title ?? 'Title'} />
        {chosen.length > mostRuns && (
          <p className={styles.muted}>
            The first {mostRuns} of {chosen.length} chosen runs are reported.
          </p>
        )}
        <SectionsList slice={slice} change={change} />
        <PageSettings slice={slice} change={change} />
        <ChartSettings slice={slice} change={change} />
      </aside>
      {state.kind === 'failed' ? (
        <Failed title="The report could not be made" message={state.message} />
      ) : (
        <div className={styles.right}>
          <div className={styles.bar}>
            {capabilities.printPdf && (
              <fieldset className={styles.kinds} aria-label="Preview as">
                <Button size="s" kind="ghost" pressed={slice.preview === 'pages'} onClick={() => show('pages')}>
                  Pages
                </Button>
                <Button size="s" kind="ghost" pressed={slice.preview === 'draft'} onClick={() => show('draft')}>
                  Draft
                </Button>
              </fieldset>
            )}
            <span className={styles.status} role="status">
              {busy ? 'Up to date in a moment…' : asPages && print.printed && pages !== null ? counted(pages, 'page') : ''}
            </span>
            {failure !== null && (
              <span className={styles.problem} role="alert">
                The pages could not be made: {failure}
              </span>
            )}
          </div>
          {asPages && print.printed && print.failure === null ? (
            <Pages bytes={print.printed.bytes} title={print.printed.document.title} onPages={told} onFailed={setDrawFailure} />
          ) : state.document ? (
            // Until the first pages come, and where there are none to come.
            <Draft document={state.document} />
          ) : (
            <Loading text="Drawing the report…" />
          )}
        </div>
      )}
    </div>
  );
}
