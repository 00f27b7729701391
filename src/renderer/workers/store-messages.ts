// What the page and its store worker say to each other.

import type { RunId } from '../../core/base/units';
import type { OwnWords } from '../../core/model/own-words';
import type { Written } from './importer';

export type StoreRequest = { readonly id: number } & StoreJob;

export type StoreJob =
  /** Unpacks whole runs (core/store/pack.ts) and puts them. */
  | { readonly kind: 'put'; readonly batch: Uint8Array<ArrayBuffer> }
  /** Writes runs, with all points, files and what the person says of them, as one bundle; `desk` is what else belongs to a back-up. */
  | { readonly kind: 'bundle'; readonly runs: readonly RunId[]; readonly words: ReadonlyMap<RunId, OwnWords>; readonly desk: string | null };

export type StoreReply =
  | { readonly id: number; readonly kind: 'written'; readonly written: readonly Written[] }
  | { readonly id: number; readonly kind: 'bundle'; readonly blob: Blob }
  | { readonly id: number; readonly kind: 'failed'; readonly name: string; readonly message: string };
