// Reads sources into runs: list, find who reads what, read, give each run when it is whole.

import { type Issue, issue } from '../base/issues';
import { type Pace, paceOf } from '../base/pace';
import { pureSha256, type Sha256Factory } from '../base/sha256';
import type { RunId } from '../base/units';
import { readers as allReaders } from '../readers';
import type { ProbeContext, RunReader } from '../source/reader';
import { SourceError, type SourceTree } from '../source/source';
import { openArchives } from './archives';
import { type ReaderClaim, settleClaims } from './claims';
import type { ClaimMark, Ingest, IngestEvent, IngestOptions, Progress, Source } from './contract';
import { Duplicates } from './duplicates';
import { headCache } from './heads';
import { type ClaimGroup, joinClaims } from './join';
import { filesOf, groupKey, groupMark } from './marks';
import { pointerIssues } from './pointers';
import type { ClaimJob, ReadTools } from './read-claim';
import { readGroup } from './read-group';
import { failureIssue, mayPass } from './trouble';

/** `Ingest` with the readers given; tests bring their own. */
export const ingestWith = (readers: readonly RunReader[]): Ingest =>
  async function* (sources, options) {
    const pace = paceOf(options.signal);
    const duplicates = new Duplicates(options.sha256 ?? pureSha256);
    const count = new Counter();
    try {
      for (const [index, source] of sources.entries()) {
        count.begin(index);
        yield* ingestSource(source, index, { readers, options, pace, duplicates, count });
      }
      options.signal.throwIfAborted();
    } finally {
      pace.close();
    }
  };

/** Reads with every reader of the registry. */
export const ingest: Ingest = ingestWith(allReaders);

/** What reading a source needs. */
interface Shop {
  readonly readers: readonly RunReader[];
  readonly options: IngestOptions;
  readonly pace: Pace;
  readonly duplicates: Duplicates;
  readonly count: Counter;
}

async function* ingestSource(source: Source, index: number, shop: Shop): AsyncGenerator<IngestEvent> {
  const { options, pace, duplicates, count } = shop;
  const issues: Issue[] = [];
  const tell = (one: Issue) => void issues.push(one);
  const flush = function* (): Generator<IngestEvent> {
    for (const one of issues.splice(0)) yield { kind: 'issue', source: index, issue: one };
  };
  try {
    let tree: SourceTree;
    try {
      const scan = source.scan({ signal: options.signal, limits: options.limits, issue: tell, progress: (entries) => count.set({ files: entries }) });
      tree = yield* pace.reporting(scan, () => count.event());
    } catch (error) {
      options.signal.throwIfAborted();
      tell(scanIssue(error, source));
      yield* flush();
      return;
    }
    yield* flush();
    const all = yield* pace.reporting(claimTree(tree, index, { ...shop, head: headCache }, tell), () => count.event({ phase: 'probe' }));
    yield* flush();
    const sha256 = options.sha256 ?? pureSha256;
    const groups = all.filter((group) => !isKnown(group, options.known, sha256));
    const files = groups.flatMap(filesOf);
    count.set({ phase: 'read', files: files.length, bytesTotal: files.reduce((sum, file) => sum + file.size, 0) });
    yield count.event();
    if (all.length === 0 && !source.failure?.()) yield { kind: 'issue', source: index, issue: unrecognised(tree, source) };
    const claims: ClaimMark[] = [];
    const here = source.isFar ? { ...shop, options: withoutDigests(options) } : shop;
    for (const group of groups) {
      const claim = yield* readGroupOf(group, index, here, source);
      if (claim === null) break;
      claims.push(claim);
    }
    const failure = source.failure?.();
    if (failure) yield { kind: 'issue', source: index, issue: { ...failureIssue(failure), severity: 'critical' } };
    // Runs that were told apart were judged beside each other: next time they are read together again.
    const told = claims.map((claim) => (claim.runs.some((id) => duplicates.isShared(id)) ? { ...claim, mark: '' } : claim));
    if (told.length > 0) yield { kind: 'claims', source: index, claims: told };
    yield count.event({ current: null });
  } finally {
    await source.close?.();
  }
}

const withoutDigests = ({ digestBytes: _none, ...options }: IngestOptions): IngestOptions => options;

function isKnown(group: ClaimGroup<ClaimJob>, known: IngestOptions['known'], sha256: Sha256Factory): boolean {
  if (known === undefined) return false;
  const key = groupKey(group, sha256);
  return Object.hasOwn(known, key) && known[key] === groupMark(group, sha256);
}

/** Archives in archives are opened, those within them are not. */
const deepestArchive = 2;

interface ProbeShop extends Pick<Shop, 'readers' | 'pace'> {
  readonly options: Pick<IngestOptions, 'signal' | 'limits' | 'mapping'>;
  /** First bytes of the files of one tree. */
  head(): ProbeContext['head'];
}

/** Everything that some reader will read in a tree, archives that nobody claimed included. */
export async function claimTree(
  given: SourceTree,
  source: number,
  shop: ProbeShop,
  tell: (issue: Issue) => void,
  depth = 0,
): Promise<readonly ClaimGroup<ClaimJob>[]> {
  const { signal, limits, mapping } = shop.options;
  const tree = mapping === undefined ? given : { ...given, mapping };
  const head = shop.head();
  const claims: ReaderClaim[] = [];
  for (const reader of shop.readers) {
    try {
      for (const claim of await reader.probe(tree, { signal, head })) claims.push({ reader, claim });
    } catch (error) {
      signal.throwIfAborted();
      tell(issue('reader-error', `The ${reader.meta.title} reader failed while looking around: ${messageOf(error)}`));
    }
    await shop.pace.turn();
  }
  for (const one of await pointerIssues(tree, { signal, head })) tell(one);
  const jobs = settleClaims(claims).map((settled): ClaimJob => ({ ...settled, tree, source }));
  const groups = [...joinClaims(jobs)];
  if (depth === deepestArchive) return groups;
  const claimed = new Set(jobs.flatMap(({ claim }) => claim.files));
  for await (const archive of openArchives(tree, claimed, { signal, limits, head, issue: tell })) {
    groups.push(...(await claimTree(archive, source, shop, tell, depth + 1)));
  }
  return groups;
}

/** Null where the source failed meanwhile: what was being read is not whole. */
async function* readGroupOf(group: ClaimGroup<ClaimJob>, source: number, shop: Shop, from: Source): AsyncGenerator<IngestEvent, ClaimMark | null> {
  const { options, pace, duplicates, count } = shop;
  const sha256 = options.sha256 ?? pureSha256;
  const given = new Set<RunId>();
  const tools: ReadTools = { options, pace, bytes: (bytes) => count.add({ bytes }), points: (points) => count.add({ points }) };
  const silent: ReadTools = { ...tools, bytes: () => {}, points: () => {} };
  const first = group.members[0] ?? group.companions[0];
  count.set({ current: first?.claim.key[0]?.path ?? group.root.path });
  // Runs are given away with their points; one that turns up again, shorter, is compared by reading the first once more.
  const rereads = (id: string) => async () => {
    for await (const event of readGroup(group, silent)) if (event.kind === 'run' && event.read.run.id === id) return event.read;
    return null;
  };
  let isSound = true;
  for await (const event of readGroup(group, tools)) {
    if (from.failure?.()) return null;
    if (event.kind === 'issue') {
      isSound &&= !mayPass(event.issue);
      yield { kind: 'issue', source, issue: event.issue };
    }
    if (event.kind === 'run') {
      isSound &&= !event.read.run.issues.some(mayPass);
      const admitted = await duplicates.admit(event.read, rereads(event.read.run.id));
      if (admitted) {
        count.add({ runs: 1 });
        given.add(admitted.run.id);
        yield { kind: 'run', read: admitted };
      }
    }
    if (pace.due()) yield count.event();
  }
  if (from.failure?.()) return null;
  return { key: groupKey(group, sha256), mark: isSound ? groupMark(group, sha256) : '', runs: [...given] };
}

/** The progress of an import so far. */
class Counter {
  #now: Progress = { phase: 'scan', source: 0, files: 0, bytes: 0, bytesTotal: null, runs: 0, points: 0, current: null };

  begin(source: number): void {
    this.set({ phase: 'scan', source, files: 0, bytes: 0, bytesTotal: null, current: null });
  }

  set(change: Partial<Progress>): void {
    this.#now = { ...this.#now, ...change };
  }

  add({ bytes = 0, points = 0, runs = 0 }: { readonly bytes?: number; readonly points?: number; readonly runs?: number }): void {
    this.set({ bytes: this.#now.bytes + bytes, points: this.#now.points + points, runs: this.#now.runs + runs });
  }

  event(change: Partial<Progress> = {}): IngestEvent {
    this.set(change);
    return { kind: 'progress', progress: this.#now };
  }
}

function scanIssue(error: unknown, source: Source): Issue {
  if (error instanceof SourceError) return failureIssue(error);
  return issue('locked', `${source.label} cannot be listed: ${messageOf(error)}`);
}

function unrecognised(tree: SourceTree, source: Source): Issue {
  if (tree.named?.size === 0) return issue('unrecognised', `${tree.named.name} is empty: there is nothing to read in it yet.`, { file: tree.named.path });
  if (tree.named) return issue('unrecognised', `No reader knows ${tree.named.name}.`, { file: tree.named.path });
  return issue('unrecognised', `Nothing in ${source.label} looks like a run.`, { tip: 'Drop a run folder, or a folder that holds some.' });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
