// Charts of a report: one shape for all of them, drawn once however often the text around them changes.

import type { ChartSpec } from '../core/view/chart-spec';
import { renderSvg } from './svg';

/** Plot height of a chart for its width: three charts with a line of legend fit on an A4 page. */
const aspect = 0.32;

interface Named {
  readonly caption: string;
  readonly spec: ChartSpec;
}

/** Drawings by their spec, for the width and way they were drawn in last. */
const drawn = new WeakMap<ChartSpec, { readonly key: string; readonly svg: string }>();

/** @param marked each curve carries markers of its own, for black and white */
export const chartDrawer =
  (marked: boolean) =>
  ({ spec, caption }: Named, width: number): string => {
    const key = `${width} ${marked} ${caption}`;
    const known = drawn.get(spec);
    if (known?.key === key) return known.svg;
    const svg = renderSvg(spec, { width, height: Math.round(width * aspect) }, { name: caption, marked });
    drawn.set(spec, { key, svg });
    return svg;
  };
