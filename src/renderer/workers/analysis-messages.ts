// What the page and the worker that judges runs say to each other.

import type { JobProgress } from '../registry/jobs';

export type AnalysisRequest =
  | { readonly kind: 'start'; readonly id: number; readonly job: string; readonly request: unknown; readonly background: boolean }
  /** Somebody waits for it now. */
  | { readonly kind: 'raise'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number };

export type AnalysisReply =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: JobProgress }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** The answer to a cancel: nothing of it runs any more. */
  | { readonly kind: 'ended'; readonly id: number };
