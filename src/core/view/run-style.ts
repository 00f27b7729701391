// How a run looks: colour, line and marker as one record, the same in table, chart, legend and report.

export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'dash-dot';
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'down' | 'star';

/** A colour for a light and one for a dark background; both have 3:1 contrast there. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export interface RunStyle {
  readonly colour: Colour;
  readonly line: LineStyle;
  readonly marker: Marker;
}

/** Told apart with normal, protan, deutan and tritan sight (test/core/view/run-style.test.ts measures it). */
export const palette: readonly Colour[] = [
  { light: '#0072b2', dark: '#4da6e0' },
  { light: '#d55e00', dark: '#ff8f3d' },
  { light: '#008763', dark: '#2fc79b' },
  { light: '#b5508b', dark: '#e58fc0' },
  { light: '#8c6a00', dark: '#e3c237' },
  { light: '#5b3fb5', dark: '#a48cf5' },
  { light: '#4b5563', dark: '#aab4c0' },
  { light: '#a31d2b', dark: '#ff6b74' },
];

const lines: readonly LineStyle[] = ['solid', 'dashed', 'dotted', 'dash-dot'];
const markers: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down', 'star'];

/**
 * The look of the run in a slot. Slots are given once per run, in the order runs came in, so that a run keeps its look.
 * Colours repeat after 8 slots with another line, markers after 7: the first 56 slots differ in more than one thing.
 * @param custom a colour that the user chose, `#rrggbb`
 */
export function runStyle(slot: number, custom?: string): RunStyle {
  const colour = custom ? { light: custom, dark: custom } : (palette[slot % palette.length] as Colour);
  return {
    colour,
    line: lines[Math.floor(slot / palette.length) % lines.length] as LineStyle,
    marker: markers[slot % markers.length] as Marker,
  };
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
