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
  { light: '#3583ff', dark: '#8bc5ff' },
  { light: '#e97215', dark: '#e78100' },
  { light: '#0f7b70', dark: '#52b275' },
  { light: '#ba80b7', dark: '#f59bbd' },
  { light: '#925900', dark: '#f7d541' },
  { light: '#7943c2', dark: '#8b7ac0' },
  { light: '#3b4c59', dark: '#d0e1ed' },
  { light: '#631404', dark: '#d64c23' },
];

export const lineStyles: readonly LineStyle[] = ['solid', 'dashed', 'dotted', 'dash-dot'];
export const markers: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down', 'star'];

/**
 * The look of the run in a slot. Slots are given once per run, in the order runs came in, so that a run keeps its look.
 * Colours repeat after 8 slots with another line, markers after 7: the first 56 slots differ in more than one thing.
 * @param custom a colour that the user chose, `#rrggbb`
 */
export function runStyle(slot: number, custom?: string): RunStyle {
  const colour = custom ? { light: custom, dark: custom } : (palette[slot % palette.length] as Colour);
  return {
    colour,
    line: lineStyles[Math.floor(slot / palette.length) % lineStyles.length] as LineStyle,
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
