// Looks of runs on paper: the colours of the screen, and where wanted a line and a marker of its own for each, so that a copy in black and white can be read.

import { type LineStyle, lineStyles, type Marker, markers, type RunStyle } from '../view/run-style';
import type { Lines } from './page-setup';

/** Runs that differ in line or marker. */
export const mostDistinct = lineStyles.length * markers.length;

/**
 * The look of each in a report, by its place there.
 * Lines change fastest: the first four differ in their line already, and no two of the first 28 share both line and marker (4 and 7 have no common divisor).
 */
export function printStyles<Id>(screen: ReadonlyMap<Id, RunStyle>, lines: Lines): ReadonlyMap<Id, RunStyle> {
  if (lines === 'screen') return screen;
  return new Map([...screen].map(([id, { colour }], at) => [id, { colour, ...lineAt(at) }]));
}

/** Line and marker at a place of a legend. */
export const lineAt = (at: number): { readonly line: LineStyle; readonly marker: Marker } => ({
  line: lineStyles[at % lineStyles.length] as LineStyle,
  marker: markers[at % markers.length] as Marker,
});
