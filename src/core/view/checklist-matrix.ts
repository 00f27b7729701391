// Checklists of several runs as one matrix: items by section down, runs across.

import type { RunId } from '../base/units';
import type { Checklist, JudgedItem } from '../reproducibility/checklist';
import { type ItemMeta, type Section, sectionTitles } from '../reproducibility/item';

export interface MatrixRow {
  readonly meta: ItemMeta;
  readonly cells: ReadonlyMap<RunId, JudgedItem>;
  /** Runs are judged differently. */
  readonly differs: boolean;
}

export interface MatrixSection {
  readonly id: Section;
  readonly title: string;
  readonly rows: readonly MatrixRow[];
}

/** Sections in the order of `sectionTitles`; empty ones are left out. */
export function checklistMatrix(checklists: readonly Checklist[], differencesOnly = false): readonly MatrixSection[] {
  const [first] = checklists;
  if (!first) return [];
  const rows = first.items.map(({ meta }, index): MatrixRow => {
    const cells = new Map(checklists.map(({ run, items }) => [run.id, items[index] as JudgedItem] as const));
    const verdicts = new Set([...cells.values()].map(({ verdict, attested, waived }) => `${verdict} ${attested !== null} ${waived !== null}`));
    return { meta, cells, differs: verdicts.size > 1 };
  });
  return (Object.keys(sectionTitles) as Section[])
    .map((id) => ({ id, title: sectionTitles[id], rows: rows.filter((row) => row.meta.section === id && (row.differs || !differencesOnly)) }))
    .filter((section) => section.rows.length > 0);
}

export const percentText = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);

/** `proven 41 %, undecided 35 %, could be at most 76 %`; what rests on a person's word is said apart. */
export function scoreText({ score }: Checklist): string {
  if (score.proven === null) return 'No score: too many items do not apply.';
  const word = score.attested ? ` (${percentText(score.attested)} of it on a person’s word)` : '';
  return `proven ${percentText(score.proven)}${word}, undecided ${percentText(1 - score.coverage)}, could be at most ${percentText(score.bestCase)}`;
}
