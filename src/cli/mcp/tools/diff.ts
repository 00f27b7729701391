// What differs between runs, or between groups of repeated runs.

import { z } from 'zod';
import { compareRuns } from '../../../core/compare/comparison';
import type { Row } from '../../../core/compare/rows';
import { compareGroups } from '../../../core/groups/compare-groups';
import { displayName } from '../../../core/model/run';
import { referredRuns } from '../../answers/diff';
import { comparisonDocument, groupComparisonDocument } from '../../compare-document';
import { groupsOf } from '../../diff-groups';
import { UsageError } from '../../exit';
import { needRuns, path } from '../inputs';
import { defineTool } from '../tool';
import { wordsOf } from '../words';

const tables = ['params', 'tags', 'environment', 'packages', 'code', 'data', 'command_line'] as const;

export const tool = defineTool({
  meta: {
    id: 'diff',
    title: 'Compare runs',
    description:
      'What differs between two or more runs against the first as baseline: params, environment, packages, code, data, command, and metrics with differences; whether they can be compared at all. With exactly two runs also ranked reasons, and what one pair cannot tell. With by_groups repeated runs (equal but for the seed) are compared as groups, with tests and intervals: use that whenever there are seeds, since the difference of two single runs shows no effect.',
    list: null,
    narrow: 'Compare fewer runs, leave all_rows out, or pass path.',
  },
  input: z.strictObject({
    path,
    runs: z
      .array(z.string().max(1024))
      .min(2)
      .max(20)
      .describe('The runs, baseline first: ids, native ids, or unique names. With by_groups, runs of the groups that are meant.'),
    by_groups: z.boolean().optional().describe('Compare the groups of repeated runs that these are in.'),
    all_rows: z.boolean().optional().describe('Rows that are equal too, and metrics of hardware.'),
  }),
  async answer({ path: at, runs: words, by_groups, all_rows }, { served, context }) {
    const args = wordsOf(words, { in: served.resolve(at), ...(by_groups ? { by: 'all-but-seed' } : {}) });
    const { document, head } = by_groups ? await groupAnswer(args, context) : await runAnswer(args, context);
    const short = all_rows ? document : differing(document);
    const counts = tables.map((table) => `${table.replace('_', ' ')} ${(document[table] as readonly Row[]).filter(({ differs }) => differs).length}`);
    return { document: short, text: `${head} Rows that differ: ${counts.join(', ')}.` };
  },
});

type Compared = { readonly document: Readonly<Record<string, unknown>>; readonly head: string };

async function runAnswer(...[args, context]: Parameters<typeof referredRuns>): Promise<Compared> {
  const { loaded, runs } = await referredRuns(args, context);
  needRuns(loaded.runs);
  const comparison = compareRuns(runs);
  const [first] = comparison.reasons ?? [];
  const reason = first
    ? ` First among the reasons: ${first.key ?? first.what}: ${first.why} (confidence ${first.confidence.toFixed(2)}; one pair cannot separate causes).`
    : '';
  return { document: comparisonDocument(comparison, runs), head: `${runs.map(displayName).join(' against ')}.${reason}` };
}

async function groupAnswer(...[args, context]: Parameters<typeof groupsOf>): Promise<Compared> {
  const { loaded, groups } = await groupsOf(args, context);
  needRuns(loaded.runs);
  if (groups.length < 2)
    throw new UsageError(`these runs are all in one group (${groups[0]?.name}): they differ by the seed only. Name a run of another group`);
  const comparison = compareGroups(groups);
  const sizes = groups.map(({ name, members }) => `${name} (n = ${members.length})`);
  return { document: groupComparisonDocument(comparison, 'all-but-seed'), head: `${sizes.join(' against ')}. Tests with intervals stand beside each metric.` };
}

function differing(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const rows = tables.map((table) => [table, (document[table] as readonly Row[]).filter(({ differs }) => differs)] as const);
  const metrics = (document.metrics as readonly { readonly system?: boolean }[]).filter(({ system }) => !system);
  return { ...document, ...Object.fromEntries(rows), metrics };
}
