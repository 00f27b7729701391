// The look of the printed report: one style sheet for every engine that prints it.

import type { ReportDocument } from './document';
import { margins, sheetOf } from './page-setup';

/** Size, orientation and footer of the pages; the title in the footer is what people find a loose sheet by. */
export function pageCss({ title, page }: Pick<ReportDocument, 'title' | 'page'>): string {
  const sheet = sheetOf(page, page.orientation);
  const wide = sheetOf(page, 'landscape');
  const foot = 'font: 8pt system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #5b6472;';
  return `
@page { size: ${sheet.width}mm ${sheet.height}mm; margin: ${margins.top}mm ${margins.side}mm ${margins.bottom}mm;
  @bottom-left { content: ${cssText(shortened(title))}; ${foot} white-space: nowrap; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); ${foot} white-space: nowrap; } }
@page wide { size: ${wide.width}mm ${wide.height}mm; }`;
}

const longestFoot = 80;
const shortened = (title: string): string => {
  const characters = [...title.replace(/\s+/g, ' ')];
  return characters.length > longestFoot ? `${characters.slice(0, longestFoot - 1).join('')}…` : characters.join('');
};

/** A CSS string in which no character means anything: all but letters, digits and blanks are written by their number. */
const cssText = (text: string): string => `"${text.replace(/[^\p{L}\p{N} ]/gu, (character) => `\\${(character.codePointAt(0) as number).toString(16)} `)}"`;

export const reportCss = `
* { box-sizing: border-box; }
html { color-scheme: light; }
body { margin: 0; background: #fff; }
.report { font: 9.5pt/1.45 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #111827; background: #fff; font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
@media screen { body > .report { max-width: 184mm; margin: 0 auto; padding: 8mm 4mm; } body > .report.landscape { max-width: 271mm; } }
@media print { .report .wide { page: wide; } }
.report h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 2mm; overflow-wrap: anywhere; }
.report h2 { font-size: 13pt; margin: 8mm 0 2mm; padding-bottom: 1mm; border-bottom: .4mm solid #d1d5db; break-after: avoid; }
.report h3 { font-size: 10pt; margin: 0 0 1mm; font-weight: 600; overflow-wrap: anywhere; }
.report h3.item { margin: 5mm 0 1mm; padding-left: 2.5mm; border-left: 1mm solid #9ca3af; break-after: avoid; }
.report h3.critical { border-color: #b42318; }
.report h3.warn { border-color: #b45309; }
.report h3 small { display: block; color: #5b6472; font-weight: 400; font-size: 8.5pt; }
.report .list { margin: 1mm 0; padding-left: 5mm; }
.report .list li { overflow-wrap: anywhere; }
.report pre { margin: 1.5mm 0; padding: 1.5mm 2.5mm; background: #f3f4f6; font: 8pt/1.4 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.report p { margin: 1.5mm 0; overflow-wrap: anywhere; }
.report .muted { color: #5b6472; font-size: 8.5pt; }
.report .note { border-left: 1mm solid #9ca3af; padding-left: 3mm; margin: 2mm 0; }
.report code { font: 8.5pt ui-monospace, "DejaVu Sans Mono", monospace; background: #f3f4f6; overflow-wrap: anywhere; }
.report blockquote { margin: 1.5mm 0; padding-left: 3mm; border-left: .4mm solid #d1d5db; }
.report table { width: 100%; border-collapse: collapse; margin: 0 0 4mm; font-size: 8pt; }
.report .caption { font-weight: 600; font-size: 9pt; margin: 3mm 0 1mm; break-after: avoid; }
.report thead { display: table-header-group; break-after: avoid; }
.report tbody tr:first-child { break-before: avoid; }
.report tr { break-inside: avoid; }
.report th, .report td { text-align: left; vertical-align: top; padding: .9mm 1.6mm; border-bottom: .2mm solid #e5e7eb; font-weight: 400; }
.report .long { overflow-wrap: anywhere; }
.report .name { white-space: nowrap; }
.report thead th { font-weight: 600; border-bottom: .4mm solid #9ca3af; background: #f3f4f6; }
.report .right { text-align: right; }
.report .strong { font-weight: 600; }
.report .good { color: #0b6b3a; }
.report .bad { color: #b42318; }
.report .swatch { margin-right: 1.2mm; vertical-align: middle; }
.report .figure { margin: 2mm 0 5mm; break-inside: avoid; }
.report .figure svg { display: block; width: 100%; height: auto; }
.landscape .charts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 6mm; }
.report .notes { list-style: none; padding: 0; margin: 2mm 0; }
.report .notes li { padding: 1mm 2mm; border-left: 1mm solid #9ca3af; margin-bottom: 1mm; overflow-wrap: anywhere; }
.report .notes li.critical { border-color: #b42318; }
.report .notes li.warn { border-color: #b45309; }
.report .notes b { font-weight: 600; }
`;
