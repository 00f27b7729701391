// `diptych diff`: what differs between runs, against the first as baseline.

import { compareRuns } from '../../core/compare/comparison';
import { compareGroups } from '../../core/groups/compare-groups';
import { referredRuns } from '../answers/diff';
import { comparisonDocument, groupComparisonDocument } from '../compare-document';
import { comparisonText } from '../compare-text';
import { groupsOf } from '../diff-groups';
import { documentText, issueDocument } from '../document';
import { type ExitCode, exitCodes, UsageError } from '../exit';
import { readOptions } from '../read-runs';
import { issueLines } from '../tables';
import type { CliContext, Verb, VerbArgs } from '../verb';

export const verb: Verb = {
  meta: {
    id: 'diff',
    summary: 'Show what differs between two or more runs.',
    usage: 'RUN RUN [RUN...] [--json], where RUN is a path to one run or PATH#ID; or --in PATH ID ID [ID...]; or PATH... --by all-but-seed',
    options: {
      json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
      in: { type: 'string', multiple: true, help: 'Look for the runs in this PATH; then RUN is an id or a name.' },
      by: { type: 'string', help: 'all-but-seed: compare groups of repeated runs. RUNs choose the groups they are in; a PATH all of its groups.' },
      all: { type: 'boolean', help: 'Print equal rows too (without --json).' },
      ...readOptions,
    },
  },
  async run(args, context) {
    if (args.text('by') !== undefined) return diffGroups(args, context);
    if (args.positionals.length < 2) throw new UsageError('two runs or more are wanted');
    const { loaded, runs } = await referredRuns(args, context);
    if (runs.length === 0) {
      if (args.flag('json')) await context.write(documentText({ command: 'diff', runs: [], issues: loaded.issues.map(issueDocument) }));
      else context.tell('diptych: no runs were found.\n');
      return exitCodes.nothing;
    }
    const comparison = compareRuns(runs);
    if (args.flag('json'))
      await context.write(documentText({ command: 'diff', ...comparisonDocument(comparison, runs), issues: loaded.issues.map(issueDocument) }));
    else await context.write(comparisonText(comparison, runs, args.flag('all')) + issueLines(loaded.issues));
    return loaded.exitCode;
  },
};

/** Groups instead of runs: the first found, or named, is the baseline. */
async function diffGroups(args: VerbArgs, context: CliContext): Promise<ExitCode> {
  const { loaded, groups } = await groupsOf(args, context);
  const issues = loaded.issues.map(issueDocument);
  if (groups.length === 0) {
    if (args.flag('json')) await context.write(documentText({ command: 'diff', runs: [], issues }));
    else context.tell('diptych: no runs were found.\n');
    return exitCodes.nothing;
  }
  if (groups.length === 1) throw new UsageError(`there is only one group: ${groups[0]?.name} (${groups[0]?.members.length} runs)`);
  const comparison = compareGroups(groups);
  if (args.flag('json')) await context.write(documentText({ command: 'diff', ...groupComparisonDocument(comparison, 'all-but-seed'), issues }));
  else await context.write(comparisonText(comparison, comparison.groups, args.flag('all')) + issueLines(loaded.issues));
  return loaded.exitCode;
}
