// `diptych health`: what the curves of every run show, what could not be assessed, and what several runs show together.

import { type ExpectedMetrics, expectedMetrics } from '../../core/health/expected/missing';
import { type AcrossFinding, type Finding, type FindingSeverity, type RunHealth, severityOrder } from '../../core/health/finding';
import { healthRules } from '../../core/health/index';
import { judgeAcross, judgeRun } from '../../core/health/judge';
import { type HealthRule, healthRulesVersion } from '../../core/health/rule';
import type { RunSketch } from '../../core/health/sketch';
import { displayName, type Run } from '../../core/model/run';
import { endText } from '../../core/project/dates';
import { withRoles } from '../../core/project/metric-roles';
import type { Waiver } from '../../core/project/project';
import { type Statements, waiverOf } from '../../core/project/statements';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadProject, projectOptions } from '../load-project';
import { loadRuns, readOptions } from '../read-runs';
import { nearestTo } from '../spelling';
import { issueLines, shown } from '../tables';
import type { Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'health',
    summary: 'Find what is wrong in training, from the curves.',
    usage: 'PATH... [--json] [--rules A-01,A-11] [--fail-on critical|warn|note] [--project FILE]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      rules: { type: 'string', multiple: true, help: 'Run these rules only: A-01,A-11.' },
      'fail-on': { type: 'string', help: 'Exit 1 on a finding at least this severe, unless it is waived: critical, warn or note.' },
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const failOn = failOnOf(args);
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
    if (args.flag('json')) {
      await context.write(
        documentText({
          command: 'health',
          runs: judged.map(({ run, health }) => runDocument(run, health)),
          across: across.findings.map(acrossDocument),
          across_not_assessed: across.notAssessed,
          rules_version: healthRulesVersion,
          issues: [...issues, ...slips].map(issueDocument),
        }),
      );
    } else {
      const names = new Map(runs.map((run) => [run.id as string, displayName(run)]));
      await context.write(
        `${judged.map(({ run, health }) => runText(run, health)).join('\n')}${acrossText(across.findings, names)}${issueLines([...issues, ...slips])}`,
      );
    }
    const standing = judged.flatMap(({ health }) => health.findings.filter(({ waived }) => waived === null));
    const worst = [...standing, ...across.findings].reduce((most, { severity }) => Math.max(most, severityOrder[severity]), -1);
    return failOn !== null && worst >= severityOrder[failOn] ? exitCodes.gate : exitCode;
  },
};

/** A finding with the waiver that a person gave it; null where it stands. */
type Told = Finding & { readonly waived: Waiver | null };

const told = (health: RunHealth, statements: Statements): Omit<RunHealth, 'findings'> & { readonly findings: readonly Told[] } => ({
  ...health,
  findings: health.findings.map((finding) => ({ ...finding, waived: waiverOf(statements, finding.rule, health.run) })),
});

function failOnOf(args: VerbArgs): FindingSeverity | null {
  const text = args.text('fail-on');
  if (text === undefined) return null;
  if (text === 'critical' || text === 'warn' || text === 'note') return text;
  throw new UsageError(`--fail-on wants critical, warn or note, not '${text}'`, nearestTo(text, ['critical', 'warn', 'note']));
}

function rulesOf(args: VerbArgs): readonly HealthRule[] {
  const wanted = args.texts('rules').flatMap((list) => list.split(',').map((id) => id.trim().toUpperCase()));
  const known = healthRules.map(({ meta }) => meta.id);
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`there is no rule ${unknown}`, nearestTo(unknown, known));
  return wanted.length === 0 ? healthRules : healthRules.filter(({ meta }) => wanted.includes(meta.id));
}

function runDocument(run: Run, { findings, notAssessed, clear }: RunHealth): object {
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
  advice: adviceText({ advice }),
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
  advice: adviceText(finding),
  marks: finding.marks.map(({ series, from, to, label }) => ({ series: series.name, from, to, label })),
  ...(finding.waived ? { waived: { reason: finding.waived.reason, until: finding.waived.untilMs === null ? null : endText(finding.waived.untilMs) } } : {}),
});

const acrossDocument = (finding: AcrossFinding): object => ({
  rule: finding.rule,
  severity: finding.severity,
  runs: finding.runs,
  series: finding.series.map(({ name }) => name),
  summary: finding.summary,
  evidence: finding.evidence,
  caveat: finding.caveat,
  advice: adviceText(finding),
});

const adviceText = ({ advice }: Pick<Finding, 'advice'>): string => [advice.text, ...(advice.code ? [advice.code] : [])].join('\n\n');

function runText(run: Run, { findings, notAssessed, clear }: RunHealth): string {
  const head = `${shown(displayName(run))}  ${run.id}\n`;
  const none = findings.length === 0 ? '  nothing found\n' : '';
  const rest = `  ${clear.length} rules found nothing, ${notAssessed.length} could not be assessed${notAssessed.length > 0 ? `: ${notAssessed.map(({ rule }) => rule).join(' ')}` : ''}\n`;
  return head + none + findings.map(findingText).join('') + expectedText(expectedMetrics(run)) + rest;
}

/** Only the minimum: what is merely advised stands in the JSON and on the tab. */
function expectedText(expected: ExpectedMetrics | null): string {
  const missing = expected?.missing.filter(({ level }) => level === 'minimum') ?? [];
  if (!expected || missing.length === 0) return '';
  const lines = missing.map(
    ({ label, advice }) => `           ${label}\n${' '.repeat(17)}→ ${advice.text}${advice.code ? `\n${advice.code.replace(/^/gm, ' '.repeat(19))}` : ''}\n`,
  );
  return `  This looks like ${expected.domain.label} (${expected.domain.reason}) Not logged:\n${lines.join('')}`;
}

function findingText(finding: (Finding & Partial<Told>) | AcrossFinding): string {
  const { rule, severity, summary, caveat, advice } = finding;
  const waived = 'waived' in finding ? finding.waived : null;
  const lines = [
    `  ${severity.padEnd(8)} ${rule}  ${shown(summary, 600)}`,
    `${' '.repeat(17)}→ ${shown(advice.text, 600)}`,
    `${' '.repeat(17)}  But: ${shown(caveat, 400)}`,
    ...(waived ? [`${' '.repeat(17)}  Waived${waived.untilMs === null ? '' : ` until ${endText(waived.untilMs)}`}: ${shown(waived.reason, 200)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function acrossText(findings: readonly AcrossFinding[], names: ReadonlyMap<string, string>): string {
  if (findings.length === 0) return '';
  const told = findings.map(
    (finding) =>
      `${findingText(finding)}${' '.repeat(17)}  ${finding.runs
        .slice(0, 8)
        .map((id) => shown(names.get(id) ?? id, 40))
        .join(', ')}\n`,
  );
  return `\nAcross runs\n${told.join('')}`;
}
