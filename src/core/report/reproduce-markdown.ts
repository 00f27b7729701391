// The reproduce sheet as Markdown: for a README, a wiki, the appendix of a paper.

import type { Evidence } from '../model/facts';
import { displayName } from '../model/run';
import { commentText } from '../reproducibility/sheet/script';
import type { Sheet, SheetLine } from '../reproducibility/sheet/sheet';
import { shownText } from '../reproducibility/sheet/shell';
import { escapeMarkdown } from './escape';

export interface SheetTexts {
  readonly sheet: Sheet;
  /** The methods paragraph. */
  readonly methods: string;
  /** The statement of compute. */
  readonly compute: string;
}

const mostEvidence = 4;

/** Markdown of one run's sheet; nothing that a run holds starts markup or ends a code block. */
export function sheetMarkdown({ sheet, methods, compute }: SheetTexts): string {
  const { run, parts, gaps } = sheet;
  const usesRun = parts.some(({ lines }) => lines.some(({ kind, command }) => kind === 'command' && command?.includes('"$RUN"')));
  return `${[
    `# Reproduce ${escaped(displayName(run))}`,
    `Run ${escaped(run.id)}, read from ${escaped(run.path)} (${escaped(run.format)}); status ${escaped(run.status)}. ${gaps.length === 0 ? 'No gap was found.' : `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}: what is not recorded is said where it is missing.`}`,
    'Lines behind `#` come out of the run as it recorded them: look them over before taking the `#` away. Nothing here was run.',
    ...(usesRun ? ['Set `RUN` to the folder of the run first: `RUN=/path/to/the/run`'] : []),
    ...parts.flatMap(({ title, lines }, index) => [`## ${index + 1}. ${title}`, ...lines.map(lineMarkdown)]),
    '## For the paper',
    escaped(methods),
    `**Compute.** ${escaped(compute)}`,
  ].join('\n\n')}\n`;
}

function lineMarkdown(line: SheetLine): string {
  const sentence = line.kind === 'gap' ? `> **Gap:** ${escaped(line.text)}` : escaped(line.text);
  const places = evidenceText(line.evidence);
  const head = places ? `${sentence}${line.kind === 'gap' ? '' : ' '}${line.kind === 'gap' ? `\n> ${places}` : places}` : sentence;
  if (line.command === undefined) return line.kind === 'note' ? `- ${head}` : head;
  return `${head}\n\n${fenced(line.kind === 'command' ? line.command : commentText(line.command))}`;
}

function evidenceText(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return '';
  const places = [...new Set(evidence.map(({ file, where }) => escaped(where ? `${file}, ${where}` : file)))];
  return `*(${places.slice(0, mostEvidence).join('; ')}${places.length > mostEvidence ? '; …' : ''})*`;
}

const escaped = (text: string): string => escapeMarkdown(shownText(text));

/** A code block whose fence is longer than any run of backticks in it. */
function fenced(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}sh\n${code}\n${fence}`;
}
