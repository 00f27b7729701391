// Reads claims that may be one run: each is read, and if all of them gave one run it is given as one.

import { issue } from '../base/issues';
import { dirAt } from '../source/source';
import { type ClaimGroup, isHandMade } from './join';
import { mergeRuns } from './merge';
import { isSameTraining } from './merge-series';
import { type ClaimEvent, type ClaimJob, type ClaimRun, type ReadTools, readClaim } from './read-claim';
import { relocated } from './relocate';

/** Of more claims below one configuration it cannot be told whose it is; they are not held to find out. */
const mostMembers = 8;
/** Clocks of two machines, or of a tracker that starts before the training. */
const slackMs = 10 * 60_000;

interface Held {
  readonly job: ClaimJob;
  readonly given: ClaimRun;
}

/**
 * The runs of a group. Runs are held back only until it is known whether they are one: at most one of each claim, and together no more
 * points than one run may have. As soon as they are several they stream on, as if nothing lay beside them.
 */
export async function* readGroup(group: ClaimGroup<ClaimJob>, tools: ReadTools): AsyncGenerator<ClaimEvent> {
  const { members, companions } = group;
  if (members.length + companions.length === 1) {
    yield* readClaim((members[0] ?? companions[0]) as ClaimJob, tools);
    return;
  }
  const held: Held[] = [];
  let apart = members.length > mostMembers;
  let runs = 0;
  let points = 0;
  for (const job of members) {
    let ofThisClaim = 0;
    for await (const event of readClaim(job, tools)) {
      if (event.kind !== 'run') {
        yield event;
        continue;
      }
      runs++;
      ofThisClaim++;
      points += event.read.run.series.reduce((sum, { count }) => sum + count, 0);
      apart ||= ofThisClaim > 1 || points > tools.options.limits.pointsPerRun;
      held.push({ job, given: event });
      if (apart) yield* release(held);
    }
  }
  const joined = apart ? [] : joinable(held, group);
  for (const one of held.filter((each) => !joined.includes(each))) yield one.given;
  if (companions.length === 0) {
    yield* given(joined, group);
  } else if (joined.length > 0 || runs === 0) {
    const configurations: Held[] = [];
    for (const job of companions)
      for await (const event of readClaim(job, tools)) event.kind === 'run' ? configurations.push({ job, given: event }) : yield event;
    yield* given([...joined, ...configurations], group);
  } else {
    for (const { claim } of companions) yield { kind: 'issue', issue: notJoined(claim.key[0]?.path ?? claim.root.path, runs) };
  }
}

function* release(held: Held[]): Generator<ClaimEvent> {
  for (const { given: run } of held.splice(0)) yield run;
}

const notJoined = (file: string, runs: number) => issue('not-joined', `The configuration stands above ${runs} runs, and was joined to none of them.`, { file });

/** Those that are one run. Below a configuration that is all or none; side by side, those that stand for the folder itself. */
function joinable(held: readonly Held[], { root, companions }: ClaimGroup<ClaimJob>): readonly Held[] {
  if (companions.length > 0) return agree(held) ? held : [];
  const standing = held.filter(({ given: { read }, job }) => read.run.path === root.path || isHandMade(job));
  const isFolder = standing.some(({ given: { read } }) => read.run.path === root.path);
  return standing.length > 1 && isFolder && agree(standing) ? standing : [];
}

/** Parts of one training: none ended before another began, and what one reader found twice has the same curves. */
function agree(held: readonly Held[]): boolean {
  const spans = held.map(({ given: { read } }) => spanOf(read.run)).filter((span) => span !== null);
  const lastStart = Math.max(...spans.map(([start]) => start));
  const firstEnd = Math.min(...spans.map(([, end]) => end));
  if (lastStart > firstEnd + slackMs) return false;
  return held.every((one, at) => {
    const same = held.slice(0, at).find(({ job }) => job.reader === one.job.reader);
    return !same || isSameTraining(same.given.read, one.given.read);
  });
}

/** From when to when a run is known to have gone on; a run that may still go on has no end. */
function spanOf({ startedMs, endedMs }: ClaimRun['read']['run']): readonly [number, number] | null {
  return startedMs === null ? null : [startedMs, endedMs ?? Number.POSITIVE_INFINITY];
}

function* given(held: readonly Held[], { root }: ClaimGroup<ClaimJob>): Generator<ClaimEvent> {
  if (held.length < 2) {
    for (const one of held) yield one.given;
    return;
  }
  const inOrder = [...held].sort(byPrecedence);
  const counts = new Map<string, number>();
  const parts = inOrder.map(({ job: { reader, claim, tree }, given: { read, places } }) => {
    const { id, tracker } = reader.meta;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    // A run's own path is its folder, or its file: then its paths are relative to the folder that it lies in.
    const home = dirAt(tree.root, read.run.path) ? read.run.path : claim.root.path;
    return { read: relocated(read, home, root.path, places), label: count === 1 ? id : `${id} ${count}`, title: tracker.name };
  });
  yield { kind: 'run', read: mergeRuns(parts, root.path), places: new Map() };
}

/** Who the run is: by the id that its tracker gave it, else by the surest claim; a log before a configuration. */
function byPrecedence(a: Held, b: Held): number {
  const own = ({ given: { read } }: Held): number => (read.run.nativeId === null ? 1 : 0);
  const companion = ({ job: { claim } }: Held): number => (claim.companion ? 1 : 0);
  return (
    own(a) - own(b) ||
    b.job.claim.confidence - a.job.claim.confidence ||
    companion(a) - companion(b) ||
    compare(a.job.reader.meta.id, b.job.reader.meta.id) ||
    compare(a.given.read.run.path, b.given.read.run.path)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
