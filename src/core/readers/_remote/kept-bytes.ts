// Bytes that a server holds and never changes (a logged picture, a sound), kept while the tracker is followed.

import type { ReadContext } from '../../source/reader';

/** Beyond it what was asked for longest ago goes. */
const mostBytes = 64 * 1024 * 1024;

type Fetched = Promise<Uint8Array<ArrayBuffer>>;

/** Answers from what was kept, or fetches. What is given out is a copy: it is handed over. */
export async function keptBytes({ memory }: Pick<ReadContext, 'memory'>): Promise<(name: string, fetch: () => Fetched) => Fetched> {
  const kept = await memory?.keep('bytes', [], () => new KeptBytes());
  return kept ? (name, fetch) => kept.get(name, fetch) : (_, fetch) => fetch();
}

class KeptBytes {
  readonly #all = new Map<string, Uint8Array<ArrayBuffer>>();
  #bytes = 0;

  async get(name: string, fetch: () => Fetched): Fetched {
    const known = this.#all.get(name);
    this.#forget(name);
    const bytes = known ?? (await fetch());
    this.#forget(name);
    this.#all.set(name, bytes);
    this.#bytes += bytes.length;
    for (const oldest of this.#all.keys()) {
      if (this.#bytes <= mostBytes) break;
      this.#forget(oldest);
    }
    return bytes.slice();
  }

  #forget(name: string): void {
    this.#bytes -= this.#all.get(name)?.length ?? 0;
    this.#all.delete(name);
  }
}
