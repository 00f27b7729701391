// A self-contained HTML page: no script, no outside resource, made to be printed.

import { dateText } from '../../view/format';
import { markerPath } from '../../view/marker-shapes';
import { type Block, type Cell, type ChartBlock, isWide, type ReportDocument, type ReportSection, severityWords, type TableBlock } from '../document';
import { escapeHtml } from '../escape';
import { noteHtml } from '../note-markup';
import type { Orientation } from '../page-setup';
import { pageCss, reportCss } from '../page-style';
import type { RenderOptions, ReportRenderer } from '../renderer';

/** Width of a chart in CSS pixels: across a portrait page, and two beside each other on a landscape page. */
const chartWidths: Readonly<Record<Orientation, number>> = { portrait: 680, landscape: 500 };

/** Far enough apart to be told in the short piece of line that a swatch is. */
const dashes = { solid: '', dashed: '6 3', dotted: '1.5 3', 'dash-dot': '9 3 2 3' } as const;

export const renderer: ReportRenderer = {
  meta: { id: 'html', extension: 'html', title: 'Web page, self-contained', mime: 'text/html' },
  render: (document, options) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escapeHtml(document.generator)}">
${document.authors.map((name) => `<meta name="author" content="${escapeHtml(name)}">\n`).join('')}${document.subject ? `<meta name="description" content="${escapeHtml(document.subject)}">\n` : ''}<meta name="date" content="${new Date(document.createdMs).toISOString()}">
<title>${escapeHtml(document.title)}</title>
<style>${pageCss(document)}${reportCss}</style>
</head>
<body>
${renderBody(document, options)}
</body>
</html>
`,
};

/** The inside of the page, for the live preview as well. */
export function renderBody(document: ReportDocument, options: RenderOptions): string {
  const { orientation } = document.page;
  const by = [...document.authors, document.generator, dateText(document.createdMs)].map(escapeHtml).join(' · ');
  return `<main class="report ${orientation}">
<header><h1>${escapeHtml(document.title)}</h1>${document.subject ? `<p>${escapeHtml(document.subject)}</p>` : ''}<p class="muted">${by}</p></header>
${document.sections.map((section) => renderSection(section, orientation, options)).join('\n')}
</main>`;
}

function renderSection(section: ReportSection, orientation: Orientation, options: RenderOptions): string {
  const wide = isWide(section);
  const width = chartWidths[wide ? 'landscape' : orientation];
  const blocks = runsOfCharts(section.blocks).map((run) =>
    Array.isArray(run) ? `<div class="charts">${run.map((chart) => renderChart(chart, width, options)).join('')}</div>` : renderBlock(run),
  );
  return `<section id="${escapeHtml(section.id)}"${wide ? ' class="wide landscape"' : ''}><h2>${escapeHtml(section.title)}</h2>${section.note ? noteHtml(section.note) : ''}${blocks.join('')}</section>`;
}

/** Charts that follow each other stand together, so that they can be laid beside each other. */
function runsOfCharts(blocks: readonly Block[]): readonly (Exclude<Block, ChartBlock> | ChartBlock[])[] {
  const runs: (Exclude<Block, ChartBlock> | ChartBlock[])[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (block.kind !== 'chart') runs.push(block);
    else if (Array.isArray(last)) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

function renderBlock(block: Exclude<Block, ChartBlock>): string {
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
  }
}

/** No `<figure>`: printed, it would be a figure without words around the drawing, which has them. */
function renderChart(block: ChartBlock, width: number, { svgOf }: RenderOptions): string {
  return `<div class="figure" id="${escapeHtml(block.id)}"><h3>${escapeHtml(block.caption)}</h3>${svgOf(block, width)}${block.remark ? `<p class="muted">${escapeHtml(block.remark)}</p>` : ''}</div>`;
}

function renderTable({ id, caption, head, align, rows }: TableBlock): string {
  const cells = (tag: 'td' | 'th', row: readonly Cell[]): string => row.map((cell, index) => renderCell(tag, cell, align[index] ?? 'left', index)).join('');
  const name = escapeHtml(id);
  // A caption element is parted from its rows at the end of a landscape page: the browser takes the two for pages of different names.
  return `<p class="caption" id="${name}-caption">${escapeHtml(caption)}</p><table id="${name}" aria-labelledby="${name}-caption"><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table>`;
}

function renderCell(tag: 'td' | 'th', cell: Cell, align: 'left' | 'right', index: number): string {
  const classes = [
    align === 'right' ? 'right' : '',
    cell.tone ?? '',
    longWord.test(cell.text) ? 'long' : '',
    cell.style && cell.text.length <= shortName ? 'name' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');
  const as = tag === 'td' && index === 0 ? 'th scope="row"' : tag === 'th' ? 'th scope="col"' : 'td';
  const title = cell.exact === undefined ? '' : ` title="${escapeHtml(cell.exact)}"`;
  return `<${as}${classes ? ` class="${classes}"` : ''}${title}>${swatch(cell)}${escapeHtml(whole(cell.text))}</${as.split(' ')[0]}>`;
}

/** A number and its percent sign stay together. */
const whole = (text: string): string => text.replace(/(\d) %/g, '$1\u00a0%');

/** Only words that could not fit a narrow column may be broken inside. */
const longWord = /\S{20}/;
/** Names of runs up to this length stay on one line: eight of them fit across a landscape page. */
const shortName = 12;

/** A short piece of the run's line with its marker: told from others in black and white as well. */
function swatch({ style }: Cell): string {
  if (!style) return '';
  const dash = dashes[style.line];
  const colour = escapeHtml(style.colour.light);
  return `<svg class="swatch" width="32" height="10" viewBox="0 0 32 10" aria-hidden="true"><line x1="0" y1="5" x2="32" y2="5" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/><path d="${markerPath(style.marker, 16, 5, 3.2)}" fill="#fff" stroke="${colour}" stroke-width="1.3"/></svg>`;
}
