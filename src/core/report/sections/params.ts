// Hyperparameters that differ between the runs.

import { text, valueCell } from '../cells';
import type { SectionBuilder } from '../section';
import { keyTables } from '../tables';

export const section: SectionBuilder = {
  meta: { id: 'params', title: 'Hyperparameters that differ', order: 30, standard: true },
  build(context) {
    const { params } = context.comparison;
    if (params.length === 0) return [{ kind: 'text', text: 'No run logged any params.', tone: 'muted' }];
    const different = context.runs.length < 2 ? params : params.filter((row) => row.differs);
    const rows = different.map((row) => ({
      key: text(row.key),
      cell: (run: { readonly id: (typeof context.runs)[number]['id'] }) => valueCell(row.values.get(run.id)),
    }));
    const equal = params.length - different.length;
    return [
      ...keyTables(context, 'params', 'Params', 'Param', rows),
      ...(equal > 0
        ? [{ kind: 'text' as const, text: `${equal} ${equal === 1 ? 'param is' : 'params are'} the same in all runs and not listed.`, tone: 'muted' as const }]
        : []),
    ];
  },
};
