// The host's picker and the state of a source: what lies at a place, without reading any file.
import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WireError } from '../wire/errors';
import type { Listing, SourceState } from '../wire/host-api';
import type { Places } from './places';

const mostListed = 5000;
const mostCompared = 500_000;
const entriesPerSlice = 500;

/**
 * Lists a folder: folders first, then files, by name. Links are shown as what they lead to.
 * @throws WireError `not-found` or `refused`
 */
export function browse(path: string, places: Places): Listing {
  const names = readNames(path);
  const entries = names.slice(0, mostListed).flatMap((name) => {
    const at = join(path, name);
    const stat = statSync(at, { throwIfNoEntry: false });
    if (!stat || !(stat.isDirectory() || stat.isFile())) return [];
    const kind = stat.isDirectory() ? ('folder' as const) : ('file' as const);
    return [{ id: places.show(at), name, kind, size: kind === 'file' ? stat.size : null, modifiedMs: stat.mtimeMs }];
  });
  entries.sort((a, b) => (a.kind === b.kind ? byName(a.name, b.name) : a.kind === 'folder' ? -1 : 1));
  const parent = dirname(path);
  return {
    place: places.show(path),
    label: basename(path) || path,
    path,
    parent: parent === path ? null : places.show(parent),
    entries,
    truncated: names.length > mostListed,
  };
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' });

function readNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') throw new WireError('refused', `The system does not let you look into ${path}.`, 'Ask its owner for access.');
    throw new WireError('not-found', `${path} is not a folder, or it is gone.`, 'Go one folder up.');
  }
}

/** Whether a source is there, and a fingerprint over names, sizes and times of its files. Links are not followed. */
export async function sourceState(path: string, signal: AbortSignal): Promise<SourceState> {
  const gone: SourceState = { state: 'gone', fingerprint: null, files: 0, bytes: 0, newestMs: null, quietMs: null };
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return gone;
  const hash = createHash('sha256');
  let files = 0;
  let bytes = 0;
  let newestMs = 0;
  const add = (name: string, size: number, modifiedMs: number): void => {
    hash.update(`${name}\0${size}\0${modifiedMs}\n`);
    files++;
    bytes += size;
    newestMs = Math.max(newestMs, modifiedMs);
  };
  if (stat.isFile()) add('.', stat.size, stat.mtimeMs);
  const folders = stat.isDirectory() ? [path] : [];
  for (let seen = 0; folders.length > 0 && seen < mostCompared; ) {
    const folder = folders.pop() as string;
    for (const entry of readEntries(folder)) {
      const at = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(at);
      const found = entry.isFile() ? statSync(at, { throwIfNoEntry: false }) : undefined;
      if (found) add(at.slice(path.length), found.size, found.mtimeMs);
      // Other requests wait behind this one: let them pass now and then.
      if (++seen % entriesPerSlice === 0) await new Promise((next) => setImmediate(next));
      signal.throwIfAborted();
    }
  }
  return {
    state: 'present',
    fingerprint: hash.digest('hex'),
    files,
    bytes,
    ...(files > 0 ? { newestMs, quietMs: Math.max(0, Date.now() - newestMs) } : { newestMs: null, quietMs: null }),
  };
}

function readEntries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
