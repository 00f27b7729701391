// What `report` and `figure` are told of their looks: a template, and options that win over it.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sections } from '../core/report/build';
import { type Lines, lineWays, type Orientation, orientations, type Paper, papers, type WideTables, wideTableWays } from '../core/report/page-setup';
import { parseTemplate, type ReportTemplate, readTemplate } from '../core/report/template';
import { dateOption } from './arguments';
import { UsageError } from './exit';
import { nearestTo } from './spelling';
import type { CliContext, OptionSpec, VerbArgs } from './verb';

export const templateOption: Readonly<Record<string, OptionSpec>> = {
  template: { type: 'string', help: 'A report template: sections, notes, page and charts as somebody arranged them; options given beside it win.' },
  lines: { type: 'string', help: 'distinct (a line and marker of its own for each run: survives black and white) or screen.' },
  date: { type: 'string', help: 'The date that it carries, so that it comes out the same: 2026-01-31T12:00:00Z; else SOURCE_DATE_EPOCH, else now.' },
};

export const pageOptions: Readonly<Record<string, OptionSpec>> = {
  sections: { type: 'string', help: `Sections in this order: ${sections.map(({ meta }) => meta.id).join(',')}.` },
  title: { type: 'string', help: 'The title.' },
  subject: { type: 'string', help: 'What it is about, in a sentence.' },
  author: { type: 'string', multiple: true, help: 'Who made it; may be given several times.' },
  note: { type: 'string', multiple: true, help: 'SECTION=TEXT: a note in light Markdown at the head of a section; TEXT may be @FILE.' },
  paper: { type: 'string', help: 'A4 or Letter.' },
  orientation: { type: 'string', help: 'portrait or landscape.' },
  'wide-tables': { type: 'string', help: 'landscape (on landscape pages among the others) or cut (into tables that fit).' },
};

/** @throws UsageError */
export function templateOf(args: VerbArgs, context: CliContext): ReportTemplate {
  const file = args.text('template');
  const base = file === undefined ? readTemplate({}) : templateFrom(resolve(context.cwd, file), file);
  const known = sections.map(({ meta }) => meta.id);
  const wanted = listOf(args.text('sections'));
  for (const id of wanted ?? []) requireSection(id, known);
  return {
    ...base,
    title: args.text('title') ?? base.title,
    subject: args.text('subject') ?? base.subject,
    authors: args.texts('author').length > 0 ? args.texts('author') : base.authors,
    sections: wanted ?? base.sections,
    notes: { ...base.notes, ...Object.fromEntries(args.texts('note').map((words) => noteOf(words, known, context))) },
    page: {
      paper: oneOf<Paper>(args, 'paper', papers) ?? base.page.paper,
      orientation: oneOf<Orientation>(args, 'orientation', orientations) ?? base.page.orientation,
      wideTables: oneOf<WideTables>(args, 'wide-tables', wideTableWays) ?? base.page.wideTables,
      lines: oneOf<Lines>(args, 'lines', lineWays) ?? base.page.lines,
    },
  };
}

/**
 * The moment that a document carries, in milliseconds since the epoch: `--date`, else SOURCE_DATE_EPOCH (reproducible-builds.org), else now.
 * @throws UsageError
 */
export function createdOf(args: VerbArgs, { env }: CliContext): number {
  const given = dateOption(args, 'date');
  if (given !== undefined) return given;
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return Date.now();
  if (!/^\d{1,12}$/.test(epoch)) throw new UsageError(`SOURCE_DATE_EPOCH wants seconds since 1970, not '${epoch}'`);
  return Number(epoch) * 1000;
}

export const listOf = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

function templateFrom(path: string, shown: string): ReportTemplate {
  try {
    return parseTemplate(readText(path, shown));
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${shown} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
}

function requireSection(id: string, known: readonly string[]): void {
  if (!known.includes(id)) throw new UsageError(`there is no section '${id}'`, nearestTo(id, known));
}

function noteOf(words: string, known: readonly string[], context: CliContext): readonly [string, string] {
  const cut = words.indexOf('=');
  if (cut < 0) throw new UsageError(`--note wants SECTION=TEXT, not '${words}'`);
  const id = words.slice(0, cut);
  requireSection(id, known);
  const text = words.slice(cut + 1);
  return [id, text.startsWith('@') ? readText(resolve(context.cwd, text.slice(1)), text.slice(1)) : text];
}

function oneOf<T extends string>(args: VerbArgs, name: string, values: readonly T[]): T | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new UsageError(`--${name} is ${values.join(' or ')}, not '${text}'`, nearestTo(text, values));
  return found;
}
