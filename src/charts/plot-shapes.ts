// Plot spec → shapes in pixels, and which run lies under a pixel. Pure, so that both are tested without drawing.

import type { PlotSpec } from '../core/view/plot-spec';
import type { Marker } from '../core/view/run-style';
import type { Size } from './layout';
import { heatPlot } from './plot-heat';
import { parallelPlot } from './plot-parallel';
import { scatterPlot } from './plot-scatter';
import type { ChartTheme } from './theme';

export type Pixel = readonly [x: number, y: number];

export type Shape =
  | { readonly kind: 'line'; readonly points: readonly Pixel[]; readonly colour: string; readonly width: number; readonly opacity: number }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly opacity: number;
    }
  | {
      readonly kind: 'mark';
      readonly x: number;
      readonly y: number;
      readonly marker: Marker;
      readonly size: number;
      readonly colour: string;
      readonly opacity: number;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the upper edge. */
      readonly y: number;
      readonly text: string;
      readonly colour: string;
      readonly align: 'left' | 'center' | 'right';
      readonly size: number;
      readonly strong?: boolean;
    };

export interface Hit {
  /** Runs that are meant: one dot or line, or all of a cell. */
  readonly owners: readonly string[];
  readonly at: Pixel;
}

export interface Plot {
  readonly shapes: readonly Shape[];
  /** What lies under a pixel, or near it; null for nothing. */
  hit(x: number, y: number): Hit | null;
  /** Where a run is drawn, to highlight it: one pixel for a dot, several for a line; empty where it is not. */
  pathOf(owner: string): readonly Pixel[];
  /** Runs in the order that the arrow keys walk. */
  readonly order: readonly string[];
}

export function plotOf(spec: PlotSpec, size: Size, theme: ChartTheme): Plot {
  switch (spec.kind) {
    case 'scatter':
      return scatterPlot(spec, size, theme);
    case 'parallel':
      return parallelPlot(spec, size, theme);
    case 'heat':
      return heatPlot(spec, size, theme);
  }
}
