// Sections and notes at the left, the pages at the right.

import { useDeferredValue, useMemo } from 'react';
import { sections } from '../../../core/report/build';
import { useBaseline, useChosenRuns, useRuns } from '../../queries/use-runs';
import { useSlice } from '../../state/app';
import { IconButton } from '../../widgets/button';
import { Checkbox } from '../../widgets/checkbox';
import { Empty, Failed, Loading } from '../../widgets/states';
import { TextField } from '../../widgets/text-field';
import { Preview } from './preview';
import styles from './report.module.css';
import { Save } from './save';
import { moveSection, parseSlice, type ReportSlice, toggleSection } from './slice';
import { useReport } from './use-report';

type Change = (label: string, next: (slice: ReportSlice) => ReportSlice, options?: { readonly key?: string }) => void;

/** A report of more runs is nobody's reading; the view says when there are more. */
const mostRuns = 40;

export default function ReportView() {
  const chosen = useChosenRuns();
  const baseline = useBaseline();
  const known = useRuns();
  const [slice, change] = useSlice('report', parseSlice);
  const runs = useMemo(() => (baseline && !chosen.includes(baseline) ? [baseline, ...chosen] : chosen).slice(0, mostRuns), [baseline, chosen]);
  const state = useReport({ runs, known, baseline: baseline?.id ?? null, slice: useDeferredValue(slice) });
  if (chosen.length === 0) return <Empty title="No run is chosen">Check the runs to report in the list on the left, or open their eye.</Empty>;
  return (
    <div className={styles.view}>
      <aside className={styles.side} aria-label="Report settings">
        <Save document={state.kind === 'ready' ? state.document : null} />
        <TextField
          label="Title"
          placeholder={state.document?.title ?? 'Title'}
          value={slice.title}
          onText={(title) => change('report title', (before) => ({ ...before, title }), { key: 'report-title' })}
        />
        {chosen.length > mostRuns && (
          <p className={styles.muted}>
            The first {mostRuns} of {chosen.length} chosen runs are reported.
          </p>
        )}
        <Sections slice={slice} change={change} />
      </aside>
      {state.kind === 'failed' ? (
        <Failed title="The report could not be made" message={state.message} />
      ) : state.document ? (
        <Preview document={state.document} />
      ) : (
        <Loading text="Drawing the report…" />
      )}
    </div>
  );
}

function Sections({ slice, change }: { readonly slice: ReportSlice; readonly change: Change }) {
  const order = [...slice.sections, ...sections.map(({ meta }) => meta.id).filter((id) => !slice.sections.includes(id))];
  return (
    <ol className={styles.sections}>
      {order.map((id) => {
        const title = sections.find(({ meta }) => meta.id === id)?.meta.title ?? id;
        const at = slice.sections.indexOf(id);
        return (
          <li key={id}>
            <div className={styles.section}>
              <Checkbox label={title} checked={at >= 0} onChange={() => change('report sections', (before) => toggleSection(before, id))} />
              <span className={styles.moves}>
                <IconButton
                  icon="up"
                  size="s"
                  label={`Move ${title} up`}
                  disabled={at <= 0}
                  onClick={() => change('move section', (before) => moveSection(before, id, -1))}
                />
                <IconButton
                  icon="down"
                  size="s"
                  label={`Move ${title} down`}
                  disabled={at < 0 || at === slice.sections.length - 1}
                  onClick={() => change('move section', (before) => moveSection(before, id, 1))}
                />
              </span>
            </div>
            {at >= 0 && (
              <textarea
                className={styles.note}
                aria-label={`Note on ${title}`}
                placeholder="Add a note"
                rows={slice.notes[id] ? 3 : 1}
                value={slice.notes[id] ?? ''}
                onChange={(event) =>
                  change('report note', (before) => ({ ...before, notes: { ...before.notes, [id]: event.target.value } }), { key: `report-note-${id}` })
                }
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}
