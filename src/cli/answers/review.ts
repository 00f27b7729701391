// The five-part review of runs and, where it is given, of their code: read, judged, put together.

import type { Issue } from '../../core/base/issues';
import type { RunId } from '../../core/base/units';
import { expectedMetrics } from '../../core/health/expected/missing';
import type { RunHealth } from '../../core/health/finding';
import { judgeAcross, judgeRun } from '../../core/health/judge';
import type { RunSketch } from '../../core/health/sketch';
import type { Run } from '../../core/model/run';
import { assessPractices } from '../../core/practices/assess';
import { type Cadence, cadencesOf } from '../../core/practices/cadence';
import { projectLimits } from '../../core/project/limits';
import { withRoles } from '../../core/project/metric-roles';
import type { Project } from '../../core/project/project';
import { checkRuns } from '../../core/reproducibility/checklist';
import type { NextStep, Review, ReviewEvidence, ReviewFix, ReviewItem } from '../../core/review/result';
import { reviewOf, reviewVersion } from '../../core/review/review';
import { type JudgedBy, judgeTable, tableOfReview } from '../../core/review/trials';
import { mergedReviews } from '../../core/setup/merge';
import { toUnifiedDiff } from '../../core/setup/patch';
import { targetMetrics } from '../../core/view/target-metrics';
import { dateOption } from '../arguments';
import { withArtifactDigests } from '../artifact-files';
import { type ExitCode, exitCodes, UsageError } from '../exit';
import { loadProject } from '../load-project';
import { type LoadedRuns, loadRuns } from '../read-runs';
import { repositoryOf } from '../repository-view';
import { placeOf } from '../sources';
import type { CliContext, VerbArgs } from '../verb';
import { type SetupAnswer, setupAnswer, severityWords } from './setup';

export interface ReviewAnswer {
  readonly review: Review;
  readonly issues: readonly Issue[];
  readonly exitCode: ExitCode;
  /** The moment that it is judged by. */
  readonly now: number;
  /** What was found in the code; null where none was given. */
  readonly setup: SetupAnswer | null;
}

/**
 * Reviews the runs below the PATHs and the code that `--code` names; either may be left out.
 * @throws UsageError as loadRuns and loadProject, and where neither is given
 */
export async function reviewAnswer(args: VerbArgs, context: CliContext): Promise<ReviewAnswer> {
  const code = args.texts('code');
  const { positionals } = args;
  if (positionals.length === 0 && code.length === 0) throw new UsageError('a PATH of runs is missing, or --code CODE');
  const now = dateOption(args, 'date') ?? Date.now();
  const judgedBy = judgedByOf(args);
  const { project, issues: slips } = loadProject(args, context, positionals.length > 0 ? positionals : code);
  const found = await judgedRuns(args, context, project, now);
  const setup = code.length > 0 ? await setupAnswer(code, found.runs, context, { project, nowMs: now }) : null;
  const table = tableOfReview(found.runs, targetMetrics, judgedBy);
  const review = reviewOf({
    ...found,
    checklists: checkRuns(found.runs, found.runs, { project, nowMs: now }),
    expected: new Map(found.runs.map((run) => [run.id, expectedMetrics(run)])),
    trials: 'problem' in table ? table : await judgeTable(table),
    setup: setup && mergedReviews(setup.reviews.map((one) => one.review)),
    statements: { project, nowMs: now },
  });
  const unread = setup?.reviews.every((one) => one.review.files.length === 0);
  return {
    review,
    issues: [...slips, ...found.issues, ...(setup?.issues ?? [])],
    exitCode: found.exitCode !== exitCodes.done || unread !== true ? found.exitCode : positionals.length > 0 ? exitCodes.some : exitCodes.nothing,
    now,
    setup,
  };
}

function judgedByOf(args: VerbArgs): JudgedBy | null {
  const metric = args.text('metric');
  const direction = args.text('direction');
  if (direction !== undefined && direction !== 'min' && direction !== 'max') throw new UsageError(`--direction wants min or max, not '${direction}'`);
  if (metric === undefined && direction !== undefined) throw new UsageError('--direction needs --metric');
  return metric === undefined ? null : { metric, direction: direction ?? null };
}

/** Runs with what their curves and names say: points are let go run by run. */
async function judgedRuns(args: VerbArgs, context: CliContext, project: Project, now: number) {
  const healths = new Map<RunId, RunHealth>();
  const sketches = new Map<RunId, RunSketch>();
  const cadences = new Map<RunId, readonly (Cadence | null)[]>();
  const loaded: Pick<LoadedRuns, 'runs' | 'issues' | 'exitCode'> =
    args.positionals.length === 0
      ? { runs: [], issues: [], exitCode: exitCodes.done }
      : await loadRuns(args.positionals, args, context, {
          each(read) {
            const { health, sketch } = judgeRun(read, { statements: project.roles });
            healths.set(read.run.id, health);
            sketches.set(read.run.id, sketch);
            cadences.set(read.run.id, cadencesOf(read.run.series, read.points));
          },
        });
  const paths = args.positionals.map((path) => placeOf(path, context));
  const digested = await withArtifactDigests(
    loaded.runs.filter(({ deleted }) => !deleted),
    paths,
    project.limits.savedBytes ?? projectLimits.savedBytes.value,
    context,
  );
  const runs: readonly Run[] = digested.map((run) => withRoles(run, project.roles));
  context.status(`Reviewing ${runs.length} runs…`);
  return {
    runs,
    issues: loaded.issues,
    exitCode: loaded.exitCode,
    health: runs.flatMap(({ id }) => healths.get(id) ?? []),
    across: judgeAcross(runs.flatMap(({ id }) => sketches.get(id) ?? [])),
    practices: assessPractices({
      runs,
      project,
      now,
      cadence: (run, series) => cadences.get(run.id)?.[series] ?? null,
      repository: repositoryOf(paths, runs, context),
    }),
  };
}

/** The answer, field by field as docs/cli.md prints it. */
export function reviewFields({ review, setup }: Pick<ReviewAnswer, 'review' | 'setup'>): Readonly<Record<string, unknown>> {
  const patchOf = patcherOf({ setup });
  const fix = (one: ReviewFix | null): object | null => one && { text: one.text, code: one.code, patch: patchOf(one) || undefined };
  const item = (one: ReviewItem): object => ({
    id: one.id,
    rule: one.rule,
    rules: one.rules,
    severity: severityWords[one.severity],
    confidence: round(one.confidence),
    title: one.title,
    summary: one.summary,
    why: one.why ?? undefined,
    caveat: one.caveat ?? undefined,
    runs: one.runs,
    evidence: one.evidence.map(evidenceFields),
    more_evidence: one.more > 0 ? one.more : undefined,
    fix: fix(one.fix),
  });
  const step = ({ id, kind, rule, title, text, who, evidence, runs, link, ...rest }: NextStep): object => ({
    id,
    kind,
    rule,
    title,
    text,
    who: who ?? undefined,
    evidence,
    runs,
    fix: fix(rest.fix),
    link: link?.place.join('/'),
  });
  return {
    runs: review.runs,
    code: review.code,
    assessment: review.assessment,
    critical: review.critical.map(item),
    recommendations: review.recommendations.map(item),
    organization: review.organization.map(item),
    next_steps: review.nextSteps.map(step),
    stated: review.stated,
    not_assessed: review.notAssessed,
    review_version: reviewVersion,
  };
}

const evidenceFields = ({ engine, rule, summary, numbers, runs, series, step, places, link }: ReviewEvidence): object => ({
  engine,
  rule,
  summary,
  numbers,
  runs,
  series: series.length > 0 ? series : undefined,
  step: step ?? undefined,
  places: places.length > 0 ? places.map(({ file, line, endLine, cell }) => ({ file, line, end_line: endLine, cell })) : undefined,
  link: link?.place.join('/'),
});

/** Gives the edits of a fix as a unified diff; empty where there are none. */
export function patcherOf({ setup }: Pick<ReviewAnswer, 'setup'>): (fix: ReviewFix) => string {
  const projects = setup?.reviews.map(({ project }) => project) ?? [];
  return ({ edits }) => {
    const [first] = edits;
    const project = first && projects.find(({ modules }) => modules.some(({ code }) => code.path === first.file));
    return project ? toUnifiedDiff(edits, project) : '';
  };
}

const round = (share: number): number => Math.round(share * 100) / 100;
