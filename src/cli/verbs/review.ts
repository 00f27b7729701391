// `diptych review`: what an experienced engineer would say of runs and their code, in five parts.

import { resolve } from 'node:path';
import { renderers } from '../../core/report/renderer';
import { reviewDocument } from '../../core/report/review-document';
import { itemsOf, type Review, type ReviewItem } from '../../core/review/result';
import { placeText } from '../../core/setup/places';
import { type PartId, partTitles, partWords } from '../../core/view/review-words';
import { WireError } from '../../wire/errors';
import { patcherOf, type ReviewAnswer, reviewAnswer, reviewFields } from '../answers/review';
import { severityWords, writeSarif } from '../answers/setup';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { failOnOf, isAtLeast } from '../fail-on';
import { projectOptions } from '../load-project';
import { renderReport } from '../make-report';
import { writeWhole } from '../output-file';
import { readOptions } from '../read-runs';
import { issueLines, shown } from '../tables';
import type { CliContext, Verb } from '../verb';
import { version } from '../version';

const endings = ['md', 'html', 'pdf', 'json'] as const;

export const verb: Verb = {
  meta: {
    id: 'review',
    summary: 'Review runs and their code in five parts: assessment, critical issues, recommendations, organization, next steps.',
    usage: 'PATH... [--code CODE] [--json|--md|-o FILE.{md,html,pdf,json}] [--sarif FILE] [--fail-on high|medium|low]',
    options: {
      code: { type: 'string', multiple: true, help: 'Training code of these runs: a folder, a Python file or a notebook. It is parsed, never run.' },
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      md: { type: 'boolean', help: 'Print Markdown.' },
      output: { type: 'string', short: 'o', help: 'Write a file; its ending says the format.' },
      sarif: { type: 'string', help: 'Also write what was found in the code as SARIF 2.1.0 into this file, for code hosts.' },
      title: { type: 'string', help: 'The title of the document.' },
      metric: { type: 'string', help: 'The metric to judge by; else the likeliest.' },
      direction: { type: 'string', help: 'min or max: which way is better, where the name does not say it.' },
      'fail-on': { type: 'string', help: 'Exit 1 on an item at least this severe, unless it is set aside: high, medium or low.' },
      date: { type: 'string', help: 'The moment to judge by instead of now, so that it comes out the same: 2026-01-31T12:00:00Z.' },
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const failOn = failOnOf(args);
    const sarif = args.text('sarif');
    if (sarif !== undefined && args.texts('code').length === 0) throw new UsageError('--sarif is about code: name it with --code CODE');
    const output = args.text('output');
    const ending = output?.split('.').at(-1)?.toLowerCase();
    if (output !== undefined && !endings.some((one) => one === ending))
      throw new UsageError(`a review ending in .${ending} cannot be written; ${endings.map((one) => `.${one}`).join(', ')} can`);
    const answer = await reviewAnswer(args, context);
    const json = (): string => documentText({ command: 'review', ...reviewFields(answer), issues: answer.issues.map(issueDocument) });
    const { review, now, setup } = answer;
    if (sarif !== undefined && setup) await writeSarif(setup, sarif, context.cwd);
    const title = args.text('title');
    const patchOf = patcherOf(answer);
    const document = reviewDocument(review, { createdMs: now, patchOf, generator: `Diptych ${version}`, ...(title === undefined ? {} : { title }) });
    if (output !== undefined && !(await written(output, ending === 'json' ? json() : document, context))) return exitCodes.gate;
    if (args.flag('json')) await context.write(json());
    else if (args.flag('md')) await context.write(markdown.render(document, { svgOf: () => '' }));
    else if (output === undefined) await context.write(reviewText(answer));
    if (output !== undefined || args.flag('md')) context.tell(issueLines(answer.issues));
    if (failOn === null) return answer.exitCode;
    const failed = itemsOf(review).filter(({ severity }) => isAtLeast(severity, failOn));
    for (const { severity, rule, title: what } of failed.slice(0, 20))
      context.tell(`diptych: ${severityWords[severity]} ${rule} ${what}: the gate is not met.\n`);
    return failed.length > 0 ? exitCodes.gate : answer.exitCode;
  },
};

const markdown = renderers.find(({ meta }) => meta.id === 'md') as (typeof renderers)[number];

/** False where the PDF could not be printed, which is said. */
async function written(output: string, what: string | ReturnType<typeof reviewDocument>, context: CliContext): Promise<boolean> {
  try {
    const { bytes, note } = typeof what === 'string' ? { bytes: what, note: null } : await renderReport(what, output, context.signal);
    await writeWhole(resolve(context.cwd, output), (write) => write(bytes));
    if (note) context.tell(`${note}\n`);
    context.tell(`The review is written to ${output}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof WireError) || context.signal.aborted) throw error;
    context.tell(`${error.message} ${error.tip ?? ''}\n`);
    return false;
  }
}

function reviewText({ review, issues }: ReviewAnswer): string {
  const head = (part: PartId): string => `${partTitles[part]}\n`;
  const items = (part: 'critical' | 'recommendations' | 'organization'): string =>
    `${head(part)}${review[part].map((item) => itemText(item)).join('') || `  ${partWords(part, review)}\n`}`;
  return [
    `${head('assessment')}${review.assessment.map(({ text }) => `  ${shown(text, 2000)}\n`).join('')}`,
    items('critical'),
    items('recommendations'),
    items('organization'),
    `${head('next_steps')}${stepsText(review)}`,
    `${review.notAssessed.length > 0 ? `Not assessed: ${review.notAssessed.length}, which is unknown and not in order; --json lists them with their reasons.\n` : ''}${review.stated
      .map(({ rule, words }) => `${rule} ${shown(words, 300)}\n`)
      .join('')}${issueLines(issues)}`,
  ].join('\n');
}

const mostPlaces = 3;

function itemText({ severity, rules, title, summary, caveat, fix, confidence, evidence }: ReviewItem): string {
  const places = [...new Set(evidence.flatMap((one) => one.places.map(placeText)))];
  const rest = places.length - mostPlaces;
  const where = places.length === 0 ? '' : ` ${places.slice(0, mostPlaces).join(', ')}${rest > 0 ? ` and ${rest} more` : ''},`;
  return [
    `  ${severityWords[severity].padEnd(6)} ${shown(title, 200)} (${shown(rules.join(', '), 80)},${shown(where, 400)} ${Math.round(100 * confidence)} % sure)`,
    `         ${shown(summary, 800)}`,
    ...(fix ? [`         → ${shown(fix.text, 600)}`, ...(fix.code ? fix.code.split('\n').map((line) => `           ${shown(line, 300)}`) : [])] : []),
    ...(caveat ? [`         But: ${shown(caveat, 400)}`] : []),
    '',
  ].join('\n');
}

const stepsText = (review: Review): string =>
  review.nextSteps.map(({ kind, title, text }) => `  ${kind.padEnd(10)} ${shown(title, 300)}\n             ${shown(text, 800)}\n`).join('') ||
  `  ${partWords('next_steps', review)}\n`;
