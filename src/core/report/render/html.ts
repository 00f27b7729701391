// A self-contained HTML page: no script, no outside resource, made to be printed.

import { dateText } from '../../view/format';
import { type Block, type Cell, type ChartBlock, type ReportDocument, type ReportSection, severityWords, type TableBlock } from '../document';
import { escapeHtml } from '../escape';
import { reportCss } from '../page-style';
import type { RenderOptions, ReportRenderer } from '../renderer';

/** Width of a chart in CSS pixels: A4 less its margins. */
const chartWidth = 680;

const dashes = { solid: '', dashed: '6 3', dotted: '2 2', 'dash-dot': '6 2 2 2' } as const;

export const renderer: ReportRenderer = {
  meta: { id: 'html', extension: 'html', title: 'Web page, self-contained', mime: 'text/html' },
  render: (document, options) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escapeHtml(document.generator)}">
<title>${escapeHtml(document.title)}</title>
<style>${reportCss}</style>
</head>
<body>
${renderBody(document, options)}
</body>
</html>
`,
};

/** The inside of the page, for the live preview as well. */
export function renderBody(document: ReportDocument, options: RenderOptions): string {
  return `<main class="report">
<header><h1>${escapeHtml(document.title)}</h1><p class="muted">${escapeHtml(document.generator)} · ${dateText(document.createdMs)}</p></header>
${document.sections.map((section) => renderSection(section, options)).join('\n')}
</main>`;
}

function renderSection(section: ReportSection, options: RenderOptions): string {
  const note = section.note ? `<p class="note">${escapeHtml(section.note).replaceAll('\n', '<br>')}</p>` : '';
  return `<section id="${escapeHtml(section.id)}"><h2>${escapeHtml(section.title)}</h2>${note}${section.blocks.map((block) => renderBlock(block, options)).join('')}</section>`;
}

function renderBlock(block: Block, options: RenderOptions): string {
  switch (block.kind) {
    case 'text':
      return `<p${block.tone ? ` class="${block.tone}"` : ''}>${escapeHtml(block.text)}</p>`;
    case 'heading':
      return `<h3${block.severity ? ` class="item ${block.severity}"` : ''}>${escapeHtml(block.text)}${block.note ? `<small>${escapeHtml(block.note)}</small>` : ''}</h3>`;
    case 'list':
      return `<ul class="list">${block.items.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'notes':
      return `<ul class="notes">${block.items.map(({ severity, text }) => `<li class="${severity}"><b>${severityWords[severity]}</b> ${escapeHtml(text)}</li>`).join('')}</ul>`;
    case 'table':
      return renderTable(block);
    case 'chart':
      return renderChart(block, options);
  }
}

function renderChart(block: ChartBlock, { svgOf }: RenderOptions): string {
  return `<figure id="${escapeHtml(block.id)}"><figcaption><h3>${escapeHtml(block.caption)}</h3></figcaption>${svgOf(block, chartWidth)}${block.remark ? `<p class="muted">${escapeHtml(block.remark)}</p>` : ''}</figure>`;
}

function renderTable({ id, caption, head, align, rows }: TableBlock): string {
  const cells = (tag: 'td' | 'th', row: readonly Cell[]): string => row.map((cell, index) => renderCell(tag, cell, align[index] ?? 'left', index)).join('');
  return `<table id="${escapeHtml(id)}"><caption>${escapeHtml(caption)}</caption><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table>`;
}

function renderCell(tag: 'td' | 'th', cell: Cell, align: 'left' | 'right', index: number): string {
  const classes = [align === 'right' ? 'right' : '', cell.tone ?? '', longWord.test(cell.text) ? 'long' : ''].filter((name) => name !== '').join(' ');
  const as = tag === 'td' && index === 0 ? 'th scope="row"' : tag === 'th' ? 'th scope="col"' : 'td';
  const title = cell.exact === undefined ? '' : ` title="${escapeHtml(cell.exact)}"`;
  return `<${as}${classes ? ` class="${classes}"` : ''}${title}>${swatch(cell)}${escapeHtml(cell.text)}</${as.split(' ')[0]}>`;
}

/** Only words that could not fit a narrow column may be broken inside. */
const longWord = /\S{15}/;

/** A short piece of the run's line: colour and dash, so that it survives black and white. */
function swatch({ style }: Cell): string {
  if (!style) return '';
  const dash = dashes[style.line];
  return `<svg class="swatch" width="18" height="8" viewBox="0 0 18 8" aria-hidden="true"><line x1="0" y1="4" x2="18" y2="4" stroke="${escapeHtml(style.colour.light)}" stroke-width="2.5"${dash ? ` stroke-dasharray="${dash}"` : ''}/></svg>`;
}
