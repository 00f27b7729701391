// How the project is kept: names, intervals, volume, tags, groups, status, files.

import { claim, fixOf } from '../claim';
import type { Engine } from '../engine';

/** Practices count names, files and intervals: what they say is so; whether it was meant is the doubt. */
const confidence = 0.85;

export const engine: Engine = {
  meta: { id: 'practices', title: 'Practices' },
  claims({ practices }) {
    const counts = new Map<string, number>();
    return practices.findings.flatMap((finding) => {
      const nth = counts.get(finding.rule) ?? 0;
      counts.set(finding.rule, nth + 1);
      if (finding.waived) return [];
      return claim({
        rule: finding.rule,
        title: finding.title,
        severity: finding.severity,
        confidence,
        summary: finding.summary,
        numbers: finding.evidence,
        runs: finding.runs,
        caveat: finding.caveat,
        fix: fixOf(finding.advice),
        link: { label: `${finding.rule} in the practices`, place: ['health', 'practices', finding.rule, String(nth)] },
      });
    });
  },
  notAssessed: ({ practices }) => practices.notAssessed.map(({ rule, reason }) => ({ rule, reason, runs: [] })),
};
