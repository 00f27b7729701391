// `diptych practices`: whether a project is kept in good order, with gates for CI.

import type { RunId } from '../../core/base/units';
import { type FindingSeverity, severityOrder } from '../../core/health/finding';
import { displayName, type Run } from '../../core/model/run';
import { failing, type PracticeFinding, type PracticesResult } from '../../core/practices/assess';
import { rankingOf } from '../../core/practices/contract';
import { endText } from '../../core/project/dates';
import type { Project } from '../../core/project/project';
import { practicesAnswer, practicesDocument } from '../answers/practices';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { projectOptions } from '../load-project';
import { readOptions } from '../read-runs';
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
    const answer = await practicesAnswer(args, context);
    const { result, runs, project, file, issues } = answer;
    await context.write(
      args.flag('json')
        ? documentText({ command: 'practices', ...practicesDocument(answer), project_file: file, issues: issues.map(issueDocument) })
        : resultText(result, runs, project) + issueLines(issues),
    );
    const failures = new Set([...result.gated, ...(least === null ? [] : failing(result.findings, least))]);
    for (const { rule, title } of failures) context.tell(`diptych: ${rule} ${title}: the gate is not met.\n`);
    return failures.size > 0 ? exitCodes.gate : answer.exitCode;
  },
};

function severityOf(text: string | undefined): FindingSeverity | null {
  if (text === undefined) return null;
  const known = Object.keys(severityOrder);
  if (!known.includes(text)) throw new UsageError(`--fail-on wants ${known.join(', ')}, not '${text}'`, nearestTo(text, known));
  return text as FindingSeverity;
}

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
