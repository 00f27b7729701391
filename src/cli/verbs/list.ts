// `diptych list`: one line a run.

import { documentText, issueDocument, pairsDocument } from '../document';
import { loadRuns, readOptions } from '../read-runs';
import { issueLines, listTable, pairLines, pointsOf } from '../tables';
import type { Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'list',
    summary: 'List runs, one line each.',
    usage: 'PATH... [--json]',
    options: { json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' }, ...readOptions },
  },
  async run(args, context) {
    const { runs, issues, exitCode } = await loadRuns(args.positionals, args, context);
    if (!args.flag('json')) {
      await context.write(listTable(runs) + pairLines(runs) + issueLines(issues));
      return exitCode;
    }
    const lines = runs.map((run) => ({
      id: run.id,
      native_id: run.nativeId,
      path: run.path,
      format: run.format,
      name: run.name,
      experiment: run.experiment,
      status: run.status,
      series: run.series.length,
      points: pointsOf(run),
    }));
    await context.write(documentText({ command: 'list', runs: lines, pairs: pairsDocument(runs), issues: issues.map(issueDocument) }));
    return exitCode;
  },
};
