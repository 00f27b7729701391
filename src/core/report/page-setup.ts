// The paper of a report: size, orientation, and where wide tables go.

export type Paper = 'A4' | 'Letter';
export type Orientation = 'portrait' | 'landscape';
/** Tables of more runs than fit across: on landscape pages among the others, or cut into tables that fit. */
export type WideTables = 'landscape' | 'cut';
/** What tells runs apart: as on screen, or each with a line and a marker of its own, which survive black and white. */
export type Lines = 'distinct' | 'screen';

export interface PageSetup {
  readonly paper: Paper;
  readonly orientation: Orientation;
  readonly wideTables: WideTables;
  readonly lines: Lines;
}

export const papers: readonly Paper[] = ['A4', 'Letter'];
export const orientations: readonly Orientation[] = ['portrait', 'landscape'];
export const wideTableWays: readonly WideTables[] = ['landscape', 'cut'];
export const lineWays: readonly Lines[] = ['distinct', 'screen'];

export const standardPage: PageSetup = { paper: 'A4', orientation: 'portrait', wideTables: 'landscape', lines: 'distinct' };

/** A page setup as it was stored or written by hand; what is not understood is as in the standard one. */
export function parsePage(stored: unknown): PageSetup {
  const from = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<Record<string, unknown>>;
  const oneOf = <T>(key: keyof PageSetup, values: readonly T[], fallback: T): T => values.find((value) => value === from[key]) ?? fallback;
  return {
    paper: oneOf('paper', papers, standardPage.paper),
    orientation: oneOf('orientation', orientations, standardPage.orientation),
    wideTables: oneOf('wideTables', wideTableWays, standardPage.wideTables),
    lines: oneOf('lines', lineWays, standardPage.lines),
  };
}

/** Short and long side in mm. */
const sides: Readonly<Record<Paper, readonly [number, number]>> = { A4: [210, 297], Letter: [215.9, 279.4] };

/** In mm. */
export const margins = { top: 16, side: 14, bottom: 18 } as const;

/** Width and height of the sheet in mm. */
export function sheetOf({ paper }: Pick<PageSetup, 'paper'>, orientation: Orientation): { readonly width: number; readonly height: number } {
  const [short, long] = sides[paper];
  return orientation === 'portrait' ? { width: short, height: long } : { width: long, height: short };
}

/** Columns of runs that fit across beside the names of rows, in a readable size: the baseline and others. */
export const runColumns: Readonly<Record<Orientation, number>> = { portrait: 5, landscape: 8 };

/** Pages on which tables of this many runs stand. */
export const orientationFor = ({ orientation, wideTables }: PageSetup, runs: number): Orientation =>
  wideTables === 'landscape' && runs > runColumns[orientation] ? 'landscape' : orientation;
