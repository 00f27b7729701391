// The bytes of media of a run: kept for a while, and the last ones stay until the next are there, so that a slider does not flicker.

import { useEffect, useRef, useState } from 'react';
import type { Run } from '../../core/model/run';
import type { ContentState } from '../queries/use-content';
import { type App, useApp } from '../state/app';

/** Bytes kept of each run that is looked at. */
const mostKept = 8 * 1024 * 1024;

interface Kept {
  readonly bytes: Map<string, Uint8Array<ArrayBuffer>>;
  size: number;
}
const kept = new WeakMap<Run, Kept>();

/** Reads out of the store, or out of what was read before. */
export async function readBytes(app: Pick<App, 'storage'>, run: Run, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const known = kept.get(run)?.bytes.get(path);
  if (known) return known;
  const bytes = await app.storage.content(run.id, path);
  if (bytes && bytes.length <= mostKept / 4) {
    let shelf = kept.get(run);
    if (!shelf || shelf.size + bytes.length > mostKept) shelf = { bytes: new Map(), size: 0 };
    shelf.bytes.set(path, bytes);
    shelf.size += bytes.length;
    kept.set(run, shelf);
  }
  return bytes;
}

/** Bytes of one content; those of another path stay until these are there. */
export function useBytes(run: Run, path: string): ContentState {
  const app = useApp();
  const known = kept.get(run)?.bytes.get(path);
  const [shown, setShown] = useState<ContentState>({ kind: 'loading' });
  useEffect(() => {
    let current = true;
    const show = (next: ContentState): void => {
      if (current) setShown(next);
    };
    app.idle
      .track('media', readBytes(app, run, path))
      .then((bytes) => show(bytes === null ? { kind: 'absent' } : { kind: 'ready', bytes }))
      .catch((error: unknown) => show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
    return () => {
      current = false;
    };
  }, [app, run, path]);
  const made = useRef<{ bytes: Uint8Array<ArrayBuffer>; state: ContentState } | null>(null);
  if (!known) return shown;
  if (made.current?.bytes !== known) made.current = { bytes: known, state: { kind: 'ready', bytes: known } };
  return made.current.state;
}
