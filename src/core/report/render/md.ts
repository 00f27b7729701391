// Markdown for pull requests and wikis: tables and notes; charts are named, not drawn.

import { dateText } from '../../view/format';
import { type Block, type Cell, severityWords, type TableBlock } from '../document';
import { escapeMarkdown } from '../escape';
import { fenced, noteMarkdown } from '../note-markup';
import type { ReportRenderer } from '../renderer';

export const renderer: ReportRenderer = {
  meta: { id: 'md', extension: 'md', title: 'Markdown', mime: 'text/markdown' },
  render: (document) =>
    [
      `# ${escapeMarkdown(document.title)}`,
      ...(document.subject ? [escapeMarkdown(document.subject)] : []),
      [...document.authors, document.generator, dateText(document.createdMs)].map(escapeMarkdown).join(', '),
      ...document.sections.flatMap((section) => [
        `## ${escapeMarkdown(section.title)}`,
        ...(section.note ? [noteMarkdown(section.note)] : []),
        ...section.blocks.map(renderBlock),
      ]),
      '',
    ].join('\n\n'),
};

export function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'heading':
      return `### ${escapeMarkdown(block.text)}${block.note ? `\n\n*${escapeMarkdown(block.note)}*` : ''}`;
    case 'list':
      return block.items.map((text) => `- ${escapeMarkdown(text)}`).join('\n');
    case 'code':
      return fenced(block.text, block.language);
    case 'notes':
      return block.items.map(({ severity, text }) => `- **${severityWords[severity]}** ${escapeMarkdown(text)}`).join('\n');
    case 'table':
      return markdownTable(block);
    case 'chart':
      return `*Chart: ${escapeMarkdown(block.caption)}* (in the HTML and PDF report)`;
  }
}

export function markdownTable({ caption, head, align, rows }: TableBlock): string {
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
