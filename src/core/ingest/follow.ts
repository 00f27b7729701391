// Follows a source that is still being written: looks again and again, reads what has grown, and gives the runs that changed.

import type { Issue } from '../base/issues';
import { type Pace, paceOf } from '../base/pace';
import { pureSha256, type Sha256Factory } from '../base/sha256';
import type { RunId } from '../base/units';
import type { ReadRun } from '../model/run';
import { readers as allReaders } from '../readers';
import { HttpError } from '../source/http';
import type { RunReader } from '../source/reader';
import { SourceError, type SourceFile, type SourceTree, walkFiles } from '../source/source';
import type { ClaimMark, IngestEvent, IngestOptions, Source } from './contract';
import { Duplicates } from './duplicates';
import { FollowedClaim } from './followed-claim';
import { claimTree } from './ingest';
import type { ClaimGroup } from './join';
import { Looks } from './looks';
import { filesOf, groupKey, groupMark, markOf } from './marks';
import { ClaimMemory } from './memory';
import type { ClaimJob } from './read-claim';
import { readGroup } from './read-group';
import { failureIssue, mayPass } from './trouble';

/** What one look at a followed source showed. */
export interface Look {
  readonly state: 'gone' | 'same' | 'changed';
  /** Files that are claimed, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Runs that their tracker does not call ended. */
  readonly open: number;
  /** Runs known. */
  readonly runs: number;
  /** Claims (by their first file) that were read from the start, because a file shrank or was written anew. */
  readonly restarted: readonly string[];
}

export type FollowEvent =
  | IngestEvent
  /** A run that was given while its files were still too short to tell what they are: it stands no more, `by` stands in its place. */
  | { readonly kind: 'withdrawn'; readonly run: RunId; readonly by: RunId | null }
  | { readonly kind: 'looked'; readonly look: Look };

/** Digests of whole files would read them again at every look: a followed run has none until it is refreshed. */
export type FollowOptions = Omit<IngestOptions, 'digestBytes'>;

/**
 * Points that are kept of all claims together, 24 bytes each. Beyond it claims are forgotten, and read anew when they
 * change.
 */
const mostPointsKept = 8_000_000;

/** Files by which it is seen whether a run was written anew. */
const mostChecked = 8;

type Group = ClaimGroup<ClaimJob>;

const keysOf = ({ members, companions }: Group): readonly SourceFile[] => [...members, ...companions].flatMap(({ claim }) => claim.key);

export class Follow {
  readonly #claims = new Map<string, FollowedClaim>();
  readonly #looks: Looks;
  readonly #pace: Pace;
  readonly #sha256: Sha256Factory;
  readonly #duplicates: Duplicates;
  #state = '';
  #told = '';
  #reading = 0;
  #last: Look = { state: 'same', files: 0, bytes: 0, open: 0, runs: 0, restarted: [] };

  constructor(
    private readonly source: Source,
    private readonly options: FollowOptions,
    private readonly readers: readonly RunReader[] = allReaders,
    private readonly mostKept = mostPointsKept,
  ) {
    this.#sha256 = options.sha256 ?? pureSha256;
    this.#looks = new Looks(options.signal);
    this.#pace = paceOf(options.signal);
    this.#duplicates = new Duplicates(this.#sha256);
  }

  /**
   * Looks once: lists the source, reads the claims whose files changed since the last look, and gives the runs that differ from what was
   * given. The first look reads all but what `known` says is known. Ends with `looked`. Aborting throws the signal's reason.
   */
  async *look(): AsyncGenerator<FollowEvent> {
    try {
      yield* this.#look();
    } finally {
      // A file that was replaced must be opened anew, and nothing is held open between looks.
      await this.source.close?.();
    }
  }

  async *#look(): AsyncGenerator<FollowEvent> {
    const issues: IngestEvent[] = [];
    const tell = (issue: Extract<IngestEvent, { kind: 'issue' }>['issue']) => void issues.push({ kind: 'issue', source: 0, issue });
    let tree: SourceTree;
    try {
      tree = this.#looks.over(await this.#pace.wait(this.source.scan({ ...this.options, issue: tell, progress: () => {} })));
    } catch (error) {
      this.options.signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      yield* this.#gone(error);
      return;
    }
    const state = markOf(walkFiles(tree.root), this.#sha256);
    if (state === this.#state) {
      yield { kind: 'looked', look: { ...this.#last, state: 'same', restarted: [] } };
      return;
    }
    const groups = await this.#pace.wait(
      claimTree(tree, 0, { readers: this.readers, options: this.options, pace: this.#pace, head: () => this.#looks.head }, tell),
    );
    const early = this.source.failure?.();
    if (early) {
      yield* this.#gone(early);
      return;
    }
    if (this.#state === '') yield* issues;
    const lost = this.#lostClaims(groups);
    const marks: ClaimMark[] = [];
    const restarted: string[] = [];
    let isWhole = true;
    for (const group of groups) {
      const claim = this.#claimOf(group);
      const mark = groupMark(group, this.#sha256);
      if (claim.mark === mark) continue;
      const broken = yield* this.#readOrNot(group, claim);
      const failure = this.source.failure?.();
      if (failure) {
        if (marks.length > 0) yield { kind: 'claims', source: 0, claims: marks };
        yield* this.#gone(failure);
        return;
      }
      isWhole &&= !broken;
      if (broken) continue;
      claim.mark = mark;
      if (claim.restarted) restarted.push(keysOf(group)[0]?.path ?? group.root.path);
      marks.push({ key: groupKey(group, this.#sha256), mark: '', runs: claim.ids });
    }
    yield* this.#withdraw(lost);
    this.#state = isWhole ? state : `${state}, not whole`;
    if (marks.length > 0) yield { kind: 'claims', source: 0, claims: marks };
    const files = groups.flatMap(filesOf);
    const claims = [...this.#claims.values()];
    this.#last = {
      state: marks.length > 0 ? 'changed' : 'same',
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      open: claims.reduce((sum, { open }) => sum + open, 0),
      runs: claims.reduce((sum, { ids }) => sum + ids.length, 0),
      restarted,
    };
    yield { kind: 'looked', look: this.#last };
  }

  close(): void {
    this.#pace.close();
  }

  /** Not there, or not to be had now. A server's reason is told when it changes; a folder that is away says so by that alone. */
  *#gone(error: SourceError): Generator<FollowEvent> {
    if (error instanceof HttpError && error.message !== this.#told) yield { kind: 'issue', source: 0, issue: failureIssue(error) };
    this.#told = error.message;
    this.#state = '';
    yield { kind: 'looked', look: { ...this.#last, state: 'gone', restarted: [] } };
  }

  #claimOf(group: Group): FollowedClaim {
    const key = groupKey(group, this.#sha256);
    let claim = this.#claims.get(key);
    if (!claim) {
      const { known } = this.options;
      claim = new FollowedClaim(known && Object.hasOwn(known, key) ? (known[key] ?? '') : '', this.#newMemory(), this.#sha256);
      this.#claims.set(key, claim);
    }
    return claim;
  }

  /** Claims whose files have turned out to be another's: what they gave is not remembered against it. */
  #lostClaims(groups: readonly Group[]): readonly FollowedClaim[] {
    const keys = new Set(groups.map((group) => groupKey(group, this.#sha256)));
    const missing = [...this.#claims].filter(([key]) => !keys.has(key));
    if (missing.length === 0) return [];
    const claimed = new Set(groups.flatMap((group) => filesOf(group).map(({ path }) => path)));
    return missing.flatMap(([key, claim]) => {
      if (!claim.keyPaths.some((path) => claimed.has(path))) return [];
      this.#claims.delete(key);
      for (const id of claim.ids) this.#duplicates.forget(id);
      return [claim];
    });
  }

  /** Takes back the runs of lost claims that no other claim gives. */
  *#withdraw(lost: readonly FollowedClaim[]): Generator<FollowEvent> {
    if (lost.length === 0) return;
    const claims = [...this.#claims.values()];
    const standing = new Map(claims.flatMap(({ places }) => places));
    const kept = new Set(claims.flatMap(({ ids }) => ids));
    for (const claim of lost) for (const [path, id] of claim.places) if (!kept.has(id)) yield { kind: 'withdrawn', run: id, by: standing.get(path) ?? null };
  }

  #newMemory(): ClaimMemory {
    return new ClaimMemory(this.options.signal, (files) => markOf(files, this.#sha256));
  }

  /** True where a file was written anew while it was looked at: the next look reads it. */
  async *#readOrNot(group: Group, claim: FollowedClaim): AsyncGenerator<FollowEvent, boolean> {
    claim.beginReading();
    try {
      yield* this.#read(group, claim);
      return false;
    } catch (error) {
      this.options.signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      this.#abandon(claim);
      return true;
    }
  }

  async *#read(group: Group, claim: FollowedClaim): AsyncGenerator<FollowEvent> {
    const { memory } = claim;
    memory.begin(filesOf(group), group.members.length + group.companions.length === 1);
    claim.keyPaths = keysOf(group).map(({ path }) => path);
    const grew = await this.#pace.wait(memory.haveGrown(keysOf(group).slice(0, mostChecked)));
    let trouble = false;
    const tools = { options: this.options, pace: this.#pace, bytes: () => {}, points: () => {} };
    for await (const event of readGroup(group, { ...tools, memory, contents: memory.contents })) {
      if (this.source.failure?.()) return this.#abandon(claim);
      if (event.kind === 'issue') {
        trouble ||= isTrouble(event.issue);
        yield { kind: 'issue', source: 0, issue: event.issue };
      }
      if (event.kind !== 'run') continue;
      trouble ||= event.read.run.issues.some(isTrouble);
      const read = await this.#admit(group, claim, event.read, grew);
      if (read && claim.isNews(read.run)) yield { kind: 'run', read };
    }
    if (this.source.failure?.()) return this.#abandon(claim);
    // Files that were written anew hold another run: what was read of the first one stays.
    for (const { run, by } of claim.endReading(grew, group.members.length + group.companions.length > 1)) yield { kind: 'withdrawn', run, by };
    claim.restarted = memory.restarted;
    claim.holds = true;
    claim.readAt = ++this.#reading;
    // What a reader kept may have been left half-way: the next look starts anew.
    if (trouble) this.#forget(claim);
    this.#bound();
  }

  /** Over the bound the claims whose runs have ended go first, then those that have been quiet longest. */
  #bound(): void {
    const holding = [...this.#claims.values()].filter(({ holds }) => holds);
    let sum = holding.reduce((all, { kept }) => all + kept, 0);
    if (sum <= this.mostKept) return;
    for (const claim of holding.sort((x, y) => Number(x.open > 0) - Number(y.open > 0) || x.readAt - y.readAt)) {
      if (sum <= this.mostKept) return;
      sum -= claim.kept;
      this.#forget(claim);
    }
  }

  /** What its reader kept may have been left half-way: the next look starts anew. */
  #abandon(claim: FollowedClaim): void {
    claim.abandonReading();
    this.#forget(claim);
  }

  #forget(claim: FollowedClaim): void {
    claim.memory.forget();
    claim.holds = false;
  }

  /** A run keeps the id that it was given first, also where it has none of its own and its first bytes are still being written. */
  async #admit(group: Group, claim: FollowedClaim, read: ReadRun, grew: boolean): Promise<ReadRun | null> {
    const { id } = read.run;
    const given = claim.given.get(id) ?? (grew ? claim.earlierIdOf(read.run) : undefined);
    if (given !== undefined) {
      claim.given.set(id, given);
      return { ...read, run: { ...read.run, id: given } };
    }
    const reread = async (): Promise<ReadRun | null> => {
      const tools = { options: this.options, pace: this.#pace, bytes: () => {}, points: () => {} };
      for await (const event of readGroup(group, tools)) if (event.kind === 'run' && event.read.run.id === id) return event.read;
      return null;
    };
    const admitted = await this.#duplicates.admit(read, reread);
    if (admitted) claim.given.set(id, admitted.run.id);
    return admitted;
  }
}

const isTrouble = (issue: Issue): boolean => mayPass(issue) || issue.code === 'missing-file' || issue.code === 'reader-error';
