// Training health: the findings of each run with their severity, what a person set aside, and what could not be assessed.

import type { RunId } from '../../base/units';
import { type FindingSeverity, type RunHealth, severityOrder } from '../../health/finding';
import { displayName, type Run } from '../../model/run';
import { endText } from '../../project/dates';
import { waiverOf } from '../../project/statements';
import { countsOf, notAssessedRows, severityTitles } from '../../view/health-list';
import { none, numberCell, text } from '../cells';
import type { Block, Cell, TableBlock } from '../document';
import type { ReportContext, SectionBuilder } from '../section';
import { runCell } from '../tables';

/** More findings than this are read by nobody; the rest is counted. */
const mostFindings = 120;

export const section: SectionBuilder = {
  meta: { id: 'health', title: 'Training health', order: 55, standard: true },
  build(context) {
    const { health } = context.analyses;
    if (!health) return [];
    const judged = new Map(health.runs.map((one) => [one.run, one]));
    const of = partOf(context, judged);
    const rows = [...of.standing].sort((a, b) => severityOrder[b.finding.severity] - severityOrder[a.finding.severity]);
    return [
      summary(context, judged),
      ...table(
        'findings',
        'Findings',
        ['Run', 'Severity', 'Rule', 'What was seen', 'Begins at step'],
        rows
          .slice(0, mostFindings)
          .map(({ run, finding }) => [
            runCell(context, run),
            severityCell(finding.severity),
            text(finding.rule),
            text(finding.summary),
            finding.onset ? numberCell(finding.onset.step) : none,
          ]),
        4,
      ),
      ...(rows.length > mostFindings ? [muted(`${rows.length - mostFindings} further findings are not listed.`)] : []),
      ...table(
        'across-findings',
        'Across runs',
        ['Severity', 'Rule', 'What was seen', 'Runs'],
        health.across.findings.map((finding) => [
          severityCell(finding.severity),
          text(finding.rule),
          text(finding.summary),
          text(names(context.runs.filter((run) => finding.runs.includes(run.id)))),
        ]),
      ),
      ...table(
        'waived-findings',
        'Set aside by a person: found as before',
        ['Run', 'Severity', 'Rule', 'What was seen', 'Reason', 'Until'],
        of.waived.map(({ run, finding, waiver }) => [
          runCell(context, run),
          severityCell(finding.severity),
          text(finding.rule),
          text(finding.summary),
          text(waiver.reason),
          text(waiver.untilMs === null ? 'for good' : endText(waiver.untilMs)),
        ]),
      ),
      ...table(
        'not-assessed',
        'Not assessed',
        ['Rule', 'Why', 'Runs'],
        notAssessedRows(context.runs, judged).map(({ rule, reason, varied, runs }) => [
          text(rule),
          text(varied ? `${reason} (numbers of ${displayName(runs[0] as Run)})` : reason),
          text(runs.length === context.runs.length && runs.length > 1 ? `all ${runs.length}` : names(runs)),
        ]),
      ),
      muted(
        'What was not assessed is unknown, not healthy. Each finding is a reading of logged curves; its caveats and numbers stand in the Health tab and in `diptych health --json`.',
      ),
    ];
  },
};

type Standing = { readonly run: Run; readonly finding: RunHealth['findings'][number] };
type Waived = Standing & { readonly waiver: NonNullable<ReturnType<typeof waiverOf>> };

function partOf(context: ReportContext, judged: ReadonlyMap<RunId, RunHealth>): { readonly standing: readonly Standing[]; readonly waived: readonly Waived[] } {
  const standing: Standing[] = [];
  const waived: Waived[] = [];
  for (const run of context.runs) {
    for (const finding of judged.get(run.id)?.findings ?? []) {
      const waiver = waiverOf(context.statements, finding.rule, run.id);
      if (waiver) waived.push({ run, finding, waiver });
      else standing.push({ run, finding });
    }
  }
  return { standing, waived };
}

function summary(context: ReportContext, judged: ReadonlyMap<RunId, RunHealth>): TableBlock {
  const count = (value: number, tone?: Cell['tone']): Cell => text(String(value), value > 0 && tone ? { tone } : { tone: 'muted' });
  return {
    kind: 'table',
    id: 'health',
    caption: 'Findings by run',
    head: ['Run', 'Critical', 'Warnings', 'Notes', 'Rules not assessed'].map((title) => text(title)),
    align: ['left', 'right', 'right', 'right', 'right'],
    rows: context.runs.map((run) => {
      const health = judged.get(run.id);
      if (!health) return [runCell(context, run), none, none, none, text('could not be judged', { tone: 'muted' })];
      const counts = countsOf(health.findings.map((finding) => ({ finding })));
      return [runCell(context, run), count(counts.critical, 'bad'), count(counts.warn, 'strong'), count(counts.note), count(health.notAssessed.length)];
    }),
  };
}

const tones: Readonly<Record<FindingSeverity, Cell['tone']>> = { critical: 'bad', warn: 'strong', note: 'muted' };

function severityCell(severity: FindingSeverity): Cell {
  const tone = tones[severity];
  return text(severityTitles[severity], tone ? { tone } : {});
}

function names(runs: readonly Run[]): string {
  const shown = runs.slice(0, 5).map(displayName).join(', ');
  return runs.length > 5 ? `${shown} and ${runs.length - 5} more` : shown;
}

const muted = (words: string): Block => ({ kind: 'text', text: words, tone: 'muted' });

/** @param right column of numbers */
const table = (id: string, caption: string, head: readonly string[], rows: TableBlock['rows'], right = -1): readonly TableBlock[] =>
  rows.length === 0
    ? []
    : [{ kind: 'table', id, caption, head: head.map((title) => text(title)), align: head.map((_, at) => (at === right ? 'right' : 'left')), rows }];
