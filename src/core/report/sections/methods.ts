// For the paper: how each run was made and what it took, as sentences with gaps spelled out.

import { displayName } from '../../model/run';
import { computeText, methodsText } from '../../reproducibility/sheet/methods';
import { text } from '../cells';
import type { SectionBuilder } from '../section';

export const section: SectionBuilder = {
  meta: { id: 'methods', title: 'Methods and compute', order: 85, standard: false },
  build: ({ contexts }) => [
    {
      kind: 'table',
      id: 'methods',
      caption: 'Sentences out of evidence; what is not recorded stands in square brackets',
      head: ['Run', 'Methods', 'Compute'].map((title) => text(title)),
      align: ['left', 'left', 'left'],
      rows: contexts.map((context) => [text(displayName(context.run), { tone: 'strong' }), text(methodsText(context)), text(computeText(context))]),
    },
  ],
};
