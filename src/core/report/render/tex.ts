// LaTeX tables (booktabs, longtable) to be included in a paper.

import type { TableBlock } from '../document';
import { escapeLatex } from '../escape';
import type { ReportRenderer } from '../renderer';

export const renderer: ReportRenderer = {
  meta: { id: 'tex', extension: 'tex', title: 'LaTeX tables', mime: 'application/x-tex' },
  render(document) {
    const tables = document.sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'table'));
    return [
      `% ${document.title.replaceAll(/\s+/g, ' ')}, made by ${document.generator}`,
      '% \\usepackage{booktabs,longtable}; names in other than Latin letters want lualatex or xelatex.',
      ...tables.map(renderTable),
      '',
    ].join('\n\n');
  },
};

function renderTable({ id, caption, head, align, rows }: TableBlock): string {
  const line = (row: TableBlock['head']): string =>
    `${row.map((cell) => (cell.tone === 'good' ? `\\textbf{${escapeLatex(cell.text)}}` : escapeLatex(cell.text))).join(' & ')} \\\\`;
  return [
    `\\begin{longtable}{${align.map((side) => (side === 'right' ? 'r' : 'l')).join('')}}`,
    `\\caption{${escapeLatex(caption)}}\\label{tab:${id.replaceAll(/[^a-z0-9-]/gi, '-')}}\\\\`,
    `\\toprule\n${line(head)}\n\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot`,
    ...rows.map(line),
    '\\end{longtable}',
  ].join('\n');
}
