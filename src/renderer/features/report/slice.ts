// What a person arranged in this tab: a template without a name, and how they look at it.

import { type ReportTemplate, readTemplate } from '../../../core/report/template';

/** `pages`: as they will be printed; `draft`: at once, as one long sheet. */
export type PreviewKind = 'pages' | 'draft';

export interface ReportSlice extends ReportTemplate {
  readonly preview: PreviewKind;
}

const standard: ReportSlice = { ...readTemplate({}), preview: 'pages' };
const parsed = new WeakMap<object, ReportSlice>();

/** Reads what was stored, which may be of another version or damaged. The same object gives the same slice. */
export function parseSlice(stored: unknown): ReportSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const known = parsed.get(stored);
  if (known) return known;
  const slice: ReportSlice = {
    ...readTemplate(stored as Record<string, unknown>),
    preview: (stored as Partial<ReportSlice>).preview === 'draft' ? 'draft' : 'pages',
  };
  parsed.set(stored, slice);
  parsed.set(slice, slice);
  return slice;
}

/** Everything as in the template; how the report is looked at stays. */
export const withTemplate = (slice: ReportSlice, template: ReportTemplate): ReportSlice => ({ ...template, preview: slice.preview });

/** Moves a section before another one, or to the end for null. */
export function placeSection(slice: ReportSlice, id: string, before: string | null): ReportSlice {
  const rest = slice.sections.filter((other) => other !== id);
  const at = before === null ? rest.length : rest.indexOf(before);
  if (rest.length === slice.sections.length || at < 0) return slice;
  return { ...slice, sections: rest.toSpliced(at, 0, id) };
}

/** Moves a section up (−1) or down (+1). */
export function moveSection(slice: ReportSlice, id: string, by: -1 | 1): ReportSlice {
  const at = slice.sections.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= slice.sections.length) return slice;
  return { ...slice, sections: slice.sections.toSpliced(at, 1).toSpliced(to, 0, id) };
}

export const toggleSection = (slice: ReportSlice, id: string): ReportSlice => ({
  ...slice,
  sections: slice.sections.includes(id) ? slice.sections.filter((other) => other !== id) : [...slice.sections, id],
});

export function setNote(slice: ReportSlice, id: string, note: string): ReportSlice {
  const { [id]: _, ...others } = slice.notes;
  return { ...slice, notes: note === '' ? others : { ...others, [id]: note } };
}
