// What lasts as long as the window: hover, open overlays. Nothing here is saved or undone.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import type { ChartSpec } from '../../core/view/chart-spec';

export interface SessionState {
  /** The run under the pointer, highlighted everywhere. */
  readonly hovered: RunId | null;
  /** The run that the arrow keys stand on. */
  readonly current: RunId | null;
  /** Id of the overlay that is open: `palette`, `keys`, …. One at a time. */
  readonly overlay: string | null;
  /** The file that is being looked at: evidence of a fact, an artifact, a patch. */
  readonly preview: FilePreview | null;
  /** The import whose unknown files are being told how to be read; the overlay `mapping` shows it. */
  readonly mapping: number | null;
  /** Runs whose note and tags are being written; the overlay `words` shows them. */
  readonly words: readonly RunId[];
  /** Id of the setting that the dialog of settings is to show. */
  readonly setting: string | null;
  /** Name of the metric whose role is being looked at. */
  readonly role: string | null;
  /** The chart that is being saved as a figure. */
  readonly figure: FigureDraft | null;
  /** Keys of groups whose members are shown. */
  readonly unfolded: ReadonlySet<string>;
}

export interface FilePreview {
  readonly run: RunId;
  /** Relative to the run, as artifacts and evidence name it. */
  readonly path: string;
  /** The place in it: `line 12`, `key lr`. */
  readonly where?: string;
  /** What was found there: all that can be shown where the file's bytes were not kept. */
  readonly value?: string;
}

export interface FigureDraft {
  readonly title: string;
  readonly spec: ChartSpec;
}

export type SessionStore = StoreApi<SessionState>;

export const createSessionStore = (): SessionStore =>
  createStore<SessionState>(() => ({
    hovered: null,
    current: null,
    overlay: null,
    preview: null,
    mapping: null,
    words: [],
    setting: null,
    role: null,
    figure: null,
    unfolded: new Set(),
  }));
