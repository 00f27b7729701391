// With exactly two runs: their differences by likely relevance.

import { numberCell, text } from '../cells';
import type { SectionBuilder } from '../section';

export const section: SectionBuilder = {
  meta: { id: 'reasons', title: 'What may explain the difference', order: 60, standard: true },
  build({ comparison }) {
    if (!comparison.reasons || comparison.reasons.length === 0) return [];
    return [
      {
        kind: 'table',
        id: 'reasons',
        caption: 'Differences by likely relevance',
        head: ['', 'Kind', 'Difference', 'Confidence'].map((title) => text(title)),
        align: ['right', 'left', 'left', 'right'],
        rows: comparison.reasons.slice(0, 12).map((reason) => [numberCell(reason.rank), text(reason.what), text(reason.why), numberCell(reason.confidence)]),
      },
      {
        kind: 'text',
        text: 'The order follows what usually matters, not a measurement. Repeats with other seeds, changing one thing at a time, would tell more.',
        tone: 'muted',
      },
      ...(comparison.unknowns && comparison.unknowns.length > 0
        ? [{ kind: 'notes' as const, items: comparison.unknowns.map((why) => ({ severity: 'info' as const, text: why })) }]
        : []),
    ];
  },
};
