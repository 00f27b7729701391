// What a person arranged in this tab.

export const segments = ['groups', 'params', 'next'] as const;
export type Segment = (typeof segments)[number];

export const chartKinds = ['axis', 'parallel', 'scatter', 'heat'] as const;
export type ChartKind = (typeof chartKinds)[number];

export interface EffectsSlice {
  readonly segment: Segment;
  readonly chart: ChartKind;
  /** Params of scatter and heat map; null for the first of the list (x) and the metric or the second (y). */
  readonly x: string | null;
  readonly y: string | null;
  /** Lines of parallel coordinates: each run's own colour, or from pale to strong by the metric. */
  readonly colour: 'run' | 'standing';
  /** How many experiments to propose. */
  readonly count: number;
}

export const standardSlice: EffectsSlice = {
  segment: 'groups',
  chart: 'axis',
  x: null,
  y: null,
  colour: 'standing',
  count: 5,
};

/** Reads what was stored, which may be of another version or damaged: each part that is wrong becomes the standard. */
export function parseSlice(stored: unknown): EffectsSlice {
  if (typeof stored !== 'object' || stored === null) return standardSlice;
  const known = stored as Partial<Record<keyof EffectsSlice, unknown>>;
  const valid: Readonly<Record<keyof EffectsSlice, boolean>> = {
    segment: segments.some((one) => one === known.segment),
    chart: chartKinds.some((one) => one === known.chart),
    x: textOrNull(known.x),
    y: textOrNull(known.y),
    colour: known.colour === 'run' || known.colour === 'standing',
    count: Number.isInteger(known.count) && (known.count as number) >= 1 && (known.count as number) <= 20,
  };
  const keys = Object.keys(valid) as (keyof EffectsSlice)[];
  if (keys.every((key) => valid[key])) return stored as EffectsSlice;
  return { ...standardSlice, ...Object.fromEntries(keys.filter((key) => valid[key]).map((key) => [key, known[key]])) };
}

const textOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
