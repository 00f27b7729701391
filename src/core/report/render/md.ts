// Markdown for pull requests and wikis: tables and notes; charts are named, not drawn.

import { dateText } from '../../view/format';
import { type Block, type Cell, severityWords, type TableBlock } from '../document';
import { controls, escapeMarkdown } from '../escape';
import type { ReportRenderer } from '../renderer';

export const renderer: ReportRenderer = {
  meta: { id: 'md', extension: 'md', title: 'Markdown', mime: 'text/markdown' },
  render: (document) =>
    [
      `# ${escapeMarkdown(document.title)}`,
      `${escapeMarkdown(document.generator)}, ${dateText(document.createdMs)}`,
      ...document.sections.flatMap((section) => [
        `## ${escapeMarkdown(section.title)}`,
        ...(section.note ? [escapeMarkdown(section.note)] : []),
        ...section.blocks.map(renderBlock),
      ]),
      '',
    ].join('\n\n'),
};

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'heading':
      return `### ${escapeMarkdown(block.text)}${block.note ? `\n\n*${escapeMarkdown(block.note)}*` : ''}`;
    case 'list':
      return block.items.map((text) => `- ${escapeMarkdown(text)}`).join('\n');
    case 'code':
      return fenced(block.text);
    case 'notes':
      return block.items.map(({ severity, text }) => `- **${severityWords[severity]}** ${escapeMarkdown(text)}`).join('\n');
    case 'table':
      return renderTable(block);
    case 'chart':
      return `*Chart: ${escapeMarkdown(block.caption)}* (in the HTML and PDF report)`;
  }
}

/** A fence that nothing in the code can close. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code.replace(controls, '\ufffd')}\n${fence}`;
}

function renderTable({ caption, head, align, rows }: TableBlock): string {
  const line = (row: readonly Cell[]): string => `| ${row.map(renderCell).join(' | ')} |`;
  return [
    `**${escapeMarkdown(caption)}**`,
    '',
    line(head),
    `|${align.map((side) => (side === 'right' ? ' ---: ' : ' --- ')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

const renderCell = (cell: Cell): string => (cell.tone === 'strong' || cell.tone === 'good' ? `**${escapeMarkdown(cell.text)}**` : escapeMarkdown(cell.text));
