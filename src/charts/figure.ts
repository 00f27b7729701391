// One chart as a figure for a paper: as large as wanted, with title and legend; what the picture leaves out is told beside it, not drawn into it.

import type { ChartSpec } from '../core/view/chart-spec';
import { renderSvg } from './svg';

export interface Figure {
  /** Its size is given in cm, so that it comes out as large wherever it is placed. */
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface FigureWish {
  readonly title: string;
  /** Of the whole picture. */
  readonly widthCm: number;
  /** Of the plot with its axes, in CSS pixels. */
  readonly plot: { readonly width: number; readonly height: number };
  readonly marked: boolean;
}

export function figureOf(spec: ChartSpec, { title, widthCm, plot, marked }: FigureWish): Figure {
  const drawn = renderSvg({ ...spec, title }, plot, { marked, remarks: false });
  const heightPx = Number(/^<svg[^>]* height="(\d+)"/.exec(drawn)?.[1]);
  const heightCm = Math.round(((widthCm * heightPx) / plot.width) * 1000) / 1000;
  return { svg: drawn.replace(/ width="\d+" height="\d+"/, ` width="${widthCm}cm" height="${heightCm}cm"`), widthPx: plot.width, heightPx };
}
