// `diptych inspect`: everything that is known of the runs below the PATHs, without their points.

import { documentText, issueDocument, pairsDocument, runDocument } from '../document';
import { loadRuns, readOptions } from '../read-runs';
import { inspectTable, pairLines } from '../tables';
import type { Verb } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'inspect',
    summary: 'Show what is in run folders, files or archives.',
    usage: 'PATH... [--json]',
    options: { json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' }, ...readOptions },
  },
  async run(args, context) {
    const { runs, issues, exitCode } = await loadRuns(args.positionals, args, context);
    if (args.flag('json')) {
      await context.write(documentText({ command: 'inspect', runs: runs.map(runDocument), pairs: pairsDocument(runs), issues: issues.map(issueDocument) }));
    } else {
      await context.write(inspectTable(runs, issues) + pairLines(runs));
    }
    return exitCode;
  },
};
