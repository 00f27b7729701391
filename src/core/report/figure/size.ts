// How large a figure is on paper.

export interface FigureSize {
  readonly widthCm: number;
  /** Of the plot with its axes, without title and legend. */
  readonly heightCm: number;
}

/** A column of a paper set in two. */
export const standardWidthCm = 8.4;
export const narrowest = 4;
export const widest = 60;
const standardShape = 0.62;

/** @param heightCm follows from the width where left out */
export const figureSize = (widthCm: number = standardWidthCm, heightCm?: number): FigureSize => ({
  widthCm,
  heightCm: heightCm ?? Math.round(widthCm * standardShape * 100) / 100,
});

/** CSS pixels of a length on paper: text of 11 pixels is 8.25 pt there, whatever the width. */
export const pixels = (cm: number): number => Math.round((cm / 2.54) * 96);
