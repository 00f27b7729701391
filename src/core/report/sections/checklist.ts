// Reproducibility: the score of each run, all items, and what people said of them, apart from the evidence.

import { displayName } from '../../model/run';
import { endText, momentText } from '../../project/dates';
import type { JudgedItem } from '../../reproducibility/checklist';
import { type Section, sectionTitles, type Verdict } from '../../reproducibility/item';
import { none, text } from '../cells';
import type { Block, Cell, TableBlock } from '../document';
import type { ReportContext, SectionBuilder } from '../section';
import { keyTables } from '../tables';

export const section: SectionBuilder = {
  meta: { id: 'checklist', title: 'Reproducibility', order: 80, standard: true },
  build(context) {
    const [first] = context.checklists;
    if (!first) return [];
    const of = (id: string) => context.checklists.find(({ run }) => run.id === id);
    const scores = keyTables(context, 'scores', 'Scores', 'Score', [
      { key: text('grade', { tone: 'strong' }), cell: (run) => text(of(run.id)?.score.grade ?? '–', { tone: 'strong' }) },
      { key: text('proven'), cell: (run) => percent(of(run.id)?.score.proven) },
      ...(context.checklists.some(({ score }) => score.attested)
        ? [{ key: text('of it attested by a person'), cell: (run: { readonly id: string }) => percent(of(run.id)?.score.attested) }]
        : []),
      { key: text('decided'), cell: (run) => percent(of(run.id)?.score.coverage) },
      { key: text('at most'), cell: (run) => percent(of(run.id)?.score.bestCase) },
      ...Object.entries(sectionTitles).map(([id, title]) => ({
        key: text(title),
        cell: (run: { readonly id: string }) => percent(of(run.id)?.score.sections[id as Section]),
      })),
    ]);
    const items = keyTables(
      context,
      'checklist',
      'Items',
      'Item',
      first.items.map((item, index) => ({
        key: text(`${item.meta.id} ${item.meta.question}`),
        cell: (run) => verdictCell(of(run.id)?.items[index]),
      })),
    );
    return [...scores, ...items, ...attestedTable(context), ...waivedTable(context), remark(context)];
  },
};

const remark = (context: ReportContext): Block => ({
  kind: 'text',
  text: `“proven” counts what is unknown as nothing, “at most” counts it as fulfilled; the truth lies between. Scores of different trackers compare only beside how much was decided. ${context.checklists[0]?.items.length ?? 0} items.`,
  tone: 'muted',
});

const percent = (share: number | null | undefined): Cell => (share === null || share === undefined ? none : text(`${Math.round(share * 100)} %`));

const tones: Readonly<Partial<Record<Verdict, Cell['tone']>>> = { pass: 'good', fail: 'bad', unknown: 'muted', 'n.a.': 'muted' };

function verdictCell(item: JudgedItem | undefined): Cell {
  if (item === undefined) return none;
  const tone = tones[item.verdict];
  const said = [item.attested && 'attested', item.waived && 'waived'].filter((word) => word);
  return text([item.verdict, ...said].join(', '), tone && said.length === 0 ? { tone } : {});
}

const everyItem = (context: ReportContext) => context.checklists.flatMap(({ run, items }) => items.map((item) => ({ run, item })));

function attestedTable(context: ReportContext): readonly TableBlock[] {
  const rows = everyItem(context).flatMap(({ run, item: { meta, verdict, attested } }) =>
    attested
      ? [
          [displayName(run), `${meta.id} ${meta.question}`, verdict, attested.note, attested.by, momentText(attested.atMs).slice(0, 10)].map((cell) =>
            text(cell),
          ),
        ]
      : [],
  );
  return table('attested', 'Attested by a person: not shown by evidence, counted ½ at most', ['Run', 'Item', 'By evidence', 'Statement', 'By', 'On'], rows);
}

function waivedTable(context: ReportContext): readonly TableBlock[] {
  const rows = everyItem(context).flatMap(({ run, item: { meta, verdict, waived } }) =>
    waived
      ? [
          [displayName(run), `${meta.id} ${meta.question}`, verdict, waived.reason, waived.untilMs === null ? 'for good' : endText(waived.untilMs)].map(
            (cell) => text(cell),
          ),
        ]
      : [],
  );
  return table('waived', 'Waived: counted as before, set aside for gates', ['Run', 'Item', 'By evidence', 'Reason', 'Until'], rows);
}

const table = (id: string, caption: string, head: readonly string[], rows: TableBlock['rows']): readonly TableBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'table', id, caption, head: head.map((title) => text(title)), align: head.map(() => 'left' as const), rows }];
