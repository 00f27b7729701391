// Findings in code as a list: filtered by severity, grouped by rule or by file, flat, ready to be drawn row by row.

import type { Severity } from '../base/issues';
import type { Waiver } from '../project/project';
import type { Statements } from '../project/statements';
import { faults } from '../setup/coverage';
import type { CodePlace, CoverageAxis, RunsVerdict, SetupFinding, SetupReview, Suppression } from '../setup/finding';
import { waiversOf } from '../setup/set-aside';
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

/** The word that set a finding aside: runs that refute it, the code itself (a comment, or the project file beside it), or a person here. */
export type AsideWord =
  | { readonly kind: 'runs'; readonly verdict: RunsVerdict }
  | { readonly kind: 'code'; readonly suppressed: Suppression }
  | { readonly kind: 'waiver'; readonly waiver: Waiver };

export interface AsideItem {
  readonly key: string;
  readonly finding: SetupFinding;
  readonly word: AsideWord;
}

/** The findings of a review, each with its name, and those that do not count with the word that says so. */
export function codeItems(
  { review, patches }: Pick<ReviewedCode, 'review' | 'patches'>,
  statements: Statements,
): { readonly items: readonly CodeItem[]; readonly aside: readonly AsideItem[] } {
  const counts = new Map<string, number>();
  const items: CodeItem[] = [];
  const waived: AsideItem[] = [];
  const waiverFor = waiversOf(statements);
  for (const [at, finding] of review.findings.entries()) {
    const nth = counts.get(finding.rule) ?? 0;
    counts.set(finding.rule, nth + 1);
    const key = `${finding.rule}/${nth}`;
    const waiver = waiverFor(finding);
    if (waiver) waived.push({ key, finding, word: { kind: 'waiver', waiver } });
    else items.push({ key, finding, patch: patches[at] ?? null });
  }
  const withdrawn = review.withdrawn.flatMap((finding, at): readonly AsideItem[] =>
    finding.byRuns ? [{ key: `runs/${at}`, finding, word: { kind: 'runs', verdict: finding.byRuns } }] : [],
  );
  const suppressed = review.suppressed.map(({ suppressed, ...finding }, at): AsideItem => ({ key: `code/${at}`, finding, word: { kind: 'code', suppressed } }));
  return { items, aside: [...withdrawn, ...waived, ...suppressed] };
}

/** The finding at a line that another screen names: of several the one of that rule, else the first. */
export function itemAt(
  items: readonly CodeItem[],
  { file, line, cell }: Pick<CodePlace, 'file' | 'line' | 'cell'>,
  rule: string | null = null,
): CodeItem | null {
  const isThere = (place: CodePlace | undefined): boolean => place?.file === file && place.line === line && place.cell === cell;
  const first = items.filter(({ finding }) => isThere(finding.places[0]));
  const found = first.length > 0 ? first : items.filter(({ finding }) => finding.places.some(isThere));
  return found.find(({ finding }) => finding.rule === rule) ?? found[0] ?? null;
}

/** What joined runs hold of an axis though the code does not show it: “A learning rate is in 12 of 12 runs.” */
export function inRuns({ withdrawn }: Pick<SetupReview, 'withdrawn'>, axis: CoverageAxis): readonly string[] {
  const { absent, partial } = faults[axis];
  const rules = [...absent, ...partial];
  return [...new Set(withdrawn.flatMap(({ rule, byRuns }) => (byRuns && rules.includes(rule) ? [byRuns.reason] : [])))];
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
