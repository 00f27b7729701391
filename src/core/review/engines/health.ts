// What the curves show, run by run and across runs.

import type { FindingSeverity } from '../../health/finding';
import { healthRules } from '../../health/index';
import { waiverOf } from '../../project/statements';
import { claim, fixOf, type Unassessed } from '../claim';
import type { Engine } from '../engine';

const titles = new Map(healthRules.map(({ meta }) => [meta.id, meta.title]));

/** How often findings of a severity are right: rules say critical only where the curve leaves no doubt, and notes are remarks. */
const confidence: Readonly<Record<FindingSeverity, number>> = { critical: 0.95, warn: 0.85, note: 0.75 };

export const engine: Engine = {
  meta: { id: 'health', title: 'Training health' },
  claims({ health, across, statements }) {
    const single = health.flatMap(({ run, findings }) => {
      const counts = new Map<string, number>();
      return findings.flatMap((finding) => {
        const nth = counts.get(finding.rule) ?? 0;
        counts.set(finding.rule, nth + 1);
        if (waiverOf(statements, finding.rule, run)) return [];
        return claim({
          rule: finding.rule,
          title: titles.get(finding.rule) ?? finding.rule,
          severity: finding.severity,
          confidence: confidence[finding.severity],
          summary: finding.summary,
          numbers: finding.evidence,
          runs: [run],
          series: finding.series.map(({ name }) => name),
          step: finding.onset?.step ?? null,
          caveat: finding.caveat,
          fix: fixOf(finding.advice),
          link: { label: `${finding.rule} on the curve`, place: ['health', 'finding', run, finding.rule, String(nth)] },
        });
      });
    });
    const counts = new Map<string, number>();
    const together = across.findings.flatMap((finding) => {
      const nth = counts.get(finding.rule) ?? 0;
      counts.set(finding.rule, nth + 1);
      if (finding.runs.every((run) => waiverOf(statements, finding.rule, run))) return [];
      return claim({
        rule: finding.rule,
        title: titles.get(finding.rule) ?? finding.rule,
        severity: finding.severity,
        confidence: confidence[finding.severity],
        summary: finding.summary,
        numbers: finding.evidence,
        runs: finding.runs,
        series: finding.series.map(({ name }) => name),
        caveat: finding.caveat,
        fix: fixOf(finding.advice),
        link: { label: `${finding.rule} across runs`, place: ['health', 'across', finding.rule, String(nth)] },
      });
    });
    return [...single, ...together];
  },
  notAssessed({ health, across }) {
    // The same reason in several runs, whatever its numbers, is one.
    const rows = new Map<string, Unassessed>();
    for (const { run, notAssessed } of health) {
      for (const { rule, reason } of notAssessed) {
        const key = `${rule}\n${reason.replace(/\d[\d.,]*/g, '#')}`;
        const row = rows.get(key);
        rows.set(key, row ? { ...row, runs: [...row.runs, run] } : { rule, reason, runs: [run] });
      }
    }
    return [...rows.values(), ...across.notAssessed.map(({ rule, reason }) => ({ rule, reason, runs: [] }))];
  },
};
