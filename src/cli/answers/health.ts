// What the curves of runs show: read, judged and told with the waivers that people gave.

import { type ExpectedMetrics, expectedMetrics } from '../../core/health/expected/missing';
import type { AcrossFinding, Finding, RunHealth } from '../../core/health/finding';
import { healthRules } from '../../core/health/index';
import { type AcrossHealth, judgeAcross, judgeRun } from '../../core/health/judge';
import type { HealthRule } from '../../core/health/rule';
import type { RunSketch } from '../../core/health/sketch';
import type { Run } from '../../core/model/run';
import { endText } from '../../core/project/dates';
import { withRoles } from '../../core/project/metric-roles';
import type { Waiver } from '../../core/project/project';
import { type Statements, waiverOf } from '../../core/project/statements';
import { adviceText } from '../document';
import { UsageError } from '../exit';
import { type LoadedProject, loadProject } from '../load-project';
import { type LoadedRuns, loadRuns } from '../read-runs';
import { nearestTo } from '../spelling';
import type { CliContext, VerbArgs } from '../verb';

/** A finding with the waiver that a person gave it; null where it stands. */
export type Told = Finding & { readonly waived: Waiver | null };

export type ToldHealth = Omit<RunHealth, 'findings'> & { readonly findings: readonly Told[] };

const told = (health: RunHealth, statements: Statements): ToldHealth => ({
  ...health,
  findings: health.findings.map((finding) => ({ ...finding, waived: waiverOf(statements, finding.rule, health.run) })),
});

export interface HealthAnswer {
  readonly judged: readonly { readonly run: Run; readonly health: ToldHealth }[];
  readonly across: AcrossHealth;
  readonly issues: LoadedRuns['issues'];
  /** Entries of the project file that could not be understood. */
  readonly slips: LoadedProject['issues'];
  readonly exitCode: LoadedRuns['exitCode'];
}

/**
 * Judges every run below the PATHs by all rules, or by those that `--rules` names.
 * @throws UsageError as loadRuns and loadProject, and for a rule that is none
 */
export async function healthAnswer(args: VerbArgs, context: CliContext): Promise<HealthAnswer> {
  const rules = rulesOf(args);
  const { project, issues: slips } = loadProject(args, context, args.positionals);
  const healths = new Map<string, RunHealth>();
  const sketches = new Map<string, RunSketch>();
  const { runs, issues, exitCode } = await loadRuns(args.positionals, args, context, {
    each(read) {
      const { health, sketch } = judgeRun(read, { rules, statements: project.roles });
      healths.set(read.run.id, health);
      sketches.set(read.run.id, sketch);
    },
  });
  const across = judgeAcross(
    runs.flatMap(({ id }) => sketches.get(id) ?? []),
    { rules },
  );
  const judged = runs.flatMap((run) => {
    const health = healths.get(run.id);
    return health ? [{ run: withRoles(run, project.roles), health: told(health, { project, nowMs: Date.now() }) }] : [];
  });
  return { judged, across, issues, slips, exitCode };
}

function rulesOf(args: VerbArgs): readonly HealthRule[] {
  const wanted = args.texts('rules').flatMap((list) => list.split(',').map((id) => id.trim().toUpperCase()));
  const known = healthRules.map(({ meta }) => meta.id);
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`there is no rule ${unknown}`, nearestTo(unknown, known));
  return wanted.length === 0 ? healthRules : healthRules.filter(({ meta }) => wanted.includes(meta.id));
}

/** A run's health, field by field as docs/cli.md prints it. */
export function runHealthDocument({ run, health: { findings, notAssessed, clear } }: HealthAnswer['judged'][number]): object {
  const expected = expectedMetrics(run);
  return {
    id: run.id,
    path: run.path,
    name: run.name,
    findings: findings.map(findingDocument),
    not_assessed: notAssessed,
    clear,
    domain: expected && { id: expected.domain.id, label: expected.domain.label, confidence: expected.domain.confidence, reason: expected.domain.reason },
    missing_metrics: expected ? expected.missing.map(missingDocument) : [],
  };
}

const missingDocument = ({ id, label, level, why, maybe, advice }: ExpectedMetrics['missing'][number]): object => ({
  metric: id,
  label,
  level,
  why,
  maybe,
  advice: adviceText(advice),
});

const findingDocument = (finding: Finding & Partial<Told>): object => ({
  rule: finding.rule,
  severity: finding.severity,
  series: finding.series.map(({ name }) => name),
  onset_step: finding.onset?.step ?? null,
  onset_fraction: finding.onset?.fraction ?? null,
  summary: finding.summary,
  evidence: finding.evidence,
  caveat: finding.caveat,
  advice: adviceText(finding.advice),
  marks: finding.marks.map(({ series, from, to, label }) => ({ series: series.name, from, to, label })),
  ...(finding.waived ? { waived: { reason: finding.waived.reason, until: finding.waived.untilMs === null ? null : endText(finding.waived.untilMs) } } : {}),
});

export const acrossDocument = (finding: AcrossFinding): object => ({
  rule: finding.rule,
  severity: finding.severity,
  runs: finding.runs,
  series: finding.series.map(({ name }) => name),
  summary: finding.summary,
  evidence: finding.evidence,
  caveat: finding.caveat,
  advice: adviceText(finding.advice),
});
