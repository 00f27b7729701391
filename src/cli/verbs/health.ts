// `diptych health`: what the curves of every run show, what could not be assessed, and what several runs show together.

import { type ExpectedMetrics, expectedMetrics } from '../../core/health/expected/missing';
import { type AcrossFinding, type Finding, type FindingSeverity, severityOrder } from '../../core/health/finding';
import { healthRulesVersion } from '../../core/health/rule';
import { displayName, type Run } from '../../core/model/run';
import { endText } from '../../core/project/dates';
import { acrossDocument, healthAnswer, runHealthDocument, type Told, type ToldHealth } from '../answers/health';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { projectOptions } from '../load-project';
import { readOptions } from '../read-runs';
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
    const { judged, across, issues, slips, exitCode } = await healthAnswer(args, context);
    if (args.flag('json')) {
      await context.write(
        documentText({
          command: 'health',
          runs: judged.map(runHealthDocument),
          across: across.findings.map(acrossDocument),
          across_not_assessed: across.notAssessed,
          rules_version: healthRulesVersion,
          issues: [...issues, ...slips].map(issueDocument),
        }),
      );
    } else {
      const names = new Map(judged.map(({ run }) => [run.id as string, displayName(run)]));
      await context.write(
        `${judged.map(({ run, health }) => runText(run, health)).join('\n')}${acrossText(across.findings, names)}${issueLines([...issues, ...slips])}`,
      );
    }
    const standing = judged.flatMap(({ health }) => health.findings.filter(({ waived }) => waived === null));
    const worst = [...standing, ...across.findings].reduce((most, { severity }) => Math.max(most, severityOrder[severity]), -1);
    return failOn !== null && worst >= severityOrder[failOn] ? exitCodes.gate : exitCode;
  },
};

function failOnOf(args: VerbArgs): FindingSeverity | null {
  const text = args.text('fail-on');
  if (text === undefined) return null;
  if (text === 'critical' || text === 'warn' || text === 'note') return text;
  throw new UsageError(`--fail-on wants critical, warn or note, not '${text}'`, nearestTo(text, ['critical', 'warn', 'note']));
}

function runText(run: Run, { findings, notAssessed, clear }: ToldHealth): string {
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
