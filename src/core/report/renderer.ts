// The contract of an export format: it sees the report document and nothing else.

import { fileId, registryOf } from '../base/registry';
import type { ChartBlock, ReportDocument } from './document';

export interface RenderOptions {
  /** Draws a chart as SVG for a page of this width; markup made by us, with all text escaped. */
  svgOf(chart: ChartBlock, widthPx: number): string;
}

export interface ReportRenderer {
  readonly meta: { readonly id: string; readonly extension: string; readonly title: string; readonly mime: string };
  render(document: ReportDocument, options: RenderOptions): string;
}

export const renderers: readonly ReportRenderer[] = registryOf(import.meta.glob<ReportRenderer>('./render/*.ts', { eager: true, import: 'renderer' }), fileId);
