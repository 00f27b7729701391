// Markdown for a pull request: what changed and what came of it at a glance, the rest folded.

import { type Block, type Cell, type ReportDocument, type ReportSection, severityWords, type TableBlock } from '../document';
import { escapeMarkdown } from '../escape';
import { noteMarkdown } from '../note-markup';
import type { ReportRenderer } from '../renderer';
import { markdownTable, renderBlock } from './md';

/** Sites that show pull requests cut comments of more than 65,536 characters: folded parts beyond this are named instead. */
const mostCharacters = 60_000;
/** Rows of a table that stands unfolded. */
const mostRows = 12;

export const renderer: ReportRenderer = {
  meta: { id: 'pull-request', extension: 'pr.md', title: 'Markdown for a pull request', mime: 'text/markdown' },
  render(document) {
    const open = [`### ${escapeMarkdown(document.title)}`, summary(document), ...notes(document), ...warnings(document), ...glance(document)];
    let length = open.join('\n\n').length;
    const folded: string[] = [];
    const left: string[] = [];
    for (const section of document.sections) {
      const part = details(section);
      if (part === null) continue;
      if (length + part.length > mostCharacters) left.push(section.title);
      else {
        length += part.length;
        folded.push(part);
      }
    }
    const rest = left.length > 0 ? [`*Too long for a pull request, and left to the whole report: ${left.map(escapeMarkdown).join(', ')}.*`] : [];
    return `${[...open, ...folded, ...rest].join('\n\n')}\n`;
  },
};

function summary({ runs, baseline, subject, generator }: ReportDocument): string {
  const name = runs.find(({ id }) => id === baseline)?.name ?? '';
  const count = runs.length === 1 ? '1 run' : `${runs.length} runs${name === '' ? '' : `, compared with **${escapeMarkdown(name)}**`}`;
  return `${subject === '' ? '' : `${escapeMarkdown(subject)} `}${count}. <sub>${escapeMarkdown(generator)}</sub>`;
}

const notes = ({ sections }: ReportDocument): readonly string[] => sections.flatMap(({ note }) => (note ? [noteMarkdown(note)] : []));

/** What must be known before the numbers are read stands open. */
const warnings = ({ sections }: ReportDocument): readonly string[] =>
  sections
    .filter(({ id }) => id === 'comparability')
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'notes' ? block.items : []))
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, text }) => `> **${severityWords[severity]}** ${escapeMarkdown(text)}`);

/** The metrics that runs are judged by, and the params that differ. */
function glance({ sections }: ReportDocument): readonly string[] {
  const tables = sections.filter(({ id }) => id === 'metrics' || id === 'params').flatMap(({ blocks }) => blocks.filter(isTable));
  const [metrics, params] = ['metrics', 'params'].map((id) => tables.find((table) => table.id === id || table.id === `${id}-1`));
  return [...(metrics ? [head(metrics, metrics.lead || mostRows)] : []), ...(params && params.rows.length > 0 ? [head(params, mostRows)] : [])];
}

const isTable = (block: Block): block is TableBlock => block.kind === 'table';

function head(table: TableBlock, rows: number): string {
  const shown = Math.min(rows, mostRows, table.rows.length);
  const more = table.rows.length - shown;
  // Words say it where there is no colour.
  const told = (row: readonly Cell[]): readonly Cell[] =>
    row.map((cell) => (cell.tone === 'bad' && /[+−]/.test(cell.text) ? { ...cell, text: `${cell.text} (worse)` } : cell));
  return `${markdownTable({ ...table, rows: table.rows.slice(0, shown).map(told) })}${more > 0 ? `\n\n*${more} more below.*` : ''}`;
}

function details({ id, title, blocks }: ReportSection): string | null {
  const shown = blocks.filter((block) => block.kind !== 'chart');
  if (id === 'comparability' || shown.length === 0) return null;
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${shown.map(renderBlock).join('\n\n')}\n\n</details>`;
}
