// Which places on disk the page may ask for: ids stand for paths, and only what was named or picked becomes a source.
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { WireError } from '../wire/errors';
import type { SourceRef } from '../wire/host-api';

const kept = v.object({ version: v.literal(1), secret: v.pipe(v.string(), v.minLength(32)), sources: v.array(v.object({ id: v.string(), path: v.string() })) });
type Kept = v.InferOutput<typeof kept>;
const mostKept = 1000;

export interface Places {
  /** The id of a place that the picker shows. It can be listed and chosen while the host runs. */
  show(path: string): string;
  /** @throws WireError `unknown-id` for an id that was never shown */
  shown(id: string): string;
  /**
   * Makes places into sources, which stay so over restarts. The same place has the same id, whatever it was called.
   * @throws WireError `not-found`
   */
  admit(paths: readonly string[]): readonly SourceRef[];
  /** @throws WireError `unknown-id` for what is no source */
  source(id: string): SourceRef;
}

/** @param folder where the list is kept, readable by the user alone */
export function createPlaces(folder: string): Places {
  const file = join(folder, 'places.json');
  const state = load(file);
  const sources = new Map(state.sources.map(({ id, path }) => [id, path]));
  const visible = new Map<string, string>();
  // With a secret, an id says nothing about a path, and nobody can make the id of a path that they wish to read.
  const idOf = (path: string): string => createHmac('sha256', state.secret).update(path).digest('hex').slice(0, 24);

  return {
    show(path) {
      const id = idOf(path);
      visible.set(id, path);
      return id;
    },
    shown(id) {
      const path = visible.get(id);
      if (path === undefined) throw new WireError('unknown-id', 'This place is not known any more.', 'Open the picker again.');
      return path;
    },
    admit(paths) {
      const refs = paths.map((given) => {
        const path = realPath(given);
        const id = idOf(path);
        // Last used last, so that the oldest fall out.
        sources.delete(id);
        sources.set(id, path);
        return describe(id, path);
      });
      for (const id of [...sources.keys()].slice(0, Math.max(0, sources.size - mostKept))) sources.delete(id);
      save(file, { version: 1, secret: state.secret, sources: [...sources].map(([id, path]) => ({ id, path })) });
      return refs;
    },
    source(id) {
      const path = sources.get(id);
      if (path === undefined) throw new WireError('unknown-id', 'This source was not opened on this machine.', 'Open the folder or file again.');
      return describe(id, path);
    },
  };
}

function describe(id: string, path: string): SourceRef {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return { id, label: basename(path) || path, path, kind: isFolder ? 'folder' : 'file' };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new WireError('not-found', `There is nothing at ${path}.`, 'Check the spelling, or whether the drive is connected.');
  }
}

function load(file: string): Kept {
  try {
    return v.parse(kept, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent or damaged: start anew. The user opens their folders once more.
    return { version: 1, secret: randomBytes(32).toString('hex'), sources: [] };
  }
}

function save(file: string, state: Kept): void {
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
