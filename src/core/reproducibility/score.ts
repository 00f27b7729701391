// A score that cannot flatter: unknown counts as nothing, and what is missing is shown beside what is proven.

import type { CheckContext, ItemMeta, Section, Verdict, Weight } from './item';

export interface Score {
  /** Σ weight × value / Σ weight, unknown as 0, attested at most ½. Null where more than a quarter of the weight does not apply. */
  readonly proven: number | null;
  /** The part of `proven` that rests on a person's word alone; always shown apart. Null with `proven`. */
  readonly attested: number | null;
  /** Weight of the decided items (pass, partial, fail) over all that apply. */
  readonly coverage: number;
  /** As `proven`, with unknown as 1. */
  readonly bestCase: number;
  /** `proven` of each section that has an item that applies. */
  readonly sections: Readonly<Partial<Record<Section, number>>>;
  /** The lowest of code, data, environment, config and seeds: a chain is as strong as its weakest link. */
  readonly weakest: { readonly section: Section; readonly proven: number } | null;
  readonly grade: 'A' | 'B' | 'C' | 'D' | null;
  /** Why the grade is lower than its number. */
  readonly caps: readonly string[];
}

interface Judged {
  readonly meta: Pick<ItemMeta, 'id' | 'section' | 'weight'>;
  readonly verdict: Verdict;
  /** A person's word: worth ½ at most, lifts no cap, decides nothing. */
  readonly attested?: object | null;
}

const weights: Readonly<Record<Weight, number>> = { critical: 8, high: 4, medium: 2, low: 1 };
const values: Readonly<Record<Verdict, number>> = { pass: 1, partial: 0.5, fail: 0, unknown: 0, 'n.a.': 0 };
const attestedValue = 0.5;
const headline: readonly Section[] = ['code', 'data', 'environment', 'config', 'seeds'];
const notApplicableAtMost = 0.25;

/** Scores judged items. Method: weights 8/4/2/1, values 1/½/0, attested ½ at most, caps by failed critical items (docs/reproducibility.md). */
export function scoreOf(items: readonly Judged[], context: Pick<CheckContext, 'replicates'>): Score {
  const applying = items.filter(({ verdict }) => verdict !== 'n.a.');
  const weight = total(items);
  const applyingWeight = total(applying);
  const share = (counted: readonly Judged[], worth: (item: Judged) => number): number =>
    total(counted) === 0 ? 0 : counted.reduce((sum, item) => sum + weights[item.meta.weight] * worth(item), 0) / total(counted);

  const sections: Partial<Record<Section, number>> = {};
  for (const section of new Set(applying.map(({ meta }) => meta.section)))
    sections[section] = share(
      applying.filter(({ meta }) => meta.section === section),
      credited,
    );
  const links = headline.flatMap((section) => (sections[section] === undefined ? [] : [{ section, proven: sections[section] }]));
  const scored = weight > 0 && (weight - applyingWeight) / weight <= notApplicableAtMost;
  const proven = scored ? share(applying, credited) : null;
  const caps = capsOf(items, context);
  return {
    proven,
    attested: scored ? share(applying, (item) => credited(item) - values[item.verdict]) : null,
    coverage: applyingWeight === 0 ? 0 : total(applying.filter(({ verdict }) => verdict !== 'unknown')) / applyingWeight,
    bestCase: share(applying, (item) => (item.verdict === 'unknown' ? 1 : credited(item))),
    sections,
    weakest: links.reduce<Score['weakest']>((low, link) => (low === null || link.proven < low.proven ? link : low), null),
    grade: proven === null ? null : worst(gradeOf(proven), ...caps.map((cap) => cap.grade)),
    caps: caps.map((cap) => cap.why),
  };
}

const credited = ({ verdict, attested }: Judged): number => (attested ? Math.max(values[verdict], attestedValue) : values[verdict]);

const total = (items: readonly Judged[]): number => items.reduce((sum, { meta }) => sum + weights[meta.weight], 0);

type Grade = NonNullable<Score['grade']>;
const gradeOf = (proven: number): Grade => (proven >= 0.85 ? 'A' : proven >= 0.7 ? 'B' : proven >= 0.5 ? 'C' : 'D');
const worst = (...grades: readonly Grade[]): Grade => [...grades].sort().at(-1) ?? 'D';

function capsOf(items: readonly Judged[], { replicates }: Pick<CheckContext, 'replicates'>): readonly { readonly grade: Grade; readonly why: string }[] {
  const verdictOf = (id: string): Verdict | undefined => items.find(({ meta }) => meta.id === id)?.verdict;
  const earns = (id: string): boolean => verdictOf(id) === 'pass' || verdictOf(id) === 'partial';
  const caps: { readonly grade: Grade; readonly why: string }[] = [];
  for (const { meta, verdict } of items)
    if (meta.weight === 'critical' && verdict === 'fail') caps.push({ grade: 'D', why: `${meta.id} is critical and failed` });
  for (const id of ['R11', 'R06']) if (verdictOf(id) !== undefined && !earns(id)) caps.push({ grade: 'C', why: `${id} is not shown at all` });
  if (replicates.length < 2 && !earns('R01')) caps.push({ grade: 'B', why: 'there is neither a second run nor a seed' });
  return caps;
}
