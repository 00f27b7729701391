// What the Curves tab and its worker say to each other.

import type { DrawWish, PanelDrawing } from '../../../core/view/curves-draw';
import type { PlacedSeries } from '../../../core/view/curves-lines';
import type { MarkWish, PlacedMark } from '../../../core/view/curves-marks';

export interface PanelWish {
  readonly series: readonly PlacedSeries[];
  readonly draw: DrawWish;
  readonly marks: readonly MarkWish[];
}

export type CurveRequest =
  | { readonly kind: 'draw'; readonly id: number; readonly panel: string; readonly wish: PanelWish }
  /** Stored points nearest to x, on lines of the panel as it was wished last. */
  | { readonly kind: 'probe'; readonly id: number; readonly panel: string; readonly x: number; readonly lines: readonly string[] }
  /** Every stored point of the panel, as it was wished last. */
  | { readonly kind: 'points'; readonly id: number; readonly panel: string }
  | { readonly kind: 'release'; readonly panel: string };

/** A stored point, or a group's statistics at one of its x. */
export interface Probe {
  readonly line: string;
  readonly x: number;
  /** As logged; for a group its centre. */
  readonly y: number;
  /** Smoothed; the same as y where nothing is smoothed. */
  readonly shown: number;
  readonly group: { readonly n: number; readonly lower: number; readonly upper: number } | null;
}

export interface SeriesPoints {
  readonly key: string;
  /** False for a series that only gives x. */
  readonly own: boolean;
  readonly steps: Float64Array<ArrayBuffer> | null;
  readonly values: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer> | null;
}

export type CurveReply =
  /** `partial`: drawn from overviews of long series; another answer follows when all points are read. */
  | {
      readonly kind: 'drawn';
      readonly id: number;
      readonly panel: string;
      readonly drawing: PanelDrawing;
      readonly marks: readonly PlacedMark[];
      readonly partial: boolean;
    }
  | { readonly kind: 'probed'; readonly id: number; readonly probes: readonly Probe[] }
  | { readonly kind: 'points'; readonly id: number; readonly series: readonly SeriesPoints[] }
  | { readonly kind: 'failed'; readonly id: number; readonly panel: string; readonly message: string };
