// A line diff for patches, configs and logs, bounded so that a hostile pair of files cannot hang the page.

import { diffLines } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** 1-based line in the left and right text; null on the side where the line is not. */
  readonly left: number | null;
  readonly right: number | null;
}

const maxLines = 20_000;
const maxEdits = 5_000;

/** Lines of both texts in order, or null where the texts are too long or too different to be compared. */
export function diffTexts(left: string, right: string): readonly DiffLine[] | null {
  if (countLines(left) > maxLines || countLines(right) > maxLines) return null;
  const parts = diffLines(left, right, { maxEditLength: maxEdits });
  if (!parts) return null;
  const lines: DiffLine[] = [];
  let l = 1;
  let r = 1;
  for (const part of parts) {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      lines.push({ kind, text, left: kind === 'added' ? null : l++, right: kind === 'removed' ? null : r++ });
    }
  }
  return lines;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
