// Reads one claim: turns a reader's events into whole runs, and a reader's failure into issues.

import { type Issue, issue } from '../base/issues';
import type { Pace } from '../base/pace';
import { pureSha256 } from '../base/sha256';
import { RunBuilder, type RunFrame } from '../model/builder';
import type { Identity, RunEvent, RunKey } from '../model/events';
import { nativeRunId, runIdOf } from '../model/identity';
import type { ReadRun, Run } from '../model/run';
import { inferRole } from '../series/roles';
import type { Limits, ReadMemory } from '../source/reader';
import { SourceError, type SourceTree } from '../source/source';
import { filesByRun, type ReaderClaim } from './claims';
import { contentKeeper, type KnownContents } from './contents';
import type { IngestOptions } from './contract';
import { sourceDigester } from './file-digests';
import { MediaKeeper } from './media-keeper';

export interface ClaimJob extends ReaderClaim {
  readonly tree: SourceTree;
  readonly source: number;
}

export interface ReadTools {
  readonly options: IngestOptions;
  readonly pace: Pace;
  /** Told while reading. */
  bytes(count: number): void;
  points(count: number): void;
  /** Of earlier reads of the claim, where it is followed. */
  readonly memory?: ReadMemory;
  readonly contents?: KnownContents;
}

/** `places` names artifacts that do not lie where their path says, below the run's: path → where it lies, relative to the PATH given. */
export type ClaimRun = { readonly kind: 'run'; readonly read: ReadRun; readonly places: ReadonlyMap<string, string> };
export type ClaimEvent = ClaimRun | { readonly kind: 'issue'; readonly issue: Issue } | { readonly kind: 'turn' };

interface OpenRun {
  readonly builder: RunBuilder;
  readonly keep: ReturnType<typeof contentKeeper>;
  readonly places: Map<string, string>;
  readonly media: MediaKeeper;
}

/** The runs of a claim, each as soon as it is complete. A run that its reader did not end is given when the reader ends. */
export async function* readClaim(job: ClaimJob, tools: ReadTools): AsyncGenerator<ClaimEvent> {
  const { options, pace } = tools;
  const keepMedia = options.keepMedia ?? options.keepContents;
  const open = new Map<RunKey, OpenRun>();
  const begin = beginRun(job, options);
  const finish = finishRun(job, options, tools.contents);
  let events: AsyncIterator<RunEvent> | null = null;
  try {
    const { read } = await pace.wait(job.reader.load());
    const context = {
      tree: job.tree,
      signal: options.signal,
      limits: options.limits,
      keepMedia,
      asset: options.asset,
      progress: tools.bytes,
      ...(tools.memory && { memory: tools.memory }),
    };
    events = read(job.claim, context)[Symbol.asyncIterator]();
    for (;;) {
      const { value: event, done } = await pace.wait(events.next());
      if (done) break;
      yield* take(event);
      await pace.turn();
      yield { kind: 'turn' };
    }
    events = null;
  } catch (error) {
    options.signal.throwIfAborted();
    yield* failed(error);
  } finally {
    // A reader in the middle of a wait is not waited for: cancel must be prompt.
    events?.return?.().catch(() => {});
  }
  for (const [key, run] of open) {
    open.delete(key);
    yield { kind: 'run', read: await pace.wait(finish(run)), places: run.places };
  }

  async function* take(event: RunEvent): AsyncGenerator<ClaimEvent> {
    if (event.kind === 'issue' && event.run === undefined) {
      yield { kind: 'issue', issue: event.issue };
      return;
    }
    const key = event.run as RunKey;
    if (event.kind === 'begin') {
      if (open.has(key)) throw new Error(`run ${key} begins twice`);
      open.set(key, { builder: begin(event), keep: contentKeeper(options.limits, tools.contents), media: new MediaKeeper(options.limits), places: new Map() });
      return;
    }
    const run = open.get(key);
    if (!run) throw new Error(`'${event.kind}' for run ${key}, which has not begun`);
    run.builder.apply(event);
    if (keepMedia && event.kind === 'media-item') run.media.add(event);
    if (keepMedia && event.kind === 'media-items') for (const one of event.items) run.media.add(one);
    if (event.kind === 'media-purge') run.media.purge(event);
    if (event.kind === 'points') tools.points(event.values.length);
    if (event.kind === 'artifact' && event.file && event.file.path !== joinPath(run.builder.frame.path, event.artifact.path))
      run.places.set(event.artifact.path, event.file.path);
    if (event.kind === 'artifact' && event.file && options.keepContents) {
      const content = await pace.wait(run.keep(event.artifact.path, event.file, options.signal));
      if (content) run.builder.keep(content);
    }
    if (event.kind === 'discard') open.delete(key);
    if (event.kind === 'end') {
      open.delete(key);
      yield { kind: 'run', read: await pace.wait(finish(run)), places: run.places };
    }
  }

  /** The trouble goes to the runs in the making, which are kept as far as they got, or else stands alone. */
  function* failed(error: unknown): Generator<ClaimEvent> {
    const told = failureIssue(error, job);
    if (open.size === 0) yield { kind: 'issue', issue: told };
    for (const [run, { builder }] of open) builder.apply({ kind: 'issue', run, issue: told });
  }
}

const joinPath = (folder: string, path: string): string => (folder === '.' ? path : `${folder}/${path}`);

function failureIssue(error: unknown, { reader, claim }: ClaimJob): Issue {
  const file = claim.key[0]?.path ?? claim.root.path;
  if (error instanceof SourceError) return issue(error.code, error.message, { file: error.file });
  const message = error instanceof Error ? error.message : String(error);
  return issue('reader-error', `The ${reader.meta.title} reader failed: ${message}`, { file });
}

/** Ends runs: their media first, then the run itself; adds digests of files where they are asked for. */
function finishRun(
  { claim }: ClaimJob,
  { digestBytes, sha256 = pureSha256, signal, limits }: IngestOptions,
  earlier: KnownContents | undefined,
): (run: OpenRun) => Promise<ReadRun> {
  const digested = digestBytes === undefined ? async (run: Run) => run : sourceDigester(claim.files, { sha256, signal, limits, mostBytes: digestBytes });
  return async ({ builder, media }) => {
    if (!media.isEmpty) {
      const kept = await media.finish(builder.artifactPaths, builder.contents, signal, earlier);
      for (const { of, items } of kept.media) builder.keepItems(of, items);
      for (const content of kept.contents) builder.keep(content);
      for (const told of kept.issues) builder.apply({ kind: 'issue', run: 0, issue: told });
    }
    const read = builder.finish();
    return { ...read, run: await digested(read.run) };
  };
}

/** Starts builders for the runs of one claim. */
function beginRun({ reader, claim, source }: ClaimJob, options: { readonly limits: Limits; readonly sha256?: IngestOptions['sha256'] }) {
  const sha256 = options.sha256 ?? pureSha256;
  const { family, id: format, extract } = reader.meta;
  const filesOf = filesByRun(claim.files);
  return ({ identity, path, files }: RunEvent & { readonly kind: 'begin' }): RunBuilder => {
    const id = runIdOf(family, identity, sha256);
    const { nativeId } = identity;
    const frame: RunFrame =
      'settled' in identity
        ? { ...identity.settled, nativeId, path, source, parentIdOf: () => identity.settled.parentId }
        : {
            id,
            nativeId,
            path,
            source,
            format,
            ...(extract ? { extract } : {}),
            sources: [{ reader: format, files: files ? files.map((file) => file.path).sort() : filesOf(path) }],
            parentIdOf: parentIdOf(identity),
          };
    return new RunBuilder(frame, { sha256, limits: options.limits, inferRole });
  };

  /** A parent is a run of the same family and scope, so its id can be told without having seen it. */
  function parentIdOf(identity: Identity): RunFrame['parentIdOf'] {
    const scope = 'scope' in identity ? (identity.scope ?? '') : '';
    return (parent) => (identity.nativeId === null ? null : nativeRunId(family, scope, parent, sha256));
  }
}
