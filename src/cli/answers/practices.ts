// Whether a project is kept in good order: read and judged by what its project file says.

import type { Issue } from '../../core/base/issues';
import type { RunId } from '../../core/base/units';
import { displayName, type Run } from '../../core/model/run';
import { assessPractices, type PracticeFinding, type PracticesResult } from '../../core/practices/assess';
import { type Cadence, cadencesOf } from '../../core/practices/cadence';
import { rankingOf } from '../../core/practices/contract';
import { practicesVersion } from '../../core/practices/rule';
import { endText } from '../../core/project/dates';
import { projectLimits } from '../../core/project/limits';
import type { Project, Waiver } from '../../core/project/project';
import { dateOption } from '../arguments';
import { withArtifactDigests } from '../artifact-files';
import { adviceText } from '../document';
import type { ExitCode } from '../exit';
import { loadProject } from '../load-project';
import { loadRuns } from '../read-runs';
import { repositoryOf } from '../repository-view';
import { placeOf } from '../sources';
import type { CliContext, VerbArgs } from '../verb';

export interface PracticesAnswer {
  readonly result: PracticesResult;
  readonly runs: readonly Run[];
  readonly project: Project;
  /** The project file; null where nothing is stated. */
  readonly file: string | null;
  readonly issues: readonly Issue[];
  readonly exitCode: ExitCode;
}

/**
 * Judges the project below the PATHs as of `--date`, or now.
 * @throws UsageError as loadRuns and loadProject
 */
export async function practicesAnswer(args: VerbArgs, context: CliContext): Promise<PracticesAnswer> {
  const now = dateOption(args, 'date') ?? Date.now();
  const { project, file, issues: slips } = loadProject(args, context, args.positionals);
  const cadences = new Map<RunId, readonly (Cadence | null)[]>();
  const loaded = await loadRuns(args.positionals, args, context, { each: ({ run, points }) => cadences.set(run.id, cadencesOf(run.series, points)) });
  const paths = args.positionals.map((path) => placeOf(path, context));
  const runs = await withArtifactDigests(loaded.runs, paths, project.limits.savedBytes ?? projectLimits.savedBytes.value, context);
  const result = assessPractices({
    runs,
    project,
    now,
    cadence: (run, series) => cadences.get(run.id)?.[series] ?? null,
    repository: repositoryOf(paths, runs, context),
  });
  return { result, runs, project, file, issues: [...slips, ...loaded.issues], exitCode: loaded.exitCode };
}

const waiverDocument = ({ rule, run, reason, untilMs }: Waiver): object => ({ rule, run, reason, until: untilMs === null ? null : endText(untilMs) });

/** The answer, field by field as docs/cli.md prints it. */
export function practicesDocument({ result, runs, project }: PracticesAnswer): Readonly<Record<string, unknown>> {
  const ranked = rankingOf(
    runs.filter(({ deleted }) => !deleted),
    project,
    result.leftOut,
  );
  return {
    runs: runs.filter(({ deleted }) => !deleted).map(({ id, path, name }) => ({ id, path, name })),
    findings: result.findings.map(findingDocument),
    not_assessed: result.notAssessed,
    clear: result.clear,
    waivers: result.waivers.map(({ waiver, state }) => ({ ...waiverDocument(waiver), state })),
    ...(project.contract === null
      ? {}
      : {
          contract: {
            metric: project.contract.metric ?? null,
            ranked: ranked?.map(({ run, value }) => ({ run: run.id, name: displayName(run), value })) ?? null,
            left_out: [...result.leftOut].map(([run, breaches]) => ({ run, reasons: breaches.map(({ reason }) => reason) })),
          },
        }),
    rules_version: practicesVersion,
  };
}

const findingDocument = (finding: PracticeFinding): object => ({
  rule: finding.rule,
  title: finding.title,
  severity: finding.severity,
  mode: finding.mode ?? undefined,
  runs: finding.runs,
  summary: finding.summary,
  evidence: finding.evidence,
  caveat: finding.caveat,
  advice: adviceText(finding.advice),
  waived: finding.waivers.length === 0 ? undefined : finding.waivers.map(waiverDocument),
});
