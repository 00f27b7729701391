// Findings of the practices as a list: filtered, worst first, each with its runs and what a person set aside.

import type { RunId } from '../base/units';
import type { FindingSeverity } from '../health/finding';
import { displayName, type Run } from '../model/run';
import type { PracticeFinding, PracticesResult } from '../practices/assess';
import { endText } from '../project/dates';
import type { Waiver } from '../project/project';
import { counted } from './format';

export interface PracticesFilter {
  readonly severities: readonly FindingSeverity[];
  /** A rule's id; null for all. */
  readonly rule: string | null;
  /** Findings that mean this run; null for all. */
  readonly run: RunId | null;
  /** Words that must all be in it, in any case. */
  readonly text: string;
  /** Show what is waived as well. */
  readonly waived: boolean;
}

export const everyPractice: PracticesFilter = { severities: ['critical', 'warn', 'note'], rule: null, run: null, text: '', waived: true };

export interface PracticeRow {
  /** `practices/<rule>/<n>`: the n-th finding of that rule. Names it in addresses. */
  readonly key: string;
  readonly finding: PracticeFinding;
  /** Runs that it means and that are known, in the order given: each links to its page. Empty where it is about the repository. */
  readonly runs: readonly Run[];
  /** `12 runs`; empty where it means none. */
  readonly runsText: string;
  /** `Waived until 2026-12-31: Renaming next week.`, one line a waiver. */
  readonly waivedText: readonly string[];
}

/** Rows in the order of the result, which is worst first with waived ones last. */
export function practiceRows(result: PracticesResult, runs: readonly Run[], filter: PracticesFilter = everyPractice): readonly PracticeRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const severities = new Set(filter.severities);
  const places = new Map(runs.map((run, index) => [run.id, index]));
  const counts = new Map<string, number>();
  return result.findings.flatMap((finding) => {
    const nth = counts.get(finding.rule) ?? 0;
    counts.set(finding.rule, nth + 1);
    const meant = finding.runs
      .flatMap((id) => places.get(id) ?? [])
      .sort((a, b) => a - b)
      .map((index) => runs[index] as Run);
    if (!severities.has(finding.severity) || (finding.waived && !filter.waived)) return [];
    if (filter.rule !== null && finding.rule !== filter.rule) return [];
    if (filter.run !== null && !finding.runs.includes(filter.run)) return [];
    if (words.length > 0) {
      const text = `${finding.rule} ${finding.title} ${finding.summary} ${meant.map(displayName).join(' ')}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) return [];
    }
    const names = new Map(meant.map((run) => [run.id as string, displayName(run)]));
    return [
      {
        key: `practices/${finding.rule}/${nth}`,
        finding,
        runs: meant,
        runsText: finding.runs.length === 0 ? '' : counted(finding.runs.length, 'run'),
        waivedText: finding.waivers.map((waiver) => waiverText(waiver, names)),
      },
    ];
  });
}

function waiverText({ run, reason, untilMs }: Waiver, names: ReadonlyMap<string, string>): string {
  const whose = run === null ? '' : ` for ${names.get(run) ?? run}`;
  return `Waived${whose}${untilMs === null ? '' : ` until ${endText(untilMs)}`}: ${reason}`;
}

/** Findings that are not waived, by severity: for filters and the head of the list. */
export function practiceCounts({ findings }: PracticesResult): Readonly<Record<FindingSeverity, number>> {
  const counts = { critical: 0, warn: 0, note: 0 };
  for (const { severity, waived } of findings) if (!waived) counts[severity] += 1;
  return counts;
}

export interface LeftOutRow {
  readonly run: Run;
  /** Why it breaks the contract; one clause each. */
  readonly reasons: readonly string[];
}

/** Runs that the comparability contract leaves out of rankings, in the order given. */
export const leftOutRows = ({ leftOut }: PracticesResult, runs: readonly Run[]): readonly LeftOutRow[] =>
  runs.flatMap((run) => {
    const breaches = leftOut.get(run.id);
    return breaches ? [{ run, reasons: breaches.map(({ reason }) => reason) }] : [];
  });
