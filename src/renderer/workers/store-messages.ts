// What the page and its store worker say to each other.

import type { Written } from './importer';

export interface StoreRequest {
  readonly id: number;
  /** Whole runs, packed by core/store/pack.ts. */
  readonly batch: Uint8Array<ArrayBuffer>;
}

export type StoreReply =
  | { readonly id: number; readonly kind: 'written'; readonly written: readonly Written[] }
  | { readonly id: number; readonly kind: 'failed'; readonly name: string; readonly message: string };
