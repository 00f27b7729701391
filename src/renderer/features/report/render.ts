// The document as markup or file, with charts drawn by the chart library.

import { chartDrawer } from '../../../charts/report-chart';
import type { ReportDocument } from '../../../core/report/document';
import { pageCss, reportCss } from '../../../core/report/page-style';
import { renderBody } from '../../../core/report/render/html';
import { type ReportRenderer, renderers } from '../../../core/report/renderer';

const drawer = (document: ReportDocument) => ({ svgOf: chartDrawer(document.page.lines === 'distinct') });

export const bodyOf = (document: ReportDocument): string => renderBody(document, drawer(document));
export const styleOf = (document: ReportDocument): string => pageCss(document) + reportCss;
export const fileOf = (document: ReportDocument, renderer: ReportRenderer): string => renderer.render(document, drawer(document));

const html = renderers.find(({ meta }) => meta.id === 'html') as ReportRenderer;
export const htmlOf = (document: ReportDocument): string => fileOf(document, html);

/** A file name from the title: letters, digits and dashes. */
export const fileName = (title: string, extension: string): string =>
  `${
    title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'report'
  }.${extension}`;
