// Overlaid curves, a chart per metric.

import type { Block } from '../document';
import type { SectionBuilder } from '../section';

export const section: SectionBuilder = {
  meta: { id: 'curves', title: 'Curves', order: 50, standard: true },
  build({ charts, chartsLeftOut }) {
    const blocks: Block[] = [...charts];
    if (chartsLeftOut > 0) blocks.push({ kind: 'text', text: `${chartsLeftOut} further metrics have no chart in this report.`, tone: 'muted' });
    return blocks;
  },
};
