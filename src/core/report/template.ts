// A report template: everything about a report but the runs, as a file that the page and the command line share.

import { sections as allSections } from './build';
import { type ChartView, parseChartView } from './chart-view';
import { type PageSetup, parsePage } from './page-setup';

const templateFormat = 'diptych-report-template';
const templateVersion = 1;

export interface ReportTemplate {
  readonly name: string;
  /** Empty: the standard title. */
  readonly title: string;
  readonly authors: readonly string[];
  readonly subject: string;
  /** Ids of the chosen sections, in order. */
  readonly sections: readonly string[];
  /** Section id → light Markdown. */
  readonly notes: Readonly<Record<string, string>>;
  readonly page: PageSetup;
  /** Null: as the Curves tab is, or the standard one where there is none. */
  readonly charts: ChartView | null;
}

export const standardSections: readonly string[] = allSections.filter(({ meta }) => meta.standard).map(({ meta }) => meta.id);

/** Templates are handed around: names are lines, not pages. */
const longestName = 200;

/** The template as the text of a file, always in the same order. */
export function templateText(template: ReportTemplate): string {
  const { name, title, authors, subject, sections, notes, page, charts } = template;
  return `${JSON.stringify({ format: templateFormat, version: templateVersion, name, title, authors, subject, page, sections, notes, charts }, null, 2)}\n`;
}

/**
 * A template out of a file. What is left out is as in the standard report.
 * @throws Error with words for people when it is none, of a newer version, or names a section that is not there
 */
export function parseTemplate(text: string): ReportTemplate {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error('This file is no report template: it is not JSON.');
  }
  const { format, version, ...rest } = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>;
  if (format !== templateFormat || typeof version !== 'number') throw new Error(`This file is no report template: its format is not “${templateFormat}”.`);
  if (version > templateVersion) throw new Error(`This template has version ${version}; this Diptych reads up to ${templateVersion}.`);
  const unknown = words(rest.sections)?.find((id) => !allSections.some(({ meta }) => meta.id === id));
  if (unknown !== undefined) throw new Error(`This template names a section '${unknown}' that is not there.`);
  return readTemplate(rest);
}

/** A template's fields as they were stored; sections that are gone are dropped, what is not understood is as in the standard report. */
export function readTemplate(from: Readonly<Record<string, unknown>>): ReportTemplate {
  const line = (value: unknown): string => (typeof value === 'string' ? value.slice(0, longestName) : '');
  const chosen = words(from.sections)?.filter((id, at, all) => all.indexOf(id) === at && allSections.some(({ meta }) => meta.id === id));
  return {
    name: line(from.name),
    title: line(from.title),
    authors: (words(from.authors) ?? []).map(line).filter((author) => author !== ''),
    subject: line(from.subject),
    sections: chosen ?? standardSections,
    notes: Object.fromEntries(
      Object.entries(typeof from.notes === 'object' && from.notes !== null ? from.notes : {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
      ),
    ),
    page: parsePage(from.page),
    charts: parseChartView(from.charts),
  };
}

const words = (value: unknown): readonly string[] | null => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null);
