// Findings in code as a list: filtered by severity, grouped by rule or by file, flat, ready to be drawn row by row.

import type { Severity } from '../base/issues';
import type { CodePlace, SetupFinding } from '../setup/finding';
import type { ReviewedCode } from './code-review';
import { counted } from './format';

export interface CodeItem {
  /** `<rule>/<n>`: the n-th finding of that rule. Names it in addresses. */
  readonly key: string;
  readonly finding: SetupFinding;
  readonly patch: string | null;
}

export type CodeGrouping = 'rule' | 'file';

export type CodeRow =
  | { readonly kind: 'head'; readonly key: string; readonly title: string; readonly note: string }
  | { readonly kind: 'finding'; readonly key: string; readonly item: CodeItem };

/** Worst first. */
export const codeSeverities: readonly Severity[] = ['critical', 'warn', 'note', 'info'];

/** The findings of a review, each with its name. */
export function codeItems({ review, patches }: Pick<ReviewedCode, 'review' | 'patches'>): readonly CodeItem[] {
  const counts = new Map<string, number>();
  return review.findings.map((finding, at) => {
    const nth = counts.get(finding.rule) ?? 0;
    counts.set(finding.rule, nth + 1);
    return { key: `${finding.rule}/${nth}`, finding, patch: patches[at] ?? null };
  });
}

export function codeCounts(items: readonly CodeItem[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, warn: 0, note: 0, info: 0 };
  for (const { finding } of items) counts[finding.severity] += 1;
  return counts;
}

const wholeProject = 'The project as a whole';

/** Groups in the order of their worst finding. */
export function codeRows(
  items: readonly CodeItem[],
  filter: { readonly severities: readonly Severity[]; readonly grouping: CodeGrouping },
  titles: Readonly<Record<string, string>>,
): readonly CodeRow[] {
  const groups = new Map<string, CodeItem[]>();
  for (const item of items) {
    if (!filter.severities.includes(item.finding.severity)) continue;
    const key = filter.grouping === 'rule' ? item.finding.rule : (item.finding.places[0]?.file ?? wholeProject);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].flatMap(([key, found]): readonly CodeRow[] => [
    {
      kind: 'head',
      key: `head ${key}`,
      title: filter.grouping === 'rule' ? (titles[key] ?? key) : key,
      note: filter.grouping === 'rule' && found.length === 1 ? key : filter.grouping === 'rule' ? `${key} · ${found.length}` : counted(found.length, 'finding'),
    },
    ...found.map((item): CodeRow => ({ kind: 'finding', key: item.key, item })),
  ]);
}

/** `train.py:12`, `eda.ipynb cell 3:2`, or the project. */
export const placeText = (place: CodePlace | undefined): string =>
  place === undefined ? 'the project' : `${place.file}${place.cell === null ? '' : ` cell ${place.cell}`}:${place.line}`;
