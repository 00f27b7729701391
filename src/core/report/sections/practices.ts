// Practices: how well the runs are kept, what a person set aside, and which runs are left out of rankings. Left out where there is nothing to say.

import type { FindingSeverity } from '../../health/finding';
import { displayName } from '../../model/run';
import { severityTitles } from '../../view/health-list';
import { leftOutRows, type PracticeRow, practiceRows } from '../../view/practices-list';
import { none, text } from '../cells';
import type { Cell, TableBlock } from '../document';
import type { SectionBuilder } from '../section';
import { runCell } from '../tables';

/** More findings than this are read by nobody; the rest is counted. */
const mostFindings = 60;
const mostNames = 5;

export const section: SectionBuilder = {
  meta: { id: 'practices', title: 'Practices', order: 82, standard: true },
  build(context) {
    const { practices } = context.analyses;
    if (!practices) return [];
    const rows = practiceRows(practices, context.runs);
    const standing = rows.filter(({ finding }) => !finding.waived);
    const waived = rows.filter(({ waivedText }) => waivedText.length > 0);
    const leftOut = leftOutRows(practices, context.runs);
    if (rows.length === 0 && leftOut.length === 0) return [];
    return [
      ...table(
        'practices',
        'Findings',
        ['Severity', 'Practice', 'What was seen', 'Runs', 'What to do'],
        standing
          .slice(0, mostFindings)
          .map((row) => [
            severityCell(row.finding.severity),
            text(`${row.finding.rule} ${row.finding.title}`),
            text(row.finding.summary),
            runsCell(row),
            text(row.finding.advice.text),
          ]),
      ),
      ...table(
        'waived-practices',
        'Set aside by a person: found as before',
        ['Practice', 'What was seen', 'Reason'],
        waived.map(({ finding, waivedText }) => [text(`${finding.rule} ${finding.title}`), text(finding.summary), text(waivedText.join('; '))]),
      ),
      ...table(
        'left-out',
        'Left out of rankings by the comparability contract',
        ['Run', 'Why'],
        leftOut.map(({ run, reasons }) => [runCell(context, run), text(reasons.join('; '))]),
      ),
      {
        kind: 'text',
        tone: 'muted',
        text: [
          ...(standing.length > mostFindings ? [`${standing.length - mostFindings} further findings are not listed.`] : []),
          practices.notAssessed.length > 0
            ? `Not assessed: ${practices.notAssessed.map(({ rule }) => rule).join(', ')}. What was not assessed is unknown, not in order.`
            : 'Every practice that is on was assessed.',
          'Numbers and doubts stand in `diptych practices --json`.',
        ].join(' '),
      },
    ];
  },
};

const tones: Readonly<Partial<Record<FindingSeverity, Cell['tone']>>> = { critical: 'bad', warn: 'strong' };

function severityCell(severity: FindingSeverity): Cell {
  const tone = tones[severity];
  return text(severityTitles[severity], tone ? { tone } : {});
}

function runsCell({ runs }: PracticeRow): Cell {
  if (runs.length === 0) return none;
  const names = runs.slice(0, mostNames).map(displayName).join(', ');
  return text(runs.length > mostNames ? `${names} and ${runs.length - mostNames} more` : names);
}

const table = (id: string, caption: string, head: readonly string[], rows: TableBlock['rows']): readonly TableBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'table', id, caption, head: head.map((title) => text(title)), align: head.map(() => 'left' as const), rows }];
