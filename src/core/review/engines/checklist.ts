// What would be missing to make the runs again: items of the checklist that did not pass.

import type { Severity } from '../../base/issues';
import type { Weight } from '../../reproducibility/item';
import { causeOf } from '../causes';
import { type ChecklistGroup, groupedItems } from '../checklist-groups';
import { type Claim, claim } from '../claim';
import type { Engine } from '../engine';

/** A step below where it is partly there, and again where the record merely does not show it. */
const severities: Readonly<Record<'fail' | 'partial' | 'unknown', Readonly<Record<Weight, Severity | null>>>> = {
  fail: { critical: 'critical', high: 'warn', medium: 'note', low: 'info' },
  partial: { critical: 'warn', high: 'note', medium: null, low: null },
  unknown: { critical: 'warn', high: 'note', medium: null, low: null },
};
const confidence = { fail: 0.85, partial: 0.7, unknown: 0.5 } as const;

/** Partly there in every tidy record: that settings are all of them, or that a repeat had the same seed, is seldom shown. */
const tidyInPart: ReadonlySet<string> = new Set(['R05', 'R24']);

/** Unknown by what runs can hold at all (code, members of the data), or only where a fine-tune was made: a question, not a fault. */
const onlyAsked: ReadonlySet<string> = new Set(['R02', 'R04', 'R10', 'R29']);

export const engine: Engine = {
  meta: { id: 'checklist', title: 'Reproducibility' },
  claims: ({ checklists }) => groupedItems(checklists).flatMap((group) => claimOf(group, checklists.length) ?? []),
  notAssessed: ({ checklists }) =>
    groupedItems(checklists).flatMap(({ meta, verdict, reason, runs }) =>
      verdict === 'unknown' && (severities.unknown[meta.weight] === null || onlyAsked.has(meta.id)) ? { rule: meta.id, reason, runs } : [],
    ),
};

function claimOf({ meta, verdict, reason, runs, fix }: ChecklistGroup, n: number): Claim | null {
  if (verdict === 'pass' || verdict === 'n.a.' || (verdict === 'unknown' && onlyAsked.has(meta.id)) || (verdict === 'partial' && tidyInPart.has(meta.id)))
    return null;
  const severity = severities[verdict][meta.weight];
  const [first] = runs;
  if (severity === null || first === undefined) return null;
  return claim({
    rule: meta.id,
    title: meta.question,
    severity,
    confidence: confidence[verdict],
    summary: `${causeOf(meta.id) ? `${meta.question} ` : ''}${wordOf(verdict)} in ${runs.length} of ${n} ${n === 1 ? 'run' : 'runs'}: ${reason.replace(/^Unknown: /, '')}`,
    numbers: { verdict, runs: runs.length, of: n },
    runs,
    caveat: verdict === 'unknown' ? 'It may be kept elsewhere: then a person can attest it.' : null,
    fix: fix && { text: fix.text, code: fix.code ?? null, edits: [] },
    link: { label: `${meta.id} in the checklist`, place: ['reproducibility', first, meta.id] },
  });
}

const wordOf = (verdict: 'fail' | 'partial' | 'unknown'): string => ({ fail: 'No', partial: 'In part', unknown: 'Nothing shows it' })[verdict];
