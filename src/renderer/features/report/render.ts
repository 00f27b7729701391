// The document as markup or file, with charts drawn by the chart library.

import { renderSvg } from '../../../charts/svg';
import type { ChartBlock, ReportDocument } from '../../../core/report/document';
import { renderBody } from '../../../core/report/render/html';
import type { RenderOptions, ReportRenderer } from '../../../core/report/renderer';

/** Plot height of a chart for its width. */
const aspect = 0.42;

/** Drawings by their spec: typing a note must not draw every chart again. */
const drawn = new WeakMap<ChartBlock['spec'], string>();

const options: RenderOptions = {
  svgOf({ spec }, width) {
    const known = drawn.get(spec);
    if (known !== undefined) return known;
    const svg = renderSvg(spec, { width, height: Math.round(width * aspect) });
    drawn.set(spec, svg);
    return svg;
  },
};

export const bodyOf = (document: ReportDocument): string => renderBody(document, options);
export const fileOf = (document: ReportDocument, renderer: ReportRenderer): string => renderer.render(document, options);

/** A file name from the title: letters, digits and dashes. */
export const fileName = (title: string, extension: string): string =>
  `${
    title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'report'
  }.${extension}`;
