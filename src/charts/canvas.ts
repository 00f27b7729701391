// A chart on screen: one ECharts instance per visible panel, drawn only when told.

import type { ChartSpec } from '../core/view/chart-spec';
import { type ECharts, init } from './echarts';
import { layoutOf, type Size } from './layout';
import { optionOf, type Series } from './option';
import { type Projection, projectionOf } from './projection';
import type { ChartTheme } from './theme';

export interface CanvasChart {
  /** Draws at once and returns where data lie in pixels. */
  draw(spec: ChartSpec, theme: ChartTheme, size: Size): Projection;
  dispose(): void;
}

/**
 * @param element where to draw; its canvases with the curves carry `data-zr-dom-id="zr_1"`
 * @param label whether the x axis' name is written below it
 */
export function mountChart(element: Parameters<typeof init>[0], size: Size, label: boolean, pixelRatio?: number): CanvasChart {
  const chart: ECharts = init(element, null, { renderer: 'canvas', ...size, ...(pixelRatio === undefined ? {} : { devicePixelRatio: pixelRatio }) });
  let shown: string | null = null;
  let at = size;
  return {
    draw: (spec, theme, wanted) => {
      if (wanted.width !== at.width || wanted.height !== at.height) chart.resize({ ...wanted, silent: true });
      at = wanted;
      const layout = layoutOf(spec, wanted, label);
      const option = optionOf(spec, layout, theme, label);
      const ids = `${theme.dark} ${option.series.map((series: Series) => series.id).join('\n')}`;
      // The same parts as before: their data are exchanged. Other parts: start afresh, which is as fast and leaves nothing behind.
      chart.setOption({ animation: false, ...option }, { notMerge: ids !== shown, silent: true });
      shown = ids;
      return projectionOf(spec, layout.plot);
    },
    dispose: () => chart.dispose(),
  };
}

export type { Projection, Size };
