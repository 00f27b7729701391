// The groups of repeated runs that `diptych diff --by all-but-seed` compares.

import type { RunsGroup } from '../core/groups/compare-groups';
import { groupId } from '../core/groups/group';
import type { Run } from '../core/model/run';
import { displayName } from '../core/model/run';
import { groupRuns } from '../core/view/run-groups';
import { UsageError } from './exit';
import { type LoadedRuns, loadRuns } from './read-runs';
import { selectRun, splitRunReference } from './select-run';
import { nearestTo } from './spelling';
import type { CliContext, VerbArgs } from './verb';

const ways = ['all-but-seed'];

/**
 * Every group below the PATHs, by name; where RUNs are named (`PATH#ID`, or an id with `--in`), the groups they are in, in that order.
 * @throws UsageError for another way to group, or for a RUN that is none
 */
export async function groupsOf(args: VerbArgs, context: CliContext): Promise<{ readonly loaded: LoadedRuns; readonly groups: readonly RunsGroup[] }> {
  const by = args.text('by') ?? '';
  if (!ways.includes(by)) throw new UsageError(`--by wants ${ways.join(' or ')}, not '${by}'`, nearestTo(by, ways));
  const within = args.texts('in');
  const references =
    within.length > 0 ? args.positionals.map((run) => ({ path: undefined, run })) : args.positionals.map((text) => splitRunReference(text, context.cwd));
  const paths = within.length > 0 ? within : [...new Set(references.flatMap(({ path }) => path ?? []))];
  const loaded = await loadRuns(paths, args, context);
  if (loaded.runs.length === 0) return { loaded, groups: [] };
  const groupOf = new Map(grouped(loaded.runs).flatMap((group) => group.members.map((run) => [run, group] as const)));
  const named = references.flatMap(({ path, run }) => {
    const there = path === undefined ? loaded.runs : loaded.runs.filter(({ source }) => source === paths.indexOf(path));
    return run === undefined ? there : [selectRun(there, run)];
  });
  // A set keeps the order in which the groups were first named.
  const chosen = new Set(named.map((run) => groupOf.get(run) as RunsGroup));
  const all = references.every(({ run }) => run === undefined);
  return { loaded, groups: all ? [...new Set(groupOf.values())].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) : [...chosen] };
}

function grouped(runs: readonly Run[]): readonly RunsGroup[] {
  const { groups, alone } = groupRuns(runs, { kind: 'all-but-seed' });
  return [
    ...groups.map(({ key, label, members }) => ({
      id: groupId(key),
      name: label.map(([name, value]) => (name === '' ? value : `${name}=${value}`)).join(', '),
      members,
    })),
    ...alone.map((run) => ({ id: groupId(run.id), name: displayName(run), members: [run] })),
  ];
}
