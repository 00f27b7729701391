// All tables of the report as one CSV in long form, at full precision.

import { csvText } from '../../base/csv-text';
import type { Cell } from '../document';
import type { ReportRenderer } from '../renderer';

export const renderer: ReportRenderer = {
  meta: { id: 'csv', extension: 'csv', title: 'Tables as CSV', mime: 'text/csv' },
  render(document) {
    const lines = ['table,row,column,value'];
    for (const section of document.sections) {
      for (const block of section.blocks) {
        if (block.kind !== 'table') continue;
        for (const [first, ...cells] of block.rows) {
          for (const [index, cell] of cells.entries()) lines.push([block.id, full(first), full(block.head[index + 1]), full(cell)].map(csvText).join(','));
        }
      }
    }
    return `${lines.join('\r\n')}\r\n`;
  },
};

const full = (cell: Cell | undefined): string => (cell === undefined || cell.text === '–' ? '' : (cell.exact ?? cell.text));
