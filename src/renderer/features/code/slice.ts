// What a person arranged in this tab.

import type { Severity } from '../../../core/base/issues';
import { type CodeGrouping, codeSeverities } from '../../../core/view/code-list';

export const parts = ['findings', 'coverage', 'unanswered', 'aside', 'files'] as const;
export type Part = (typeof parts)[number];

export interface CodeSlice {
  readonly part: Part;
  readonly grouping: CodeGrouping;
  readonly severities: readonly Severity[];
}

const standard: CodeSlice = { part: 'findings', grouping: 'rule', severities: codeSeverities };

/** Reads what was stored, which may be of another version or damaged. */
export function parseSlice(stored: unknown): CodeSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { part, grouping, severities } = stored as Partial<CodeSlice>;
  const valid =
    parts.some((one) => one === part) &&
    (grouping === 'rule' || grouping === 'file') &&
    Array.isArray(severities) &&
    severities.every((one) => codeSeverities.includes(one));
  return valid ? (stored as CodeSlice) : standard;
}
