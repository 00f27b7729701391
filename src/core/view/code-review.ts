// What the Code screen shows: a review with the texts that it points into, patches, and what could not be read.

import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import type { Waiver } from '../project/project';
import type { SetupFinding, SetupReview } from '../setup/finding';
import { toUnifiedDiff } from '../setup/patch';
import { type WholePatch, wholePatch } from '../setup/patches';
import type { Project } from '../setup/project/project';
import { setupRules } from '../setup/rules';
import { speakingRuns } from '../setup/runs';
import { waiversOf } from '../setup/set-aside';
import type { CodeSheet } from './code-sheet';

export interface ReviewedCode {
  readonly review: SetupReview;
  /** Of each finding, in their order: its own patch, or null. */
  readonly patches: readonly (string | null)[];
  /** Of all findings but those that a person set aside. */
  readonly whole: WholePatch;
  /** Texts of the files that a finding or the coverage points into. */
  readonly sheets: Readonly<Record<string, CodeSheet>>;
  readonly titles: Readonly<Record<string, string>>;
  /** Rule → joined runs that speak for the verdict on its findings. */
  readonly speaking: Readonly<Record<string, readonly RunId[]>>;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Files with lines on which the parser had to guess. */
  readonly broken: readonly { readonly file: string; readonly line: number; readonly count: number }[];
}

interface Joined {
  /** Runs that the code was judged with. */
  readonly runs?: readonly Run[];
  /** What a person set aside, as far as it holds now. */
  readonly waivers?: readonly Waiver[];
}

export function reviewedCode(project: Project, review: SetupReview, { runs = [], waivers = [] }: Joined = {}): ReviewedCode {
  const all = [...review.findings, ...review.withdrawn, ...review.suppressed];
  const places = [...all.flatMap((finding) => finding.places), ...Object.values(review.coverage).flatMap((axis) => axis.places)];
  const shown = new Set(places.map(({ file }) => file));
  const waiverFor = waiversOf({ project: { attestations: [], waivers }, nowMs: Number.NEGATIVE_INFINITY });
  const wanted = review.findings.filter((finding) => waiverFor(finding) === null);
  return {
    review,
    patches: review.findings.map(({ fix }) => (fix && toUnifiedDiff(fix.edits, project)) || null),
    whole: wholePatch(wanted, project),
    sheets: sheetsOf(project, shown),
    titles: Object.fromEntries(setupRules.map(({ meta }) => [meta.id, meta.title])),
    speaking: speakingOf(all, runs),
    skipped: project.files.skipped,
    broken: brokenFiles(project),
  };
}

/** Files with lines on which the parser had to guess, the first of them: the rest of each was reviewed. */
export const brokenFiles = ({ modules }: Project): ReviewedCode['broken'] =>
  modules.filter(({ errors }) => errors.length > 0).map(({ code, errors }) => ({ file: code.path, line: errors[0] as number, count: errors.length }));

const speakingOf = (findings: readonly SetupFinding[], runs: readonly Run[]): ReviewedCode['speaking'] =>
  Object.fromEntries(
    [...new Map(findings.map(({ rule, byRuns }) => [rule, byRuns]))].flatMap(([rule, byRuns]) => (byRuns ? [[rule, speakingRuns(rule, byRuns, runs)]] : [])),
  );

/** Settings and requirement files are shown as well; what was not read has no sheet. */
function sheetsOf(project: Project, shown: ReadonlySet<string>): ReviewedCode['sheets'] {
  const modules = new Map(project.modules.map(({ code }) => [code.path, code.text]));
  return Object.fromEntries(
    [...shown].sort().flatMap((file): readonly (readonly [string, CodeSheet])[] => {
      const notebook = project.notebooks.get(file);
      if (notebook) return [[file, notebookSheet(notebook)]];
      const text = modules.get(file) ?? project.settings.get(file);
      return text === undefined ? [] : [[file, { text, cells: null }]];
    }),
  );
}

function notebookSheet(notebook: NonNullable<ReturnType<Project['notebooks']['get']>>): CodeSheet {
  let text = '';
  let line = 1;
  const cells = notebook.cells.map(({ cell, source, executed }) => {
    const head = `# ── cell ${cell}${executed === null ? '' : `, run as [${executed}]`} ──\n`;
    text += `${head}${source}\n\n`;
    const start = line + 1;
    line += source.split('\n').length + 2;
    return { cell, line: start };
  });
  return { text, cells };
}
