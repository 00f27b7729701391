// What a person arranged in this tab.

import { sections } from '../../../core/report/build';

export interface ReportSlice {
  /** Empty: the standard title. */
  readonly title: string;
  /** Ids of the chosen sections, in order. */
  readonly sections: readonly string[];
  /** Section id → free text. */
  readonly notes: Readonly<Record<string, string>>;
}

const standard: ReportSlice = { title: '', sections: sections.filter(({ meta }) => meta.standard).map(({ meta }) => meta.id), notes: {} };

/** Reads what was stored, which may be of another version or damaged. Sections that are gone are dropped. */
export function parseSlice(stored: unknown): ReportSlice {
  if (typeof stored !== 'object' || stored === null) return standard;
  const { title, sections: chosen, notes } = stored as Partial<ReportSlice>;
  const valid =
    typeof title === 'string' &&
    Array.isArray(chosen) &&
    chosen.every((id) => sections.some(({ meta }) => meta.id === id)) &&
    typeof notes === 'object' &&
    notes !== null &&
    Object.values(notes).every((note) => typeof note === 'string');
  return valid ? (stored as ReportSlice) : standard;
}

/** Moves a section up (−1) or down (+1). */
export function moveSection(slice: ReportSlice, id: string, by: -1 | 1): ReportSlice {
  const at = slice.sections.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= slice.sections.length) return slice;
  const order = slice.sections.filter((other) => other !== id);
  order.splice(to, 0, id);
  return { ...slice, sections: order };
}

export const toggleSection = (slice: ReportSlice, id: string): ReportSlice => ({
  ...slice,
  sections: slice.sections.includes(id) ? slice.sections.filter((other) => other !== id) : [...slice.sections, id],
});
