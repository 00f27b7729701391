// A chart as SVG text, without a DOM: for reports, exports and the command line. Light theme, with title, legend and notes.

import { countText } from '../core/view/chart-numbers';
import type { ChartSpec } from '../core/view/chart-spec';
import { markerPath } from '../core/view/marker-shapes';
import type { LineStyle, RunStyle } from '../core/view/run-style';
import { init } from './echarts';
import { layoutOf, type Size, textWidth } from './layout';
import { dashes, optionOf } from './option';
import { lightTheme } from './theme';

const padding = 12;
const legendRow = 18;
const legendMost = 40;

export interface SvgOptions {
  /** What the chart is called in its text alternative, where no title is drawn. */
  readonly name?: string;
  /** Lines and legend carry a marker for each curve, so that they are told apart without colour. */
  readonly marked?: boolean;
  /** False leaves out the lines below that say how much was drawn and what was not; they stay in the text alternative. */
  readonly remarks?: boolean;
}

/**
 * The whole chart as one self-contained `<svg>` with `role="img"` and a text alternative: vector, selectable text, no script, no style sheet.
 * @param size of the plot with its axes; title, legend and notes are added below and above
 */
export function renderSvg(spec: ChartSpec, size: Size, options: SvgOptions = {}): string {
  const theme = lightTheme;
  const title = spec.title === '' ? 0 : 26;
  const legend = legendOf(spec, size.width, options.marked === true);
  const notes = options.remarks === false ? [] : [pointsText(spec), ...spec.notes];
  const height = title + size.height + legend.height + notes.length * 15 + padding;
  const body = plotOf(spec, size, options.marked === true);
  const text = (x: number, y: number, content: string, more: string): string =>
    `<text x="${x}" y="${y}" font-size="11" fill="${theme.faintText}"${more}>${escapeXml(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeXml(alternative(spec, options.name))}" font-family="${escapeXml(theme.font)}">`,
    `<rect width="${size.width}" height="${height}" fill="${theme.background}"/>`,
    title === 0
      ? ''
      : `<text x="${padding}" y="18" font-size="13" font-weight="600" fill="${theme.text}">${escapeXml(shortened(spec.title, size.width - 2 * padding, 13))}</text>`,
    `<g transform="translate(0 ${title})">${body}</g>`,
    `<g transform="translate(0 ${title + size.height})">${legend.svg}</g>`,
    ...notes.map((note, i) => text(padding, title + size.height + legend.height + 12 + i * 15, shortened(note, size.width - 2 * padding, 11), '')),
    '</svg>',
  ].join('');
}

const pointsText = (spec: ChartSpec): string =>
  spec.means > 0
    ? `${countText(spec.logged)} points, ${countText(spec.means)} aggregates drawn`
    : spec.drawn >= spec.logged
      ? `${countText(spec.logged)} points, all drawn`
      : `${countText(spec.drawn)} of ${countText(spec.logged)} points drawn`;

const alternative = (spec: ChartSpec, name: string | undefined): string =>
  `${spec.title || name || 'Chart'}: ${spec.curves.length} ${spec.curves.length === 1 ? 'curve' : 'curves'} over ${spec.x.label}. ${[pointsText(spec), ...spec.notes].join('. ')}.`;

/** The plot and its axes by ECharts' own renderer for servers, without the outer element. */
function plotOf(spec: ChartSpec, size: Size, marked: boolean): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...optionOf(spec, layoutOf(spec, size, true), lightTheme, true, marked) });
    return tidied(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/**
 * The inside of ECharts' `<svg>` without what is for pages (style sheet, classes, metadata), so that it stands under a strict policy,
 * and with ids of its own, so that many charts stand in one document. Text in it is escaped by ECharts, so it holds no quotes to match.
 */
function tidied(svg: string): string {
  const inside = svg
    .slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '')
    .replace(/ style="font-size:(\d+)px;[^"]*"/g, ' font-size="$1"')
    .replace(/\n+/g, '')
    .replace(/(id="|url\(#)zr\d+-/g, '$1zr-');
  const mark = `c${hash(inside).toString(36)}`;
  return inside.replace(/(id="|url\(#)zr-/g, `$1${mark}-`);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/** Names with their line and colour, in rows. */
function legendOf(spec: ChartSpec, width: number, marked: boolean): { readonly svg: string; readonly height: number } {
  const named = spec.curves.filter((curve) => !curve.member);
  const shown = named.slice(0, legendMost);
  const parts: string[] = [];
  let x = padding;
  let y = 12;
  const most = width - 2 * padding - 30;
  const entries = shown.map((curve): { label: string; colour: string; line: LineStyle; marker: RunStyle['marker'] | null } => ({
    label: shortened(curve.note === '' ? curve.label : `${curve.label} (${curve.note})`, most, 11),
    colour: curve.style.colour.light,
    line: curve.style.line,
    marker: marked ? curve.style.marker : null,
  }));
  if (named.length > shown.length) entries.push({ label: `and ${named.length - shown.length} more`, colour: 'none', line: 'solid', marker: null });
  for (const { label, colour, line, marker } of entries) {
    const room = 28 + textWidth(label) + 16;
    if (x > padding && x + room > width - padding) {
      x = padding;
      y += legendRow;
    }
    parts.push(
      `<line x1="${x}" y1="${y - 4}" x2="${x + 20}" y2="${y - 4}" stroke="${escapeXml(colour)}" stroke-width="2"${dashOf(line)}/>`,
      marker === null
        ? ''
        : `<path d="${markerPath(marker, x + 10, y - 4, 3.6)}" fill="${lightTheme.background}" stroke="${escapeXml(colour)}" stroke-width="1.4"/>`,
      `<text x="${x + 26}" y="${y}" font-size="11" fill="${lightTheme.text}">${escapeXml(label)}</text>`,
    );
    x += room;
  }
  return { svg: parts.join(''), height: entries.length === 0 ? 0 : y + 8 };
}

function dashOf(line: LineStyle): string {
  const dash = dashes[line];
  return dash === 'solid' ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
}

/** Text cut to a width, with an ellipsis. */
function shortened(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  let kept = 0;
  for (let used = textWidth('…', size); kept < characters.length; kept++) {
    used += textWidth(characters[kept] as string, size);
    if (used > width) break;
  }
  return `${characters.slice(0, kept).join('')}…`;
}

/** Text for XML: markup characters escaped, characters that XML forbids replaced. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are not allowed in XML
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
