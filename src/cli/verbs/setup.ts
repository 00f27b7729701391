// `diptych setup`: how well training code is instrumented, finding by finding, without running any of it.
import { resolve } from 'node:path';
import type { Severity } from '../../core/base/issues';
import { setupMarkdown } from '../../core/report/setup-markdown';
import type { SetupFinding } from '../../core/setup/finding';
import { placeText } from '../../core/setup/places';
import { setupAnswer, setupDocument, setupSarif, severityWords } from '../answers/setup';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { writeWhole } from '../output-file';
import { loadRuns, readOptions } from '../read-runs';
import type { Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'setup',
    summary: 'Review training code: is what matters logged, seeded, saved? Code is parsed, never run.',
    usage: 'CODE... [--runs PATH] [--json|--md] [--sarif FILE] [--fail-on high|medium|low]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      md: { type: 'boolean', help: 'Print Markdown as a pull request shows it.' },
      sarif: { type: 'string', help: 'Also write SARIF 2.1.0 into this file, for code hosts; run it at the root of the repository.' },
      runs: { type: 'string', multiple: true, help: 'Runs of this code: they confirm findings or withdraw them.' },
      'fail-on': { type: 'string', help: 'Exit 1 on a finding at least this severe: high, medium or low.' },
      ...readOptions,
    },
  },
  async run(args, context) {
    const failOn = failOnOf(args);
    if (args.flag('json') && args.flag('md')) throw new UsageError('--json and --md are two forms of one text: choose one');
    if (args.positionals.length === 0) throw new UsageError('a path of code is missing: a folder, a Python file or a notebook');
    const runs = args.texts('runs').length > 0 ? (await loadRuns(args.texts('runs'), args, context)).runs : [];
    const answer = await setupAnswer(args.positionals, runs, context);
    const unread = answer.reviews.every(({ review }) => review.files.length === 0);
    const sarif = args.text('sarif');
    if (sarif !== undefined) {
      const text = `${JSON.stringify(setupSarif(answer, context.cwd), null, 2)}\n`;
      await writeWhole(resolve(context.cwd, sarif), (write) => write(text));
    }
    const findings = answer.reviews.flatMap(({ review }) => review.findings);
    if (args.flag('json')) {
      await context.write(documentText({ command: 'setup', ...setupDocument(answer), issues: answer.issues.map(issueDocument) }));
    } else if (args.flag('md')) await context.write(setupMarkdown(answer.reviews));
    else {
      const told = [...findings, ...answer.reviews.flatMap(({ review }) => review.withdrawn)];
      const none = unread ? 'There is no Python code here.\n' : 'No rule found anything. What could not be answered is in --json.\n';
      await context.write(told.length === 0 ? none : told.map(findingText).join('\n'));
    }
    if (unread) return exitCodes.nothing;
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

function findingText({ rule, severity, places, summary, why, fix, byRuns }: SetupFinding): string {
  const [place] = places;
  return [
    `${severityWords[severity]} ${rule} ${placeText(place)}: ${summary}`,
    `  ${why}`,
    ...(byRuns ? [`  ${byRuns.verdict === 'confirmed' ? 'Confirmed' : 'Withdrawn'} by runs: ${byRuns.reason}`] : []),
    ...(fix ? [`  Fix: ${fix.text}`, ...(fix.code ? fix.code.split('\n').map((line) => `    ${line}`) : [])] : []),
    '',
  ].join('\n');
}
