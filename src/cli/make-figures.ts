// Figures of runs that were read in this process, as files.

import { zipSync } from 'fflate';
import { type Figure, figureOf } from '../charts/figure';
import type { RunId } from '../core/base/units';
import type { Points, Run } from '../core/model/run';
import type { ChartView } from '../core/report/chart-view';
import { chartsOf, slug } from '../core/report/charts';
import type { ChartBlock } from '../core/report/document';
import { figurePage } from '../core/report/figure/page';
import { pgfFiles } from '../core/report/figure/pgf';
import { type FigureSize, pixels } from '../core/report/figure/size';
import type { Lines } from '../core/report/page-setup';
import { paintHtml } from '../host/pdf/picture';
import { printHtml } from '../host/pdf/print';
import { pointsIn, stylesOf } from './make-report';
import { version } from './version';

export interface FigureRequest {
  readonly runs: readonly Run[];
  readonly points: ReadonlyMap<RunId, readonly Points[]>;
  readonly metrics: readonly string[];
  readonly view: ChartView;
  readonly lines: Lines;
  readonly signal: AbortSignal;
}

/** The charts asked for, in that order; a metric that no run logged has none. */
export async function figureCharts({ points, ...request }: FigureRequest): Promise<readonly ChartBlock[]> {
  const { charts } = await chartsOf({ ...request, styles: stylesOf(request.runs, request.lines), pointsOf: pointsIn(points), most: request.metrics.length });
  return charts;
}

export interface FigureFile {
  readonly bytes: string | Uint8Array;
  readonly note: string | null;
}

export interface FigureLook {
  readonly size: FigureSize;
  readonly lines: Lines;
  readonly createdMs: number;
  readonly signal: AbortSignal;
}

const generator = `Diptych ${version}`;

export const drawnFigure = ({ spec, caption }: ChartBlock, { size, lines }: FigureLook): Figure =>
  figureOf(spec, {
    title: caption,
    widthCm: size.widthCm,
    plot: { width: pixels(size.widthCm), height: pixels(size.heightCm) },
    marked: lines === 'distinct',
  });

/** What draws one chart as a file, by the ending of its name. */
export const figureWriters: Readonly<Record<string, (chart: ChartBlock, look: FigureLook) => Promise<FigureFile>>> = {
  svg: async (chart, look) => ({ bytes: `${drawnFigure(chart, look).svg}\n`, note: null }),
  pdf: (chart, look) => printHtml(pageOf(chart, look), chart.caption, look.signal),
  png: (chart, look) => {
    const { widthPx, heightPx } = drawnFigure(chart, look);
    return paintHtml(pageOf(chart, look), widthPx, heightPx, 2, look.signal);
  },
};

function pageOf(chart: ChartBlock, look: FigureLook): string {
  const { svg, widthPx, heightPx } = drawnFigure(chart, look);
  return figurePage(svg, widthPx, heightPx, { title: chart.caption, generator, createdMs: look.createdMs });
}

/** All charts as pgfplots pictures with their data, in one zip. The same charts give the same bytes. */
export function pgfBundle(charts: readonly ChartBlock[], { size, lines }: FigureLook): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  for (const [at, { spec, caption }] of charts.entries()) {
    const name = `${String(at + 1).padStart(2, '0')}-${slug(caption)
      .replace(/[^a-z0-9-]/gi, '-')
      .slice(0, 60)}`;
    const options = { name, label: caption, ...size, marked: lines === 'distinct', generator };
    for (const [path, text] of pgfFiles(spec, options)) files[path] = new TextEncoder().encode(text);
  }
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}
