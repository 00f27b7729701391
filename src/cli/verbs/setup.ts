// `diptych setup`: how well training code is instrumented, finding by finding, without running any of it.
import type { Severity } from '../../core/base/issues';
import type { SetupFinding } from '../../core/setup/finding';
import { setupAnswer, setupDocument, severityWords } from '../answers/setup';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadRuns, readOptions } from '../read-runs';
import type { Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'setup',
    summary: 'Review training code: is what matters logged, seeded, saved? Code is parsed, never run.',
    usage: 'CODE... [--runs PATH] [--json] [--fail-on high|medium|low]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      runs: { type: 'string', multiple: true, help: 'Runs of this code: they confirm findings or withdraw them.' },
      'fail-on': { type: 'string', help: 'Exit 1 on a finding at least this severe: high, medium or low.' },
      ...readOptions,
    },
  },
  async run(args, context) {
    const failOn = failOnOf(args);
    if (args.positionals.length === 0) throw new UsageError('a path of code is missing: a folder, a Python file or a notebook');
    const runs = args.texts('runs').length > 0 ? (await loadRuns(args.texts('runs'), args, context)).runs : [];
    const answer = await setupAnswer(args.positionals, runs, context);
    const findings = answer.reviews.flatMap(({ review }) => review.findings);
    if (args.flag('json')) {
      await context.write(documentText({ command: 'setup', ...setupDocument(answer), issues: answer.issues.map(issueDocument) }));
    } else await context.write(findings.length === 0 ? 'Nothing was found.\n' : findings.map(findingText).join('\n'));
    if (answer.reviews.every(({ review }) => review.files.length === 0)) return exitCodes.nothing;
    const limit = failOn === null ? -1 : order.indexOf(failOn);
    return findings.some(({ severity }) => order.indexOf(severity) <= limit) ? exitCodes.gate : exitCodes.done;
  },
};

const order: readonly Severity[] = ['critical', 'warn', 'note', 'info'];

function failOnOf(args: VerbArgs): Severity | null {
  const text = args.text('fail-on');
  if (text === undefined) return null;
  const found = order.find((severity) => severityWords[severity] === text);
  if (!found || found === 'info') throw new UsageError(`--fail-on takes high, medium or low, not '${text}'`);
  return found;
}

function findingText({ rule, severity, places, summary, why, fix }: SetupFinding): string {
  const [place] = places;
  const where = place ? `${place.file}${place.cell === null ? '' : ` cell ${place.cell}`}:${place.line}` : 'the project';
  return [
    `${severityWords[severity]} ${rule} ${where}: ${summary}`,
    `  ${why}`,
    ...(fix ? [`  Fix: ${fix.text}`, ...(fix.code ? fix.code.split('\n').map((line) => `    ${line}`) : [])] : []),
    '',
  ].join('\n');
}
