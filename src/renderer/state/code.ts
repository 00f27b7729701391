// The training code that is under review: in memory only, gone with the window.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Run } from '../../core/model/run';
import type { ReviewedCode } from '../../core/view/code-review';
import type { ImportOrigin } from '../workers/importer';
import type { CodeInput, ReviewClient, ReviewListener } from '../workers/review-client';

export type CodeState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly label: string; readonly done: number; readonly all: number }
  /** `joined`: runs that it was judged with; null where it was judged alone. */
  | { readonly kind: 'ready'; readonly label: string; readonly code: ReviewedCode; readonly joined: number | null }
  | { readonly kind: 'failed'; readonly label: string; readonly message: string };

export interface Code {
  readonly store: StoreApi<CodeState>;
  /** Reviews a project; one before it is let go of. `origin`: where it can be read from again. */
  review(label: string, input: CodeInput, origin: ImportOrigin): void;
  /** Judges again with runs of this code; null judges the code alone. */
  join(runs: readonly Run[] | null): void;
  /** Ends what is under way, or takes the code off the screen. */
  close(): void;
}

export interface CodeDeps {
  readonly start: (input: CodeInput, listener: ReviewListener) => ReviewClient;
  readonly begin: (label: string) => () => void;
}

const nothing: CodeState = { kind: 'none' };

export function createCode({ start, begin }: CodeDeps): Code {
  const store = createStore<CodeState>(() => nothing);
  let client: ReviewClient | null = null;
  let end: (() => void) | null = null;
  let joined: number | null = null;
  const settle = (): void => {
    end?.();
    end = null;
  };
  const close = (): void => {
    client?.close();
    client = null;
    joined = null;
    settle();
    store.setState(nothing, true);
  };
  return {
    store,
    close,
    review: (label, input) => {
      close();
      end = begin('review of code');
      store.setState({ kind: 'reading', label, done: 0, all: 0 }, true);
      client = start(input, {
        progress: (done, all) => store.setState({ kind: 'reading', label, done, all }, true),
        reviewed: (code) => {
          store.setState({ kind: 'ready', label, code, joined }, true);
          settle();
        },
        failed: (message) => {
          store.setState({ kind: 'failed', label, message }, true);
          settle();
        },
      });
    },
    join: (runs) => {
      if (store.getState().kind !== 'ready' || !client) return;
      joined = runs?.length ?? null;
      end ??= begin('review of code');
      client.join(runs ?? []);
    },
  };
}
