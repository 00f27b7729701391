// `diptych setup`: how well training code is instrumented, finding by finding, without running any of it.
import { severityWords } from '../../core/base/issues';
import { endText } from '../../core/project/dates';
import { setupMarkdown } from '../../core/report/setup-markdown';
import { coverageAxes, type SetupFinding, type SetupReview, type SuppressedFinding } from '../../core/setup/finding';
import { mergedReviews } from '../../core/setup/merge';
import { placeText } from '../../core/setup/places';
import { toldOf } from '../../core/setup/told';
import { brokenFiles } from '../../core/view/code-review';
import { axisTitles, stateWords } from '../../core/view/coverage-words';
import { type SetupAnswer, setupAnswer, setupDocument, writePatch, writeSarif } from '../answers/setup';
import { dateOption } from '../arguments';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { failOnOf, isAtLeast } from '../fail-on';
import { loadProject, projectOptions } from '../load-project';
import { loadRuns, readOptions } from '../read-runs';
import { issueLines, shown } from '../tables';
import type { Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'setup',
    summary: 'Review training code: is what matters logged, seeded, saved? Code is parsed, never run.',
    usage: 'CODE... [--runs PATH] [--json|--md] [--patch FILE] [--sarif FILE] [--project FILE] [--fail-on high|medium|low]',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      md: { type: 'boolean', help: 'Print Markdown as a pull request shows it.' },
      patch: { type: 'string', help: 'Also write all fixes that are edits into this file: git apply FILE, in the folder that was reviewed.' },
      sarif: { type: 'string', help: 'Also write SARIF 2.1.0 into this file, for code hosts; run it at the root of the repository.' },
      runs: { type: 'string', multiple: true, help: 'Runs of this code: they confirm findings or withdraw them.' },
      date: { type: 'string', help: 'The moment at which waivers of the project file hold instead of now: 2026-01-31T12:00:00Z.' },
      'fail-on': { type: 'string', help: 'Exit 1 on a finding at least this severe: high, medium or low.' },
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const failOn = failOnOf(args);
    if (args.flag('json') && args.flag('md')) throw new UsageError('--json and --md are two forms of one text: choose one');
    if (args.positionals.length === 0) throw new UsageError('a path of code is missing: a folder, a Python file or a notebook');
    const patch = args.text('patch');
    if (patch !== undefined && args.positionals.length > 1) throw new UsageError('--patch is of one folder, in which git applies it: name one path of code');
    const { project, issues: slips } = loadProject(args, context, args.positionals);
    const nowMs = dateOption(args, 'date') ?? Date.now();
    const runs = args.texts('runs').length > 0 ? (await loadRuns(args.texts('runs'), args, context)).runs : [];
    const { reviews, issues } = await setupAnswer(args.positionals, runs, context, { project, nowMs });
    const answer = { reviews, issues: [...slips, ...issues] };
    const unread = answer.reviews.every(({ review }) => review.files.length === 0 && review.recipes.length === 0);
    const sarif = args.text('sarif');
    if (sarif !== undefined) await writeSarif(answer, sarif, context.cwd);
    // What lies there of an earlier review is worth more than nothing.
    if (patch !== undefined && !unread) context.tell(patchedText(patch, await writePatch(answer, patch, context.cwd)));
    const findings = answer.reviews.flatMap(({ review }) => review.findings);
    if (args.flag('json')) {
      await context.write(documentText({ command: 'setup', ...setupDocument(answer), issues: answer.issues.map(issueDocument) }));
    } else if (args.flag('md')) await context.write(setupMarkdown(answer.reviews));
    else if (answer.reviews.length > 0) {
      const told = [...findings, ...answer.reviews.flatMap(({ review }) => [...review.withdrawn, ...review.suppressed])];
      const head = `${toldOf(answer.reviews.map(({ review }) => review))}\n`;
      const isJudged = answer.reviews.some(({ review }) => review.trainings.length > 0 || review.recipes.length > 0);
      const said = told.length === 0 && isJudged ? ['No rule found anything.\n'] : told.map(findingText);
      const whole = mergedReviews(answer.reviews.map(({ review }) => review));
      const parts = [head, ...said, ...(whole ? [coverageText(whole), ...openText(whole)] : [])].filter((part) => part !== '');
      await context.write(unread ? 'There is no Python code here.\n' : parts.join('\n'));
    }
    if (!args.flag('json')) context.tell(issueLines(answer.issues) + leftOut(answer));
    if (unread) return exitCodes.nothing;
    return failOn !== null && findings.some(({ severity }) => isAtLeast(severity, failOn)) ? exitCodes.gate : exitCodes.done;
  },
};

const shownPlaces = 3;

/** The ten axes, with the lines that show them. */
function coverageText({ coverage, trainings }: SetupReview): string {
  if (trainings.length === 0) return '';
  const lines = coverageAxes.map((axis) => {
    const { state, places } = coverage[axis];
    const rest = places.length - shownPlaces;
    const where = `${places.slice(0, shownPlaces).map(placeText).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    return `  ${stateWords[state].padEnd(8)} ${axisTitles[axis].padEnd(29)} ${where}`.trimEnd();
  });
  return `Coverage\n${lines.join('\n')}\n`;
}

/** What could not be answered, with the reason: never a pass. */
const openText = ({ unknown }: SetupReview): readonly string[] =>
  unknown.length === 0 ? [] : [`Not answered, which is no pass\n${unknown.map(({ rule, reason }) => `  ${rule} ${shown(reason, 300)}\n`).join('')}`];

function patchedText(file: string, { mended, left }: { readonly mended: number; readonly left: number }): string {
  if (mended === 0) return `No fix here is an edit that is safe to make: ${file} is empty.\n`;
  const more = left === 0 ? '' : ` ${left} more touch the same lines: review again after it.`;
  return `${file} mends ${mended} ${mended === 1 ? 'finding' : 'findings'}: git apply ${file}, in the folder that was reviewed.${more}\n`;
}

/** One line where files were left out, which may be most of a folder that was named by mistake; one where the parser had to guess. */
function leftOut({ reviews }: SetupAnswer): string {
  const [broken, ...others] = reviews.flatMap(({ project }) => brokenFiles(project));
  const guessed = broken
    ? `${shown(broken.file, 300)} is not all Python 3, first at line ${broken.line}; the rest of it was reviewed.${
        others.length === 0 ? '' : ` ${others.length} more ${others.length === 1 ? 'file is' : 'files are'} like it; --json names them all.`
      }\n`
    : '';
  const [first, ...more] = reviews.flatMap(({ project }) => project.files.skipped);
  if (!first) return guessed;
  const all = more.length === 0 ? '' : ` It is the first of ${more.length + 1} that were left out; --json names them all.`;
  return `${guessed}${shown(first.path, 300)} was not reviewed: ${first.reason}.${all}\n`;
}

function findingText(finding: SetupFinding | SuppressedFinding): string {
  const { rule, severity, places, summary, why, fix, byRuns } = finding;
  const [place] = places;
  if ('suppressed' in finding) {
    const { by, reason, untilMs } = finding.suppressed;
    const how = `${by === 'comment' ? ' by a comment' : ''}${untilMs === null ? '' : ` until ${endText(untilMs)}`}`;
    return `set aside ${rule} ${placeText(place)}: ${summary}\n  Set aside${how}${reason === null ? '.' : `: ${shown(reason, 300)}`}\n`;
  }
  return [
    `${severityWords[severity]} ${rule} ${placeText(place)}: ${summary}`,
    `  ${why}`,
    ...(byRuns ? [`  ${byRuns.verdict === 'confirmed' ? 'Confirmed' : 'Withdrawn'} by runs: ${byRuns.reason}`] : []),
    ...(fix ? [`  Fix: ${fix.text}`, ...(fix.code ? fix.code.split('\n').map((line) => `    ${line}`) : [])] : []),
    '',
  ].join('\n');
}
