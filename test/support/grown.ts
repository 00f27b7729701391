// Fixtures as a run that is being written sees them: every file cut short, then longer, then whole; with a count of the bytes read.

import type { Source } from '../../src/core/ingest/contract';
import { Follow, type Look } from '../../src/core/ingest/follow';
import type { ReadRun } from '../../src/core/model/run';
import { defaultLimits } from '../../src/core/source/reader';
import { scriptedTree } from '../../src/core/source/scripted';
import type { SourceFile, SourceTree } from '../../src/core/source/source';
import { asset } from './read';

export type Files = Readonly<Record<string, Uint8Array>>;

/** A source in memory whose files can be replaced; a change of a file changes its time. */
export class GrowingSource implements Source {
  readonly label = 'input';
  /** Path → bytes handed out so far. */
  readonly bytesRead = new Map<string, number>();
  #files: Files = {};
  readonly #times = new Map<string, number>();
  #now = 1_700_000_000_000;

  become(files: Files): void {
    this.#now += 1000;
    for (const [path, bytes] of Object.entries(files)) if (!same(this.#files[path], bytes)) this.#times.set(path, this.#now);
    this.#files = files;
  }

  /** Changes with every change of a file. */
  get fingerprint(): string {
    return String(Math.max(...this.#times.values()));
  }

  async scan(): Promise<SourceTree> {
    return scriptedTree(Object.fromEntries(Object.entries(this.#files).map(([path, bytes]) => [path, this.#file(path, bytes)])), { name: 'input' });
  }

  #file(path: string, bytes: Uint8Array): SourceFile {
    return {
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      size: bytes.length,
      modifiedMs: this.#times.get(path) ?? null,
      read: (offset, length) => {
        const part = bytes.subarray(offset, offset + length);
        this.bytesRead.set(path, (this.bytesRead.get(path) ?? 0) + part.length);
        return part.slice();
      },
    };
  }
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a === b || (a !== undefined && a.length === b.length && a.every((byte, at) => byte === b[at]));
}

export interface Followed {
  readonly follow: Follow;
  /** The runs given so far, by id. */
  readonly runs: Map<string, ReadRun>;
  /** Looks once; the ids given in it. */
  look(): Promise<{ readonly look: Look; readonly given: readonly string[] }>;
}

export function followed(source: Source, signal = new AbortController().signal): Followed {
  const follow = new Follow(source, { signal, limits: defaultLimits, keepContents: true, asset });
  const runs = new Map<string, ReadRun>();
  return {
    follow,
    runs,
    async look() {
      const given: string[] = [];
      let look: Look | null = null;
      for await (const event of follow.look()) {
        if (event.kind === 'run') {
          runs.set(event.read.run.id, event.read);
          given.push(event.read.run.id);
        } else if (event.kind === 'withdrawn') runs.delete(event.run);
        else if (event.kind === 'looked') look = event.look;
      }
      if (!look) throw new Error('the look did not end');
      return { look, given };
    },
  };
}

/** Where files stand after a share of the writing: each cut at its own place. */
export function grownTo(files: Files, places: Readonly<Record<string, number>>): Files {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, bytes.subarray(0, places[path] ?? bytes.length)]));
}
