// The runs that are compared: name, experiment, status, start and duration.

import { dateText, durationText } from '../../view/format';
import { trackerName } from '../../view/tracker-words';
import { none, numberCell, text } from '../cells';
import type { Block } from '../document';
import type { ReportContext, SectionBuilder } from '../section';
import { runCell } from '../tables';

export const section: SectionBuilder = {
  meta: { id: 'runs', title: 'Runs', order: 10, standard: true },
  build: (context) => [
    {
      kind: 'table',
      id: 'runs',
      caption: 'Runs',
      head: ['Run', 'Experiment', 'Tracker', 'Status', 'Started', 'Duration', 'Metrics', 'Points'].map((title) => text(title)),
      align: ['left', 'left', 'left', 'left', 'left', 'right', 'right', 'right'],
      rows: context.runs.map((run) => {
        const series = run.series.filter(({ system }) => !system);
        const duration = run.startedMs !== null && run.endedMs !== null ? run.endedMs - run.startedMs : null;
        return [
          runCell(context, run),
          run.experiment === null ? none : text(run.experiment),
          text(trackerName(run.format)),
          text(run.status, run.status === 'failed' ? { tone: 'bad' } : {}),
          text(dateText(run.startedMs)),
          text(durationText(duration)),
          numberCell(series.length),
          numberCell(series.reduce((sum, { count }) => sum + count, 0)),
        ];
      }),
    },
    ...ownWords(context),
  ],
};

/** What the person wrote of the runs, as their own words: beside what trackers logged, which is elsewhere. */
function ownWords(context: ReportContext): readonly Block[] {
  const spoken = context.runs.filter(({ own }) => own && (own.note !== null || own.tags.length > 0));
  if (spoken.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'own-words',
      caption: 'Notes and tags by the author of this report',
      head: ['Run', 'Tags', 'Note'].map((title) => text(title)),
      align: ['left', 'left', 'left'],
      rows: spoken.map((run) => [
        runCell(context, run),
        run.own?.tags.length ? text(run.own.tags.join(', ')) : none,
        run.own?.note == null ? none : text(run.own.note),
      ]),
    },
  ];
}
