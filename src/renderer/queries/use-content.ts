// The bytes of a run's file that were kept for preview.

import { useEffect, useState } from 'react';
import type { RunId } from '../../core/base/units';
import { useApp } from '../state/app';

export type ContentState =
  | { readonly kind: 'loading' }
  /** The file is listed, but its bytes were not kept. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'ready'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly message: string };

export function useContent(run: RunId, path: string): ContentState {
  const { storage, idle } = useApp();
  const [state, setState] = useState<ContentState>({ kind: 'loading' });
  useEffect(() => {
    let current = true;
    const show = (next: ContentState): void => {
      if (current) setState(next);
    };
    show({ kind: 'loading' });
    idle
      .track('content', storage.content(run, path))
      .then((bytes) => show(bytes === null ? { kind: 'absent' } : { kind: 'ready', bytes }))
      .catch((error: unknown) => show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
    return () => {
      current = false;
    };
  }, [storage, idle, run, path]);
  return state;
}
