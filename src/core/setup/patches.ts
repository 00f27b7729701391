// The edits of many findings as one patch: the same edit once, and of two that touch the same text only the weightier.

import type { SetupFinding, TextEdit } from './finding';
import { toUnifiedDiff } from './patch';
import type { Project } from './project/project';

export interface WholePatch {
  /** A unified diff; empty where there is nothing to change. */
  readonly text: string;
  /** Findings that it mends. */
  readonly mended: number;
  /** Findings whose edits touch what a finding before them changes: they want another review after this patch. */
  readonly left: number;
}

/** One patch of all findings that have one, the first of a conflict winning: findings come worst first. Notebooks have no patch. */
export function wholePatch(findings: readonly SetupFinding[], project: Project): WholePatch {
  const taken = new Map<string, TextEdit[]>();
  let mended = 0;
  let left = 0;
  for (const { fix } of findings) {
    const edits = (fix?.edits ?? []).filter(({ cell }) => cell === null);
    if (edits.length === 0) continue;
    const fresh = edits.filter((edit) => !taken.get(edit.file)?.some((other) => isSame(edit, other)));
    if (fresh.some((edit) => taken.get(edit.file)?.some((other) => touches(edit, other)))) {
      left += 1;
      continue;
    }
    mended += 1;
    for (const edit of fresh) taken.set(edit.file, [...(taken.get(edit.file) ?? []), edit]);
  }
  return { text: toUnifiedDiff([...taken.values()].flat(), project), mended, left };
}

const isSame = (a: TextEdit, b: TextEdit): boolean => a.from === b.from && a.to === b.to && a.text === b.text;

/** Two insertions at one place touch as well: nobody can say which comes first. */
const touches = (a: TextEdit, b: TextEdit): boolean => a.from === b.from || (a.from < b.to && b.from < a.to);
