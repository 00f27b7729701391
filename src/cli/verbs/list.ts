// `diptych list`: one line a run.

import { runLineDocument } from '../answers/list';
import { documentText, issueDocument, pairsDocument } from '../document';
import { loadRuns, readOptions } from '../read-runs';
import { issueLines, listTable, pairLines } from '../tables';
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
    await context.write(documentText({ command: 'list', runs: runs.map(runLineDocument), pairs: pairsDocument(runs), issues: issues.map(issueDocument) }));
    return exitCode;
  },
};
