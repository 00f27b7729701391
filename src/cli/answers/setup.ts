// A review of training code: read, reviewed, and field by field as `diptych setup --json` prints it.

import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Issue, Severity } from '../../core/base/issues';
import type { Run } from '../../core/model/run';
import { endText } from '../../core/project/dates';
import { noStatements, type Statements } from '../../core/project/statements';
import type { SetupFinding, SetupReview, SuppressedFinding } from '../../core/setup/finding';
import { mergedReviews } from '../../core/setup/merge';
import { toUnifiedDiff } from '../../core/setup/patch';
import { wholePatch } from '../../core/setup/patches';
import type { Project } from '../../core/setup/project/project';
import { readProject } from '../../core/setup/project/read';
import { reviewSetupInSteps } from '../../core/setup/review';
import { sarifOf } from '../../core/setup/sarif';
import { withWaivers } from '../../core/setup/set-aside';
import { defaultLimits } from '../../core/source/reader';
import { SourceError } from '../../core/source/source';
import { brokenFiles } from '../../core/view/code-review';
import { asset } from '../../host/assets';
import { writeWhole } from '../output-file';
import { sourceOf } from '../sources';
import { steadyHeap } from '../steady-heap';
import type { CliContext } from '../verb';
import { version } from '../version';

/** How severities are spelled in documents about code (cli.md). */
export const severityWords: Readonly<Record<Severity, string>> = { critical: 'high', warn: 'medium', note: 'low', info: 'info' };

export interface SetupAnswer {
  /** One for each PATH that could be read. */
  readonly reviews: readonly { readonly path: string; readonly review: SetupReview; readonly project: Project }[];
  readonly issues: readonly Issue[];
}

/** Reviews the code at each PATH; `runs` are of this code, `statements` what people said of rules. Nothing is run. */
export async function setupAnswer(
  paths: readonly string[],
  runs: readonly Run[],
  context: CliContext,
  statements: Statements = noStatements,
): Promise<SetupAnswer> {
  steadyHeap();
  const issues: Issue[] = [];
  const reviews: SetupAnswer['reviews'][number][] = [];
  for (const path of paths) {
    const project = await projectAt(path, context, issues);
    if (!project) continue;
    const progress = (done: number, all: number) => context.status(`${done} of ${all} rules`);
    const review = await reviewSetupInSteps(project, { runs }, { signal: context.signal, progress });
    reviews.push({ path, project, review: withWaivers(review, statements) });
  }
  return { reviews, issues };
}

export function setupDocument({ reviews }: SetupAnswer): Readonly<Record<string, unknown>> {
  const coverage = Object.entries(mergedReviews(reviews.map(({ review }) => review))?.coverage ?? {});
  return {
    files: reviews.flatMap(({ review }) => review.files),
    recipes: reviews.flatMap(({ review }) => review.recipes.map(({ framework, place }) => ({ framework, file: place.file, line: place.line }))),
    trainings: reviews.flatMap(({ review }) =>
      review.trainings.map(({ framework, place }) => ({ framework, file: place.file, line: place.line, cell: place.cell })),
    ),
    frameworks: [...new Set(reviews.flatMap(({ review }) => review.frameworks))].sort(),
    trackers: [...new Set(reviews.flatMap(({ review }) => review.trackers))].sort(),
    findings: reviews.flatMap(({ review, project }) => review.findings.map((finding) => findingDocument(finding, project))),
    withdrawn: reviews.flatMap(({ review, project }) => review.withdrawn.map((finding) => findingDocument(finding, project))),
    suppressed: reviews.flatMap(({ review, project }) => review.suppressed.map((finding) => suppressedDocument(finding, project))),
    unknown: reviews.flatMap(({ review }) => review.unknown),
    coverage: Object.fromEntries(coverage.map(([axis, { state }]) => [axis, state])),
    coverage_places: Object.fromEntries(coverage.map(([axis, { places }]) => [axis, places])),
    skipped: reviews.flatMap(({ project }) => project.files.skipped),
    syntax_errors: reviews.flatMap(({ project }) => brokenFiles(project)),
  };
}

/**
 * Writes one patch of all fixes that have edits into a file, for `git apply` in the folder that was reviewed.
 * @returns how many findings it mends, and how many are left for a review after it
 */
export async function writePatch({ reviews }: SetupAnswer, file: string, cwd: string): Promise<{ readonly mended: number; readonly left: number }> {
  const patches = reviews.map(({ review, project }) => wholePatch(review.findings, project));
  await writeWhole(resolve(cwd, file), (write) => write(patches.map(({ text }) => text).join('')));
  return { mended: patches.reduce((sum, one) => sum + one.mended, 0), left: patches.reduce((sum, one) => sum + one.left, 0) };
}

/** Writes {@link setupSarif} into a file. */
export const writeSarif = (answer: SetupAnswer, file: string, cwd: string): Promise<void> =>
  writeWhole(resolve(cwd, file), (write) => write(`${JSON.stringify(setupSarif(answer, cwd), null, 2)}\n`));

/** A review of each PATH as SARIF; places are told from `cwd` on, which is the root of the repository where code hosts run this. */
function setupSarif({ reviews }: SetupAnswer, cwd: string): object {
  const folders = reviews.map(({ path, review, project }) => {
    const at = resolve(cwd, path);
    const base = relative(cwd, existsSync(at) && statSync(at).isDirectory() ? at : dirname(at));
    return { review, project, base: base.startsWith('..') || isAbsolute(base) ? '' : base.split(sep).join('/') };
  });
  return sarifOf(folders, version);
}

async function projectAt(path: string, context: CliContext, issues: Issue[]): Promise<Project | null> {
  const source = sourceOf(path, context);
  try {
    const tree = await source.scan({ signal: context.signal, limits: defaultLimits, issue: (one) => void issues.push(one), progress: () => {} });
    return await readProject(tree, { signal: context.signal, asset, progress: (done, all) => context.status(`${done} of ${all} files`) });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push({ code: error.code, severity: 'critical', message: error.message, tip: 'Name a folder that is there.', file: error.file });
    return null;
  } finally {
    await source.close?.();
  }
}

const suppressedDocument = ({ suppressed: { by, reason, untilMs }, ...finding }: SuppressedFinding, project: Project): object => ({
  ...findingDocument(finding, project),
  suppressed: { by, reason, until: untilMs === null ? null : endText(untilMs) },
});

function findingDocument(finding: SetupFinding, project: Project): object {
  const [place] = finding.places;
  return {
    rule: finding.rule,
    severity: severityWords[finding.severity],
    confidence: finding.confidence,
    file: place?.file ?? null,
    line: place?.line ?? null,
    end_line: place?.endLine ?? null,
    cell: place?.cell ?? null,
    places: finding.places.length > 1 ? finding.places : undefined,
    summary: finding.summary,
    why: finding.why,
    by_runs: finding.byRuns,
    fix: finding.fix && {
      text: finding.fix.text,
      code: finding.fix.code,
      patch: toUnifiedDiff(finding.fix.edits, project) || undefined,
    },
  };
}
