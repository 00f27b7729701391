// What a run logged to be looked at, by step: pictures, sounds, texts, tables, histograms, figures. Their bytes lie among the run's contents.

import type { EpochMs } from '../base/units';
import { contextText } from './run';
import type { Values } from './values';

export const mediaForms = ['image', 'audio', 'video', 'text', 'html', 'table', 'histogram', 'confusion', 'curve', 'figure', 'file'] as const;

/**
 * How an item is looked at. `table`, `histogram`, `confusion` and `curve` are our own JSON (media-forms), whatever the tracker wrote.
 * `image` is a raster picture; `figure` a plotly figure as JSON. `html` is a stranger's markup and `file` anything else, SVG included:
 * neither is ever put into a page as markup, they are shown as text or offered to be saved.
 */
export type MediaForm = (typeof mediaForms)[number];

/** Media types of the bytes that are not plain files. */
export const jsonType = 'application/json';
export const plotlyType = 'application/vnd.plotly.v1+json';

/** Names the media of a run: a metric's place for what is no number. */
export interface MediaKey {
  readonly name: string;
  /** The tracker's own word for what it is. */
  readonly kind: string;
  /** As for series: tells sub-runs apart that hold media of one name. Left out where there is none. */
  readonly context?: Values;
}

export interface Media extends MediaKey {
  /** Items that were logged. */
  readonly count: number;
  /** Items that are kept, by step (null first), then index, which are unique together. Left out where none was read. */
  readonly items?: readonly MediaItem[];
}

export interface MediaItem {
  readonly step: number | null;
  readonly timeMs: EpochMs | null;
  /** Its place among the items of one step: a step may hold several pictures. */
  readonly index: number;
  readonly form: MediaForm;
  /** Media type of its bytes: `image/png`, `text/plain`; `application/json` for our own forms. */
  readonly type: string;
  /** Path of its bytes among the run's contents; null where they were not kept or not there. */
  readonly content: string | null;
  /** Bytes; null where unknown. */
  readonly size: number | null;
  readonly caption: string | null;
}

export const mediaKeyText = ({ kind, name, context }: MediaKey): string => `${kind}\0${name}\0${contextText(context ?? {})}`;

/** What the contents of a run are named by that lie in no file of their own (a number follows); no artifact's path begins so. */
export function embeddedPrefix(artifacts: Iterable<string>): string {
  let prefix = '@media/';
  const taken = [...artifacts].filter((path) => path.startsWith('@'));
  while (taken.some((path) => path.startsWith(prefix))) prefix = `@${prefix}`;
  return prefix;
}

export const isEmbedded = (path: string): boolean => /^@+media\/\d+$/.test(path);
