// `diptych setup`: how well training code is instrumented, finding by finding, without running any of it.
import { resolve } from 'node:path';
import type { Issue, Severity } from '../../core/base/issues';
import type { SetupFinding, SetupReview } from '../../core/setup/finding';
import { toUnifiedDiff } from '../../core/setup/patch';
import type { Project } from '../../core/setup/project/project';
import { readProject } from '../../core/setup/project/read';
import { reviewSetup } from '../../core/setup/review';
import { defaultLimits } from '../../core/source/reader';
import { SourceError } from '../../core/source/source';
import { asset } from '../../host/assets';
import { pathSource } from '../../host/sources/folder';
import { documentText, issueDocument } from '../document';
import { exitCodes, UsageError } from '../exit';
import { loadRuns, readOptions } from '../read-runs';
import type { CliContext, Verb, VerbArgs } from '../verb';

const words: Readonly<Record<Severity, string>> = { critical: 'high', warn: 'medium', note: 'low', info: 'info' };

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
    const issues: Issue[] = [];
    const runs = args.texts('runs').length > 0 ? (await loadRuns(args.texts('runs'), args, context)).runs : [];
    const reviews: { readonly review: SetupReview; readonly project: Project }[] = [];
    for (const path of args.positionals) {
      const project = await projectAt(path, context, issues);
      if (project) reviews.push({ project, review: reviewSetup(project, { runs }) });
    }
    const findings = reviews.flatMap(({ review, project }) => review.findings.map((finding) => ({ finding, project })));
    if (args.flag('json')) {
      await context.write(
        documentText({
          command: 'setup',
          files: reviews.flatMap(({ review }) => review.files),
          frameworks: [...new Set(reviews.flatMap(({ review }) => review.frameworks))].sort(),
          trackers: [...new Set(reviews.flatMap(({ review }) => review.trackers))].sort(),
          findings: findings.map(({ finding, project }) => findingDocument(finding, project)),
          withdrawn: reviews.flatMap(({ review, project }) => review.withdrawn.map((finding) => findingDocument(finding, project))),
          unknown: reviews.flatMap(({ review }) => review.unknown),
          coverage: Object.fromEntries(Object.entries(reviews[0]?.review.coverage ?? {}).map(([axis, { state }]) => [axis, state])),
          coverage_places: Object.fromEntries(Object.entries(reviews[0]?.review.coverage ?? {}).map(([axis, { places }]) => [axis, places])),
          skipped: reviews.flatMap(({ project }) => project.files.skipped),
          issues: issues.map(issueDocument),
        }),
      );
    } else {
      const withdrawn = reviews.flatMap(({ review }) => review.withdrawn);
      const told = [...findings.map(({ finding }) => finding), ...withdrawn];
      await context.write(told.length === 0 ? 'Nothing was found.\n' : told.map(findingText).join('\n'));
    }
    if (reviews.every(({ review }) => review.files.length === 0)) return exitCodes.nothing;
    const limit = failOn === null ? -1 : order.indexOf(failOn);
    return findings.some(({ finding }) => order.indexOf(finding.severity) <= limit) ? exitCodes.gate : exitCodes.done;
  },
};

const order: readonly Severity[] = ['critical', 'warn', 'note', 'info'];

function failOnOf(args: VerbArgs): Severity | null {
  const text = args.text('fail-on');
  if (text === undefined) return null;
  const found = order.find((severity) => words[severity] === text);
  if (!found || found === 'info') throw new UsageError(`--fail-on takes high, medium or low, not '${text}'`);
  return found;
}

async function projectAt(path: string, context: CliContext, issues: Issue[]): Promise<Project | null> {
  const source = pathSource(resolve(context.cwd, path));
  try {
    const tree = await source.scan({ signal: context.signal, limits: defaultLimits, issue: (one) => void issues.push(one), progress: () => {} });
    return await readProject(tree, { signal: context.signal, asset, progress: (done, all) => context.status(`${done} of ${all} files`) });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push({ code: error.code, severity: 'critical', message: error.message, tip: 'Name a folder that is there.', file: error.file });
    return null;
  } finally {
    await source.close?.();
  }
}

function findingDocument(finding: SetupFinding, project: Project): object {
  const [place] = finding.places;
  return {
    rule: finding.rule,
    severity: words[finding.severity],
    confidence: finding.confidence,
    file: place?.file ?? null,
    line: place?.line ?? null,
    end_line: place?.endLine ?? null,
    cell: place?.cell ?? null,
    places: finding.places.length > 1 ? finding.places : undefined,
    summary: finding.summary,
    why: finding.why,
    by_runs: finding.byRuns,
    fix: finding.fix && {
      text: finding.fix.text,
      code: finding.fix.code,
      patch: finding.fix.edits.length > 0 ? toUnifiedDiff(finding.fix.edits, project) : undefined,
    },
  };
}

function findingText({ rule, severity, places, summary, why, fix, byRuns }: SetupFinding): string {
  const [place] = places;
  const where = place ? `${place.file}${place.cell === null ? '' : ` cell ${place.cell}`}:${place.line}` : 'the project';
  return [
    `${words[severity]} ${rule} ${where}: ${summary}`,
    `  ${why}`,
    ...(byRuns ? [`  ${byRuns.verdict === 'confirmed' ? 'Confirmed' : 'Withdrawn'} by runs: ${byRuns.reason}`] : []),
    ...(fix ? [`  Fix: ${fix.text}`, ...(fix.code ? fix.code.split('\n').map((line) => `    ${line}`) : [])] : []),
    '',
  ].join('\n');
}
