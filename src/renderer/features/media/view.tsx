// Media of the chosen runs side by side: tools, the runs as columns, a row a name.

import { useDeferredValue, useMemo, useState } from 'react';
import type { Run } from '../../../core/model/run';
import { counted } from '../../../core/view/format';
import { filterRows, hiddenMedia, type MediaFilter, mediaFilters, mediaRows } from '../../../core/view/media-rows';
import { stepsOf } from '../../../core/view/media-steps';
import { spansSteps } from '../../media/over-steps';
import { type MediaSlice, parseMediaSlice, toggleFolded } from '../../media/slice';
import { MediaTools } from '../../media/tools';
import { Zoom, type Zoomed } from '../../media/zoom';
import { NoRuns } from '../../pieces/no-runs';
import { refsOf } from '../../queries/run-refs';
import { useJob } from '../../queries/use-job';
import { useBaseline, useChosenRuns } from '../../queries/use-runs';
import { useSlice } from '../../state/app';
import { Button } from '../../widgets/button';
import { Select } from '../../widgets/select';
import { Empty } from '../../widgets/states';
import { Heads } from './heads';
import type { job } from './job';
import styles from './media-tab.module.css';
import { Row } from './row';

/** Columns; the bar says when there are more. */
const mostRuns = 24;

const filterWords: Readonly<Record<MediaFilter, string>> = {
  all: 'All media',
  shared: 'In every run',
  missing: 'Not in every run',
  differs: 'Different at this step',
};

export default function MediaView() {
  const chosen = useChosenRuns();
  const baseline = useBaseline();
  const [slice, change] = useSlice('media', parseMediaSlice);
  const [zoomed, setZoomed] = useState<Zoomed | null>(null);
  const search = useDeferredValue(slice.search);
  const runs = useMemo(() => columnsOf(chosen, baseline), [chosen, baseline]);
  const rows = useMemo(() => mediaRows(runs), [runs]);
  const steps = useMemo(() => stepsOf(rows.flatMap(({ cells }) => [...cells.values()])), [rows]);
  const hidden = useMemo(() => hiddenMedia(runs), [runs]);
  const request = useMemo(() => (slice.filter === 'differs' ? { runs: refsOf(runs), step: slice.step } : null), [slice.filter, slice.step, runs]);
  const compared = useJob<typeof job>('media', request);
  const shown = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const differing = new Set(compared.kind === 'done' ? compared.result.differing : []);
    return filterRows(rows, slice.filter, runs.length, differing).filter(({ title, kinds }) => {
      const text = `${title} ${kinds.join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [rows, slice.filter, runs, search, compared]);

  if (chosen.length === 0) return <NoRuns>Check two or more runs in the list on the left, or open their eye.</NoRuns>;
  if (rows.length === 0)
    return (
      <Empty icon="image" title="Nothing to look at">
        {hidden > 0
          ? `${counted(hidden, 'media', 'media')} of these runs were logged, but none of their bytes were kept at import.`
          : 'These runs logged no pictures, sounds, tables, histograms or figures, or their formats keep none.'}
      </Empty>
    );
  const set = (label: string, part: Partial<MediaSlice>): void => change(label, (before) => ({ ...before, ...part }), { undoable: false });
  const busy = request !== null && compared.kind !== 'done' && compared.kind !== 'failed';
  const unknown = compared.kind === 'done' ? compared.result.unknown.length : 0;
  return (
    <div className={styles.view}>
      <MediaTools slice={slice} set={set} steps={steps} histograms={rows.some(({ cells }) => [...cells.values()].some(spansSteps))}>
        <Select
          label="Which media"
          value={slice.filter}
          options={mediaFilters.map((value) => ({ value, label: filterWords[value] }))}
          onPick={(filter) => set('which media', { filter })}
        />
      </MediaTools>
      <p className={styles.says} role="status">
        {[
          `${shown.length === rows.length ? '' : `${shown.length} of `}${counted(rows.length, 'media', 'media')} of ${counted(runs.length, 'run')}`,
          ...(chosen.length > mostRuns ? [`the first of ${chosen.length}`] : []),
          ...(hidden > 0 ? [`${hidden} more were logged and not kept`] : []),
          ...(busy ? ['comparing…'] : []),
          ...(unknown > 0 ? [`${unknown} cannot be told: their bytes were not kept`] : []),
          ...(compared.kind === 'failed' ? [`they could not be compared: ${compared.message}`] : []),
        ].join(' · ')}
      </p>
      {shown.length === 0 && !busy ? (
        <Empty
          icon="search"
          title="No media is left"
          actions={<Button onClick={() => set('which media', { filter: 'all', search: '' })}>Show all {rows.length}</Button>}
        >
          {slice.filter === 'differs' ? 'At this step the runs show the same, byte by byte.' : 'No name holds these words, or none passes the filter.'}
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard
        <section className={styles.scroll} aria-label="Media side by side" tabIndex={0} data-size={slice.size}>
          <Heads runs={runs} baseline={baseline?.id} />
          {shown.map((row) => (
            <Row
              key={row.key}
              row={row}
              runs={runs}
              baseline={baseline?.id}
              slice={slice}
              all={steps.length}
              onFold={() => change('fold media', (before) => toggleFolded(before, row.key))}
              onStep={(step) => set('step of media', { step })}
              onZoom={setZoomed}
            />
          ))}
        </section>
      )}
      <Zoom zoomed={zoomed} onZoom={setZoomed} />
    </div>
  );
}

/** The baseline first, chosen or not. */
function columnsOf(chosen: readonly Run[], baseline: Run | undefined): readonly Run[] {
  const rest = chosen.filter(({ id }) => id !== baseline?.id);
  return [...(baseline ? [baseline] : []), ...rest].slice(0, mostRuns);
}
