// What a run's store under `meta/` holds: params, contexts, what the system looked like, when it ended.

import { isObject } from '../../formats/flatten';
import type { RocksStore } from '../../formats/rocksdb/store';
import type { Value, Values } from '../../model/values';
import type { SourceFile } from '../../source/source';
import { decodePath, decodeValue, type PathPart, rangeBelow } from './encoding';
import { Tree } from './tree';

/** Aim's own key among the params. */
export const systemParams = '__system_params';

export class RunMeta {
  /** Places that hold no path or no value, or lie too deep. */
  bad = 0;
  private readonly tree = new Tree();
  /** First two parts of a path → where it stands. */
  private readonly files = new Map<string, SourceFile>();

  /** Takes one entry in; the path is that below the run. */
  put(path: readonly PathPart[] | null, value: Uint8Array, file: SourceFile): void {
    const stored = path && decodeValue(value);
    if (!path || !stored || !this.tree.put(path, stored)) this.bad++;
    else if (path.length > 1) this.files.set(path.slice(0, 2).join('\0'), file);
  }

  /** The params, by their top-level names. */
  get params(): Values {
    return Object.fromEntries(Object.entries(objectOf(this.tree.at('attrs'))).filter(([name]) => name !== systemParams));
  }

  /** What Aim recorded of the machine and the code, where it was asked to. */
  get system(): Values {
    return objectOf(this.tree.at('attrs', systemParams));
  }

  get systemFile(): SourceFile | null {
    return this.files.get(`attrs\0${systemParams}`) ?? null;
  }

  /** Where the param stands whose name begins with this one. */
  paramFile(name: string): SourceFile | null {
    return this.files.get(`attrs\0${name}`) ?? null;
  }

  /** Seconds since the epoch; null where the run has not ended, undefined where it does not say. */
  get ended(): number | null | undefined {
    const ended = this.tree.at('end_time');
    return typeof ended === 'number' || ended === null ? ended : undefined;
  }

  /** The context that a series names by its number; null where it is not there. */
  context(id: PathPart): Values | null {
    const found = this.tree.at('contexts', id);
    return found === undefined ? null : objectOf(found);
  }

  get artifacts(): readonly Value[] {
    return Object.values(objectOf(this.tree.at('artifacts')));
  }

  /** Whether series are named, whose points should be somewhere. */
  get hasSeries(): boolean {
    return this.tree.keys('traces').length > 0;
  }
}

export const objectOf = (value: Value | undefined): Values => (isObject(value) ? value : {});

/** Reads what the store holds of a run. Damage is told in the store's `issues`. */
export async function readMeta(store: RocksStore, hash: string): Promise<RunMeta> {
  const meta = new RunMeta();
  const sink = (above: number) => ({
    entry: (key: Uint8Array, value: Uint8Array, file: SourceFile) => meta.put(decodePath(key)?.slice(above) ?? null, value, file),
  });
  // The contexts stand beside the runs too: what is lost of one may be had from the other.
  for await (const _ of store.scan(...rangeBelow('meta', 'contexts'), sink(1)));
  for await (const _ of store.scan(...rangeBelow('meta', 'chunks', hash), sink(3)));
  return meta;
}
