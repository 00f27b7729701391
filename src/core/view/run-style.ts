// How a run looks: colour, line and marker as one record, the same in table, chart, legend and report.

import { type Colour, type PaletteId, paletteOf } from './palettes';

export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'dash-dot';
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'down' | 'star';

export interface RunStyle {
  readonly colour: Colour;
  readonly line: LineStyle;
  readonly marker: Marker;
}

/** A colour that a person chose for a run: one of the palette by its place, which follows the palette, or one of their own. */
export type RunColour = `palette:${number}` | `#${string}`;

export interface Choices {
  readonly palette?: PaletteId;
  readonly colour?: RunColour | undefined;
  readonly line?: LineStyle | undefined;
}

export const lineStyles = ['solid', 'dashed', 'dotted', 'dash-dot'] as const satisfies readonly LineStyle[];
export const markers: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down', 'star'];

/**
 * The look of the run in a slot. Slots are given once per run, in the order runs came in, so that a run keeps its look.
 * Colours repeat after the palette with another line (or lines with another colour, `linesFirst`), markers after 7: with the standard
 * palette the first 56 slots differ in more than one thing.
 * @param choices the palette of the page or report, and what was chosen for this run
 */
export function runStyle(slot: number, { palette = 'standard', colour, line }: Choices = {}): RunStyle {
  const { colours, linesFirst } = paletteOf(palette);
  const [fast, slow] = [linesFirst ? lineStyles.length : colours.length, linesFirst ? colours.length : lineStyles.length];
  const [inner, outer] = [slot % fast, Math.floor(slot / fast) % slow];
  const own = colours[linesFirst ? outer : inner] as Colour;
  return {
    colour: colour === undefined ? own : chosenColour(colour, colours),
    line: line ?? (lineStyles[linesFirst ? inner : outer] as LineStyle),
    marker: markers[slot % markers.length] as Marker,
  };
}

function chosenColour(colour: RunColour, colours: readonly Colour[]): Colour {
  if (!colour.startsWith('palette:')) return { light: colour, dark: colour };
  return colours[Number(colour.slice('palette:'.length)) % colours.length] as Colour;
}

/** The smallest slots that are not taken, one for each id that has none yet. */
export function giveSlots<Id extends string>(taken: ReadonlyMap<Id, number>, ids: Iterable<Id>): ReadonlyMap<Id, number> {
  const slots = new Map(taken);
  const used = new Set(taken.values());
  let next = 0;
  for (const id of ids) {
    if (slots.has(id)) continue;
    while (used.has(next)) next += 1;
    used.add(next);
    slots.set(id, next);
  }
  return slots.size === taken.size ? taken : slots;
}
