// Where the numbers come from: files and digests, versions, date, and what went wrong while reading.

import { displayName } from '../../model/run';
import { rulesVersion } from '../../reproducibility/item';
import { dateText } from '../../view/format';
import { none, text } from '../cells';
import type { Block, Cell } from '../document';
import type { SectionBuilder } from '../section';

/** Files of one run that are listed; MLflow keeps hundreds. */
const filesPerRun = 12;

export const section: SectionBuilder = {
  meta: { id: 'provenance', title: 'Provenance', order: 90, standard: true },
  build(context) {
    const blocks: Block[] = [
      {
        kind: 'text',
        text: `Made by ${context.generator} on ${dateText(context.createdMs)}. Checklist rules version ${rulesVersion}. All values are as the tracker logged them; nothing was sampled in the tables.`,
      },
      {
        kind: 'table',
        id: 'sources',
        caption: 'Files that were read',
        head: ['Run', 'Read by', 'File', 'SHA-256'].map((title) => text(title)),
        align: ['left', 'left', 'left', 'left'],
        rows: context.runs.flatMap((run) => fileRows(run)),
      },
      {
        kind: 'table',
        id: 'digests',
        caption: 'Digests of the values of each series (SHA-256 over little-endian float64)',
        head: ['Run', 'Metric', 'Points', 'SHA-256'].map((title) => text(title)),
        align: ['left', 'left', 'right', 'left'],
        rows: context.runs.flatMap((run) =>
          run.series
            .filter(({ system }) => !system)
            .map((series) => [
              text(displayName(run)),
              text(series.name),
              text(String(series.count)),
              text(`${series.valuesDigest.slice(0, 16)}…`, { exact: series.valuesDigest }),
            ]),
        ),
      },
    ];
    const issues = context.runs.flatMap((run) =>
      run.issues.map((issue) => ({
        severity: issue.severity,
        text: `${displayName(run)}: ${issue.message}${issue.file ? ` (${issue.file}${issue.where ? `, ${issue.where}` : ''})` : ''}`,
      })),
    );
    if (issues.length > 0) blocks.push({ kind: 'text', text: 'What was noticed while reading:' }, { kind: 'notes', items: issues });
    return blocks;
  },
};

function fileRows(run: Parameters<SectionBuilder['build']>[0]['runs'][number]): readonly (readonly Cell[])[] {
  const files = run.sources.flatMap((source) => source.files.map((file) => ({ reader: source.reader, file, digest: source.digests?.[file] })));
  const rows = files
    .slice(0, filesPerRun)
    .map(({ reader, file, digest }) => [text(displayName(run)), text(reader), text(file), digest ? text(`${digest.slice(0, 16)}…`, { exact: digest }) : none]);
  return files.length > filesPerRun ? [...rows, [text(displayName(run)), none, text(`and ${files.length - filesPerRun} more`, { tone: 'muted' }), none]] : rows;
}
