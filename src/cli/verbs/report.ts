// `diptych report`: a comparison as PDF, HTML, Markdown, LaTeX, CSV or JSON.

import { resolve } from 'node:path';
import { displayName } from '../../core/model/run';
import { WireError } from '../../wire/errors';
import { exitCodes, UsageError } from '../exit';
import { loadProject, projectOptions } from '../load-project';
import { makeReport, rendererOf, renderReport } from '../make-report';
import { writeWhole } from '../output-file';
import { loadRuns, readOptions } from '../read-runs';
import { createdOf, listOf, pageOptions, templateOf, templateOption } from '../report-options';
import { selectRun } from '../select-run';
import { issueLines, shown } from '../tables';
import type { Verb } from '../verb';

/** More runs than this make a report that nobody reads; the rest is named by --runs. */
const mostRuns = 40;
const digestBytes = 64 * 1024 * 1024;

export const verb: Verb = {
  meta: {
    id: 'report',
    summary: 'Write a comparison as PDF, HTML, Markdown (whole, or short for a pull request), LaTeX, CSV or JSON.',
    usage: 'PATH... -o FILE.{pdf,html,md,pr.md,tex,csv,json} [--template FILE] [--runs ID,…] [--baseline ID] [--sections …] [--title …]',
    options: {
      output: { type: 'string', short: 'o', help: 'The file; its ending says the format.' },
      runs: { type: 'string', help: 'Only these runs: ids, native ids or names, with commas between.' },
      baseline: { type: 'string', help: 'The run that the others are compared with; the first unless given.' },
      ...pageOptions,
      ...templateOption,
      ...projectOptions,
      ...readOptions,
    },
  },
  async run(args, context) {
    const output = args.text('output');
    if (output === undefined) throw new UsageError('-o FILE is missing: FILE.pdf, FILE.html, …');
    if (!/\.pdf$/i.test(output)) rendererOf(output);
    const template = templateOf(args, context);
    const createdMs = createdOf(args, context);

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
    const document = await makeReport({
      runs,
      known: loaded.runs,
      points: loaded.points,
      project,
      template,
      createdMs,
      signal: context.signal,
      ...(reference ? { baseline: reference.id } : {}),
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
