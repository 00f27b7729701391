// What the Code screen shows: a review with the texts that it points into, patches, and what could not be read.

import type { SetupReview } from '../setup/finding';
import { toUnifiedDiff } from '../setup/patch';
import { type WholePatch, wholePatch } from '../setup/patches';
import type { Project } from '../setup/project/project';
import { setupRules } from '../setup/rules';
import type { CodeSheet } from './code-sheet';

export interface ReviewedCode {
  readonly review: SetupReview;
  /** Of each finding, in their order: its own patch, or null. */
  readonly patches: readonly (string | null)[];
  readonly whole: WholePatch;
  /** Texts of the files that a finding or the coverage points into. */
  readonly sheets: Readonly<Record<string, CodeSheet>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Files with lines on which the parser had to guess. */
  readonly broken: readonly { readonly file: string; readonly line: number; readonly count: number }[];
}

export function reviewedCode(project: Project, review: SetupReview): ReviewedCode {
  const places = [...review.findings.flatMap((finding) => finding.places), ...Object.values(review.coverage).flatMap((axis) => axis.places)];
  const shown = new Set(places.map(({ file }) => file));
  return {
    review,
    patches: review.findings.map(({ fix }) => (fix && toUnifiedDiff(fix.edits, project)) || null),
    whole: wholePatch(review.findings, project),
    sheets: Object.fromEntries([...shown].sort().flatMap((file) => sheetEntry(project, file))),
    titles: Object.fromEntries(setupRules.map(({ meta }) => [meta.id, meta.title])),
    skipped: project.files.skipped,
    broken: project.modules
      .filter(({ errors }) => errors.length > 0)
      .map(({ code, errors }) => ({ file: code.path, line: errors[0] as number, count: errors.length })),
  };
}

/** Settings and requirement files are shown as well; what was not read has no sheet. */
function sheetEntry(project: Project, file: string): readonly (readonly [string, CodeSheet])[] {
  const notebook = project.notebooks.get(file);
  if (notebook) {
    let text = '';
    let line = 1;
    const cells = notebook.cells.map(({ cell, source, executed }) => {
      const head = `# ── cell ${cell}${executed === null ? '' : `, run as [${executed}]`} ──\n`;
      text += `${head}${source}\n\n`;
      const start = line + 1;
      line += source.split('\n').length + 2;
      return { cell, line: start };
    });
    return [[file, { text, cells }]];
  }
  const text = project.modules.find(({ code }) => code.path === file)?.code.text ?? project.settings.get(file);
  return text === undefined ? [] : [[file, { text, cells: null }]];
}
