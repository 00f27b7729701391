// Findings as a list: filtered, grouped by run or by rule, flat, ready to be drawn row by row.

import type { RunId } from '../base/units';
import { type Finding, type FindingSeverity, type RunHealth, severityOrder } from '../health/finding';
import { displayName, type Run } from '../model/run';
import type { Waiver } from '../project/project';
import { noStatements, type Statements, waiverOf } from '../project/statements';
import { counted } from './format';

export interface FindingItem {
  /** `<run>/<rule>/<n>`: the n-th finding of that rule in that run. Names it in addresses. */
  readonly key: string;
  readonly run: Run;
  readonly nth: number;
  readonly finding: Finding;
  /** Set aside by a person: listed, and counted nowhere. */
  readonly waived: Waiver | null;
}

export type HealthGrouping = 'run' | 'rule';

export interface HealthFilter {
  readonly severities: readonly FindingSeverity[];
  /** A rule's id; null for all. */
  readonly rule: string | null;
  readonly run: RunId | null;
  /** Words that must all be in it, in any case. */
  readonly text: string;
}

export type HealthRow =
  | {
      readonly kind: 'head';
      readonly key: string;
      /** The run, or null for the head of a rule. */
      readonly run: Run | null;
      readonly title: string;
      readonly note: string;
    }
  | { readonly kind: 'finding'; readonly key: string; readonly item: FindingItem };

export const findingKey = (run: RunId, rule: string, nth: number): string => `${run}/${rule}/${nth}`;

/** Worst first. */
export const severities: readonly FindingSeverity[] = ['critical', 'warn', 'note'];
export const severityTitles: Readonly<Record<FindingSeverity, string>> = { critical: 'critical', warn: 'warning', note: 'note' };

/** The findings of runs in their order, each with its name. */
export function findingsOf(runs: readonly Run[], judged: ReadonlyMap<RunId, RunHealth>, statements: Statements = noStatements): readonly FindingItem[] {
  return runs.flatMap((run) => {
    const counts = new Map<string, number>();
    return (judged.get(run.id)?.findings ?? []).map((finding): FindingItem => {
      const nth = counts.get(finding.rule) ?? 0;
      counts.set(finding.rule, nth + 1);
      return { key: findingKey(run.id, finding.rule, nth), run, nth, finding, waived: waiverOf(statements, finding.rule, run.id) };
    });
  });
}

/** @param titleOf the rule's title, searched as well */
export function filterFindings(items: readonly FindingItem[], filter: HealthFilter, titleOf: (rule: string) => string): readonly FindingItem[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = new Set(filter.severities);
  return items.filter(({ run, finding }) => {
    if (!wanted.has(finding.severity)) return false;
    if (filter.rule !== null && finding.rule !== filter.rule) return false;
    if (filter.run !== null && run.id !== filter.run) return false;
    if (words.length === 0) return true;
    const text =
      `${finding.rule} ${titleOf(finding.rule)} ${finding.summary} ${displayName(run)} ${finding.series.map(({ name }) => name).join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Groups worst first, then by how many findings of that severity, then in the order given; within a group worst first. */
export function healthRows(items: readonly FindingItem[], grouping: HealthGrouping, titleOf: (rule: string) => string): readonly HealthRow[] {
  const groups = new Map<string, FindingItem[]>();
  for (const item of items) {
    const key = grouping === 'run' ? item.run.id : item.finding.rule;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const ranked = [...groups].map(([key, group]) => {
    const sorted = group.toSorted((a, b) => rankOf(b) - rankOf(a));
    const worst = rankOf(sorted[0] as FindingItem);
    return { key, sorted, worst, count: sorted.filter((item) => rankOf(item) === worst).length };
  });
  ranked.sort((a, b) => b.worst - a.worst || b.count - a.count);
  return ranked.flatMap(({ key, sorted }): readonly HealthRow[] => {
    const run = (sorted[0] as FindingItem).run;
    const title = grouping === 'run' ? displayName(run) : `${key} ${titleOf(key)}`;
    const runs = new Set(sorted.map((item) => item.run.id)).size;
    const note = grouping === 'run' ? countsText(countsOf(sorted)) : counted(runs, 'run');
    return [
      { kind: 'head', key: `head ${key}`, run: grouping === 'run' ? run : null, title, note },
      ...sorted.map((item) => ({ kind: 'finding' as const, key: item.key, item })),
    ];
  });
}

/** What is set aside stands below what is not. */
const rankOf = ({ finding, waived }: FindingItem): number => (waived ? -1 : severityOrder[finding.severity]);

export type SeverityCounts = Readonly<Record<FindingSeverity, number>>;

/** Without what is set aside. */
export function countsOf(items: readonly { readonly finding: { readonly severity: FindingSeverity }; readonly waived?: Waiver | null }[]): SeverityCounts {
  const counts = { critical: 0, warn: 0, note: 0 };
  for (const { finding, waived } of items) if (!waived) counts[finding.severity] += 1;
  return counts;
}

/** `2 critical, 1 warning`; empty where there is none. */
export const countsText = (counts: SeverityCounts): string =>
  severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => (severity === 'critical' ? `${counts.critical.toLocaleString('en')} critical` : counted(counts[severity], severityTitles[severity])))
    .join(', ');

export interface NotAssessedRow {
  readonly rule: string;
  /** As the first run has it. */
  readonly reason: string;
  /** The runs' reasons differ in their numbers. */
  readonly varied: boolean;
  readonly runs: readonly Run[];
}

/** What could not be assessed, the same reason of several runs (whatever its numbers) as one row; by rule, then by how many runs. */
export function notAssessedRows(runs: readonly Run[], judged: ReadonlyMap<RunId, RunHealth>): readonly NotAssessedRow[] {
  const rows = new Map<string, { readonly rule: string; readonly reason: string; varied: boolean; readonly runs: Run[] }>();
  for (const run of runs) {
    for (const { rule, reason } of judged.get(run.id)?.notAssessed ?? []) {
      const key = `${rule}\n${reason.replace(/\d[\d.,]*/g, '#')}`;
      const row = rows.get(key);
      if (row) {
        row.runs.push(run);
        row.varied ||= row.reason !== reason;
      } else rows.set(key, { rule, reason, varied: false, runs: [run] });
    }
  }
  return [...rows.values()].sort((a, b) => collator.compare(a.rule, b.rule) || b.runs.length - a.runs.length);
}

const collator = new Intl.Collator('en', { numeric: true });

export interface HealthBadge {
  readonly worst: FindingSeverity;
  /** Findings of that severity. */
  readonly count: number;
  readonly hint: string;
}

/** What the run list shows of a run: nothing but its worst findings; null where there is nothing worse than a note. */
export function badgeOf(health: RunHealth | undefined, statements: Statements = noStatements): HealthBadge | null {
  const standing = health?.findings.filter(({ rule }) => waiverOf(statements, rule, health.run) === null) ?? [];
  const [worst] = standing;
  if (!worst || worst.severity === 'note') return null;
  const count = standing.filter(({ severity }) => severity === worst.severity).length;
  const more = standing.length - 1;
  return { worst: worst.severity, count, hint: `${worst.rule}: ${worst.summary}${more > 0 ? ` And ${counted(more, 'more finding')}.` : ''}` };
}
