// Environment, code and data that differ.

import type { Row } from '../../compare/rows';
import { text, valueCell } from '../cells';
import type { Block } from '../document';
import type { ReportContext, SectionBuilder } from '../section';
import { keyTables } from '../tables';

export const section: SectionBuilder = {
  meta: { id: 'environment', title: 'Code, data and environment that differ', order: 70, standard: true },
  build(context) {
    const { code, data, command, environment, packages } = context.comparison;
    const blocks: Block[] = [
      ...table(context, 'code', 'Code', code),
      ...table(context, 'data', 'Data', data),
      ...table(context, 'command', 'Command', command),
      ...table(context, 'environment', 'Environment', environment),
      ...table(context, 'packages', 'Packages', packages),
    ];
    const recorded = [code, data, command, environment, packages].some((rows) => rows.length > 0);
    if (blocks.length > 0) return blocks;
    return [
      {
        kind: 'text',
        text: recorded ? 'Nothing that the runs record differs.' : 'The runs record neither code, data nor environment, so whether they differ is unknown.',
        tone: 'muted',
      },
    ];
  },
};

function table(context: ReportContext, id: string, caption: string, rows: readonly Row[]): readonly Block[] {
  const shown = context.runs.length < 2 ? rows : rows.filter((row) => row.differs);
  return keyTables(
    context,
    id,
    caption,
    caption,
    shown.map((row) => ({ key: text(row.key), cell: (run) => valueCell(row.values.get(run.id)) })),
  );
}
