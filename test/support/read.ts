// Reads a tree through ingest, as the product does, and gathers what came out.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Issue } from '../../src/core/base/issues';
import type { Ingest, Source } from '../../src/core/ingest/contract';
import { ingest } from '../../src/core/ingest/ingest';
import type { ReadRun } from '../../src/core/model/run';
import { defaultLimits, type Limits } from '../../src/core/source/reader';
import type { SourceTree } from '../../src/core/source/source';

const resolve = createRequire(import.meta.url).resolve;

/** Bundled assets, straight from the packages that they come from. */
export async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(readFileSync(resolve(`sql.js/dist/${name}`)));
}

export interface WasRead {
  /** In the order given; a run that came again in a longer version stands once. */
  readonly runs: readonly ReadRun[];
  /** What belongs to no run. */
  readonly issues: readonly Issue[];
}

interface ReadOptions {
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
  readonly keepContents?: boolean;
  readonly keepMedia?: boolean;
  readonly ingest?: Ingest;
}

export const readTree = (tree: SourceTree, options: ReadOptions = {}): Promise<WasRead> =>
  readSource({ label: tree.root.name, scan: async () => tree }, options);

export async function readSource(source: Source, options: ReadOptions = {}): Promise<WasRead> {
  const runs = new Map<string, ReadRun>();
  const issues: Issue[] = [];
  const events = (options.ingest ?? ingest)([source], {
    signal: options.signal ?? new AbortController().signal,
    limits: { ...defaultLimits, ...options.limits },
    keepContents: options.keepContents ?? false,
    ...(options.keepMedia === undefined ? {} : { keepMedia: options.keepMedia }),
    asset,
  });
  for await (const event of events) {
    if (event.kind === 'run') runs.set(event.read.run.id, event.read);
    if (event.kind === 'issue') issues.push(event.issue);
  }
  return { runs: [...runs.values()], issues };
}

/** All issues, of runs and of none. */
export const allIssues = ({ runs, issues }: WasRead): Issue[] => [...issues, ...runs.flatMap(({ run }) => run.issues)];

/** A small, good-enough generator of numbers in [0, 1) that gives the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
