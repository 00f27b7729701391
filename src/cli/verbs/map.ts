// `diptych map`: proposes how to read logs that no reader knows, and shows what that would give.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Issue } from '../../core/base/issues';
import type { Source } from '../../core/ingest/contract';
import { checkMapping, type MappingCheck, type Survey, surveyTree } from '../../core/ingest/survey';
import { mappingFileName } from '../../core/mapping/mapping';
import type { MappingPreview } from '../../core/readers/mapping/preview';
import { SourceError, type SourceTree } from '../../core/source/source';
import { documentText, issueDocument } from '../document';
import { type ExitCode, exitCodes, UsageError } from '../exit';
import { mappingOf, mappingOption } from '../load-mapping';
import { writeWhole } from '../output-file';
import { limitSpecs, limitsOf } from '../read-runs';
import { sourceOf } from '../sources';
import { columns, issueLines, shown } from '../tables';
import type { CliContext, Verb, VerbArgs } from '../verb';

/** More than a page shows, so that counts are those of the import but for huge logs. */
const bounds = { files: 5000, bytes: 64 * 1024 * 1024 };
const linesShown = 5;

export const verb: Verb = {
  meta: {
    id: 'map',
    summary: 'Propose how to read home-made logs, and preview it.',
    usage: `PATH [--mapping FILE] [--write ${mappingFileName}] [--json]`,
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      write: { type: 'string', help: 'Write the mapping to this file; it must not be there yet.' },
      ...mappingOption,
      ...limitSpecs,
    },
  },
  async run(args, context) {
    const [path, ...more] = args.positionals;
    if (path === undefined || more.length > 0) throw new UsageError('map takes one PATH: the folder or file with the logs');
    const output = outputOf(args, context);
    const given = mappingOf(args, context);
    const source = sourceOf(path, context);
    const options = { signal: context.signal, limits: limitsOf(args) };
    const issues: Issue[] = [];
    try {
      const tree = await scanned(source, options, issues, context);
      const survey = tree && (await surveyTree(tree, options));
      const text = given ?? survey?.proposal;
      const check = tree && text !== undefined ? await checkMapping(tree, text, options, bounds) : null;
      if (args.flag('json')) await context.write(json(survey, text, check, issues));
      else await context.write(words(survey, text, check, issues));
      const found = (check?.preview?.runCount ?? 0) > 0;
      if (output !== null && found && text !== undefined) {
        await writeWhole(output, (write) => write(text));
        context.tell(`diptych: written to ${output}\n`);
      }
      return codeOf(found, tree !== null);
    } finally {
      await source.close?.();
    }
  },
};

const codeOf = (found: boolean, scanned: boolean): ExitCode => (found && scanned ? exitCodes.done : exitCodes.nothing);

function outputOf(args: VerbArgs, context: CliContext): string | null {
  const named = args.text('write');
  if (named === undefined) return null;
  const file = resolve(context.cwd, named);
  if (existsSync(file)) throw new UsageError(`${file} is there already: name another file, or try it with --mapping`);
  return file;
}

async function scanned(
  source: Source,
  { signal, limits }: { readonly signal: AbortSignal; readonly limits: ReturnType<typeof limitsOf> },
  issues: Issue[],
  context: CliContext,
): Promise<SourceTree | null> {
  try {
    return await source.scan({ signal, limits, issue: (one) => void issues.push(one), progress: (entries) => context.status(`Listing… ${entries} files`) });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SourceError)) throw error;
    issues.push({ code: error.code, severity: 'critical', message: error.message, tip: 'Check the spelling.', file: error.file });
    return null;
  }
}

function json(survey: Survey | null, text: string | undefined, check: MappingCheck | null, issues: readonly Issue[]): string {
  const preview = check?.preview;
  return documentText({
    command: 'map',
    unknown: survey?.unknown.map(({ path, size, guess, score }) => ({ path, size, guess, score })) ?? [],
    unknown_count: survey?.unknownCount ?? 0,
    mapping: text === undefined ? null : JSON.parse(text),
    runs: preview?.runs.map(({ name, path, points, series, params }) => ({ name: name === '' ? null : name, path, points, series, params })) ?? [],
    run_count: preview?.runCount ?? 0,
    point_count: preview?.pointCount ?? 0,
    columns: preview?.columns.map(({ name, role, numbers, texts, example }) => ({ name, role: role.replace('maybe-', ''), numbers, texts, example })) ?? [],
    files: preview?.files.map(({ path, lines, matched, unmatched, samples }) => ({ path, lines, matched, unmatched, samples })) ?? [],
    partial: preview?.partial ?? false,
    issues: [...issues, ...(check?.problems ?? []), ...(preview?.issues ?? [])].map(issueDocument),
  });
}

function words(survey: Survey | null, text: string | undefined, check: MappingCheck | null, issues: readonly Issue[]): string {
  const preview = check?.preview ?? null;
  // Lines that fit no rule are shown with their text.
  const all = [...issues, ...(check?.problems ?? []), ...(preview?.issues.filter(({ code }) => code !== 'unmatched') ?? [])];
  if (!survey) return issueLines(all);
  const files = survey.unknown.slice(0, 30).map(({ path, guess, score }) => [shown(path, 70), guess ?? '–', guess === null ? '' : score.toFixed(2)]);
  const unknown = files.length === 0 ? 'No file here that might be a log is unknown.\n' : `${columns(['UNKNOWN FILE', 'LOOKS LIKE', 'SCORE'], files, [2])}`;
  const rest = survey.unknownCount > files.length ? `… and ${survey.unknownCount - files.length} more\n` : '';
  return [unknown + rest, text === undefined || preview?.runCount === 0 ? '' : text, preview ? previewWords(preview) : '', issueLines(all)]
    .filter((part) => part !== '')
    .join('\n');
}

function previewWords({ runs, runCount, pointCount, files, partial }: MappingPreview): string {
  if (runCount === 0) return 'Nothing is read by it.\n';
  const rows = runs.map(({ name, path, points, seriesCount }) => [shown(name || path, 48), String(seriesCount), String(points)]);
  const head = `${runCount} ${runCount === 1 ? 'run' : 'runs'}, ${pointCount} points${partial ? ' (of the beginning only)' : ''}\n`;
  const left = files
    .filter(({ unmatched }) => unmatched > 0)
    .slice(0, 10)
    .map(({ path, lines, matched, samples }) => {
      const some = samples.slice(0, linesShown).map(({ line, text }) => `  ${String(line).padStart(6)}  ${shown(text, 100)}\n`);
      return `${shown(path, 70)}: ${matched} of ${lines} lines fit; the first of the others:\n${some.join('')}`;
    });
  return [head + columns(['RUN', 'SERIES', 'POINTS'], rows, [1, 2]), ...left].join('\n');
}
