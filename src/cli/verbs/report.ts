// `diptych report`: a comparison as PDF, HTML, Markdown, LaTeX, CSV or JSON.

import { resolve } from 'node:path';
import { displayName } from '../../core/model/run';
import { sections } from '../../core/report/build';
import { WireError } from '../../wire/errors';
import { dateOption } from '../arguments';
import { exitCodes, UsageError } from '../exit';
import { loadProject, projectOptions } from '../load-project';
import { makeReport, rendererOf, renderReport } from '../make-report';
import { writeWhole } from '../output-file';
import { loadRuns, readOptions } from '../read-runs';
import { selectRun } from '../select-run';
import { nearestTo } from '../spelling';
import { issueLines, shown } from '../tables';
import type { Verb } from '../verb';

/** More runs than this make a report that nobody reads; the rest is named by --runs. */
const mostRuns = 40;
const digestBytes = 64 * 1024 * 1024;

export const verb: Verb = {
  meta: {
    id: 'report',
    summary: 'Write a comparison as PDF, HTML, Markdown, LaTeX, CSV or JSON.',
    usage: 'PATH... -o FILE.{pdf,html,md,tex,csv,json} [--runs ID,…] [--baseline ID] [--sections …] [--title …]',
    options: {
      output: { type: 'string', short: 'o', help: 'The file; its ending says the format.' },
      runs: { type: 'string', help: 'Only these runs: ids, native ids or names, with commas between.' },
      baseline: { type: 'string', help: 'The run that the others are compared with; the first unless given.' },
      sections: { type: 'string', help: `Sections in this order: ${sections.map(({ meta }) => meta.id).join(',')}.` },
      title: { type: 'string', help: 'The title.' },
      date: { type: 'string', help: 'The date that the report carries, so that it comes out the same: 2026-01-31T12:00:00Z.' },
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const output = args.text('output');
    if (output === undefined) throw new UsageError('-o FILE is missing: FILE.pdf, FILE.html, …');
    const ending = output.split('.').at(-1)?.toLowerCase() ?? '';
    if (ending !== 'pdf') rendererOf(ending);
    const wanted = listOf(args.text('sections'));
    const known = sections.map(({ meta }) => meta.id);
    const unknown = wanted?.find((id) => !known.includes(id));
    if (unknown !== undefined) throw new UsageError(`there is no section '${unknown}'`, nearestTo(unknown, known));
    const createdMs = dateOption(args, 'date');

    const { project, issues: projectIssues } = loadProject(args, context, args.positionals);
    const loaded = await loadRuns(args.positionals, args, context, { keepPoints: () => true, digestBytes });
    if (loaded.runs.length === 0) {
      context.tell(`diptych: no runs were found.\n${issueLines(loaded.issues)}`);
      return exitCodes.nothing;
    }
    const words = listOf(args.text('runs'));
    const chosen = words ? words.map((word) => selectRun(loaded.runs, word)) : loaded.runs.filter(({ deleted }) => !deleted);
    const runs = [...new Set(chosen)].slice(0, mostRuns);
    if (chosen.length > runs.length && !words) context.tell(`The report holds the first ${runs.length} of ${chosen.length} runs; choose with --runs.\n`);
    const baseline = args.text('baseline');
    const reference = baseline === undefined ? undefined : selectRun(runs, baseline);
    const title = args.text('title');
    const document = await makeReport({
      runs,
      known: loaded.runs,
      points: loaded.points,
      project,
      signal: context.signal,
      ...(reference ? { baseline: reference.id } : {}),
      ...(title ? { title } : {}),
      ...(wanted ? { sections: wanted } : {}),
      ...(createdMs === undefined ? {} : { createdMs }),
    });
    try {
      const { bytes, note } = await renderReport(document, output, context.signal);
      await writeWhole(resolve(context.cwd, output), (write) => write(bytes));
      if (note) context.tell(`${note}\n`);
    } catch (error) {
      if (!(error instanceof WireError) || context.signal.aborted) throw error;
      context.tell(`${error.message} ${error.tip ?? ''}\n`);
      return exitCodes.gate;
    }
    context.tell(`${runs.map((run) => shown(displayName(run), 40)).join(', ')}: written to ${output}\n${issueLines([...projectIssues, ...loaded.issues])}`);
    return loaded.exitCode;
  },
};

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
