// `diptych practices`: whether a project is kept in good order, with gates for CI.

import { resolve } from 'node:path';
import type { RunId } from '../../core/base/units';
import { type FindingSeverity, severityOrder } from '../../core/health/finding';
import { displayName, type Run } from '../../core/model/run';
import { assessPractices, failing, type PracticeFinding, type PracticesResult } from '../../core/practices/assess';
import { type Cadence, cadencesOf } from '../../core/practices/cadence';
import { rankingOf } from '../../core/practices/contract';
import { practicesVersion } from '../../core/practices/rule';
import { endText } from '../../core/project/dates';
import { projectLimits } from '../../core/project/limits';
import type { Project, Waiver } from '../../core/project/project';
import { dateOption } from '../arguments';
import { withArtifactDigests } from '../artifact-files';
import { adviceText, documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadProject, projectOptions } from '../load-project';
import { loadRuns, readOptions } from '../read-runs';
import { repositoryOf } from '../repository-view';
import { nearestTo } from '../spelling';
import { issueLines, shown } from '../tables';
import type { Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'practices',
    summary: 'Judge whether a project is kept in good order.',
    usage: 'PATH... [--json] [--project FILE] [--fail-on warn]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      'fail-on': { type: 'string', help: 'Exit 1 on a finding at least so severe: note, warn or critical.' },
      date: { type: 'string', help: 'The moment to judge by instead of now, so that it comes out the same: 2026-01-31T12:00:00Z.' },
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const least = severityOf(args.text('fail-on'));
    const now = dateOption(args, 'date') ?? Date.now();
    const { project, file, issues: slips } = loadProject(args, context, args.positionals);
    const cadences = new Map<RunId, readonly (Cadence | null)[]>();
    const loaded = await loadRuns(args.positionals, args, context, { each: ({ run, points }) => cadences.set(run.id, cadencesOf(run.series, points)) });
    const paths = args.positionals.map((path) => resolve(context.cwd, path));
    const runs = await withArtifactDigests(loaded.runs, paths, project.limits.savedBytes ?? projectLimits.savedBytes.value, context);
    const result = assessPractices({
      runs,
      project,
      now,
      cadence: (run, series) => cadences.get(run.id)?.[series] ?? null,
      repository: repositoryOf(paths, runs),
    });
    const issues = [...slips, ...loaded.issues];
    await context.write(
      args.flag('json')
        ? documentText({ command: 'practices', ...resultDocument(result, runs, project), project_file: file, issues: issues.map(issueDocument) })
        : resultText(result, runs, project) + issueLines(issues),
    );
    const failures = new Set([...result.gated, ...(least === null ? [] : failing(result.findings, least))]);
    for (const { rule, title } of failures) context.tell(`diptych: ${rule} ${title}: the gate is not met.\n`);
    return failures.size > 0 ? exitCodes.gate : loaded.exitCode;
  },
};

function severityOf(text: string | undefined): FindingSeverity | null {
  if (text === undefined) return null;
  const known = Object.keys(severityOrder);
  if (!known.includes(text)) throw new UsageError(`--fail-on wants ${known.join(', ')}, not '${text}'`, nearestTo(text, known));
  return text as FindingSeverity;
}

const waiverDocument = ({ rule, run, reason, untilMs }: Waiver): object => ({ rule, run, reason, until: untilMs === null ? null : endText(untilMs) });

function resultDocument(result: PracticesResult, runs: readonly Run[], project: Project): Readonly<Record<string, unknown>> {
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

function resultText(result: PracticesResult, runs: readonly Run[], project: Project): string {
  const names = new Map(runs.map((run) => [run.id, displayName(run)]));
  const findings = result.findings.map((finding) => findingText(finding, names));
  const ranked = rankingOf(
    runs.filter(({ deleted }) => !deleted),
    project,
    result.leftOut,
  );
  return [
    ...(findings.length === 0 ? ['Nothing to say.\n'] : findings),
    ...(ranked
      ? [
          `Ranked by ${shown(project.contract?.metric ?? '')}: ${ranked.map(({ run, value }) => `${shown(displayName(run), 30)} ${value}`).join(', ') || 'no run'}\n`,
        ]
      : []),
    ...[...result.leftOut].map(
      ([id, breaches]) => `Left out: ${shown(names.get(id) ?? id)} (${shown(breaches.map(({ reason }) => reason).join('; '), 200)})\n`,
    ),
    ...result.waivers
      .filter(({ state }) => state !== 'in force')
      .map(({ waiver, state }) => `Waiver of ${waiver.rule} ${state}: ${shown(waiver.reason, 100)}\n`),
    ...result.notAssessed.map(({ rule, reason }) => `${rule} not assessed: ${shown(reason, 200)}\n`),
    ...(result.clear.length > 0 ? [`Clear: ${result.clear.join(', ')}\n`] : []),
  ].join('');
}

function findingText(finding: PracticeFinding, names: ReadonlyMap<RunId, string>): string {
  const { rule, title, severity, mode, runs, summary, caveat, advice, waivers, waived } = finding;
  const named = runs.slice(0, 6).map((id) => shown(names.get(id) ?? id, 40));
  const indent = (text: string) => text.split('\n').map((line) => `      ${shown(line, 200)}`);
  return [
    `${waived ? 'waived' : severity} ${rule} ${title}${mode === 'gate' ? ' (gate)' : ''}`,
    `  ${shown(summary, 500)}`,
    ...(runs.length > 0 ? [`  Runs: ${named.join(', ')}${runs.length > named.length ? ` and ${runs.length - named.length} more` : ''}`] : []),
    `  Do: ${shown(advice.text, 300)}`,
    ...(advice.code ? indent(advice.code) : []),
    `  Unless: ${shown(caveat, 200)}`,
    ...waivers.map(
      ({ run, reason, untilMs }) =>
        `  Waived${run === null ? '' : ` for ${shown(names.get(run as RunId) ?? run, 40)}`}: ${shown(reason, 200)}${untilMs === null ? '' : ` (until ${endText(untilMs)})`}`,
    ),
    '',
  ]
    .map((line) => `${line}\n`)
    .join('');
}
