// How to make runs again, field by field as `diptych reproduce --json` prints it.

import type { Run } from '../../core/model/run';
import type { SheetTexts } from '../../core/report/reproduce-markdown';
import { contextsOf } from '../../core/reproducibility/checklist';
import { computeText, methodsText } from '../../core/reproducibility/sheet/methods';
import { sheetOf } from '../../core/reproducibility/sheet/sheet';

/** The sheets of runs, as seen beside all that were read with them. */
export const sheetsOf = (runs: readonly Run[], all: readonly Run[]): readonly SheetTexts[] =>
  contextsOf(runs, all).map((one) => ({ sheet: sheetOf(one), methods: methodsText(one), compute: computeText(one) }));

export const sheetDocument = ({ sheet: { run, parts, gaps }, methods, compute }: SheetTexts): object => ({
  id: run.id,
  path: run.path,
  name: run.name,
  sections: parts.map(({ id, title, lines }) => ({ id, title, lines })),
  gaps,
  methods,
  compute,
});
