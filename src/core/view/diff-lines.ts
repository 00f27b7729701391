// A line diff with long equal stretches folded away.

import type { DiffLine } from '../compare/text-diff';

export interface Gap {
  readonly kind: 'gap';
  /** Index of the first folded line. */
  readonly at: number;
  readonly lines: number;
}

/** Changed lines with `context` equal lines around them; what lies between becomes a gap. */
export function changedLines(lines: readonly DiffLine[], context: number): readonly (DiffLine | Gap)[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    near.fill(1, Math.max(0, index - context), Math.min(lines.length, index + context + 1));
  });
  const shown: (DiffLine | Gap)[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (near[at] === 1) {
      shown.push(lines[at] as DiffLine);
      continue;
    }
    let end = at;
    while (end < lines.length && near[end] === 0) end++;
    shown.push({ kind: 'gap', at, lines: end - at });
    at = end - 1;
  }
  return shown;
}
