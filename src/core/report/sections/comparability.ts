// What must be known before the numbers are read: where the runs are not like with like.

import type { SectionBuilder } from '../section';

export const section: SectionBuilder = {
  meta: { id: 'comparability', title: 'Before comparing', order: 20, standard: true },
  build: ({ comparison }) =>
    comparison.comparability.length === 0
      ? []
      : [{ kind: 'notes', items: comparison.comparability.map(({ severity, message }) => ({ severity, text: message })) }],
};
