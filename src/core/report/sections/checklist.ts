// Reproducibility: the score of each run and the items that are not passed.

import { type Section, sectionTitles, type Verdict } from '../../reproducibility/item';
import { none, text } from '../cells';
import type { Block, Cell } from '../document';
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
        cell: (run) => verdictCell(of(run.id)?.items[index]?.verdict),
      })),
    );
    return [...scores, ...items, remark(context)];
  },
};

const remark = (context: ReportContext): Block => ({
  kind: 'text',
  text: `“proven” counts what is unknown as nothing, “at most” counts it as fulfilled; the truth lies between. Scores of different trackers compare only beside how much was decided. ${context.checklists[0]?.items.length ?? 0} items.`,
  tone: 'muted',
});

const percent = (share: number | null | undefined): Cell => (share === null || share === undefined ? none : text(`${Math.round(share * 100)} %`));

const tones: Readonly<Partial<Record<Verdict, Cell['tone']>>> = { pass: 'good', fail: 'bad', unknown: 'muted', 'n.a.': 'muted' };

function verdictCell(verdict: Verdict | undefined): Cell {
  if (verdict === undefined) return none;
  const tone = tones[verdict];
  return text(verdict, tone ? { tone } : {});
}
