// How the Curves tab looks at runs: everything a person can choose there, as it is kept in a workspace.

import type { Axis } from '../series/axis';
import type { Band, Centre } from '../series/group';
import type { Smoothing } from '../series/smooth';

/** `auto`: the axis that the tracker itself uses for a series, else the step. */
export type AxisChoice = Axis | { readonly kind: 'auto' };

export interface CurveSettings {
  readonly axis: AxisChoice;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly smoothing: Smoothing;
  /** The unsmoothed curve, faint behind a smoothed one. */
  readonly showRaw: boolean;
  /** Thinned curves as mean with the band of least and greatest in each pixel; otherwise as a line through both. */
  readonly envelope: boolean;
  /** Leaves a few wild values outside of the y range, and says how many. */
  readonly clipOutliers: boolean;
  readonly centre: Centre;
  readonly band: Band;
  /** Members together with their group's aggregate. */
  readonly showMembers: boolean;
  /** Cursor and zoom are shared by all panels. */
  readonly sync: boolean;
  readonly showSystem: boolean;
  /** Findings of the Health tab, marked on their curves. */
  readonly showMarks: boolean;
  /** Pattern over panel names. */
  readonly search: string;
  readonly columns: 'auto' | '1' | '2' | '3' | '4';
  readonly collapsed: readonly string[];
  /** Panel ids in the order a person dragged them to; others follow in their own order. */
  readonly order: readonly string[];
}

export const defaultCurveSettings: CurveSettings = {
  axis: { kind: 'auto' },
  logX: false,
  logY: false,
  smoothing: { kind: 'none' },
  showRaw: true,
  envelope: true,
  clipOutliers: false,
  centre: 'mean',
  band: 'std',
  showMembers: false,
  sync: true,
  showSystem: false,
  showMarks: true,
  search: '',
  columns: 'auto',
  collapsed: [],
  order: [],
};

const bounds = { ema: 0.999, gaussian: 200, mean: 10_001 } as const;

/** Settings as they were stored; what is damaged or unknown falls back to its default. Returns its argument when nothing is wrong. */
export function parseCurveSettings(stored: unknown): CurveSettings {
  if (valid.has(stored as object)) return stored as CurveSettings;
  if (typeof stored !== 'object' || stored === null) return defaultCurveSettings;
  const from = stored as Readonly<Record<string, unknown>>;
  const base = defaultCurveSettings;
  const flag = (key: 'logX' | 'logY' | 'showRaw' | 'envelope' | 'clipOutliers' | 'showMembers' | 'sync' | 'showSystem' | 'showMarks'): boolean =>
    typeof from[key] === 'boolean' ? from[key] : base[key];
  const oneOf = <T extends string>(key: string, values: readonly T[], fallback: T): T => values.find((value) => value === from[key]) ?? fallback;
  const texts = (key: 'collapsed' | 'order'): readonly string[] => {
    const list = from[key];
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : [];
  };
  const parsed: CurveSettings = {
    axis: parseAxis(from.axis),
    logX: flag('logX'),
    logY: flag('logY'),
    smoothing: parseSmoothing(from.smoothing),
    showRaw: flag('showRaw'),
    envelope: flag('envelope'),
    clipOutliers: flag('clipOutliers'),
    centre: oneOf('centre', ['mean', 'median'], base.centre),
    band: oneOf('band', ['std', 'stderr', 'ci95', 'minmax', 'none'], base.band),
    showMembers: flag('showMembers'),
    sync: flag('sync'),
    showSystem: flag('showSystem'),
    showMarks: flag('showMarks'),
    search: typeof from.search === 'string' ? from.search : '',
    columns: oneOf('columns', ['auto', '1', '2', '3', '4'], base.columns),
    collapsed: texts('collapsed'),
    order: texts('order'),
  };
  const settings = sameJson(parsed, stored) ? (stored as CurveSettings) : parsed;
  valid.add(settings);
  return settings;
}

/** Settings that were parsed before: the same object needs no second look. */
const valid = new WeakSet<object>([defaultCurveSettings]);

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function parseAxis(stored: unknown): AxisChoice {
  const axis = (typeof stored === 'object' && stored !== null ? stored : {}) as { kind?: unknown; name?: unknown };
  switch (axis.kind) {
    case 'step':
    case 'relative':
    case 'wall':
    case 'epoch':
      return { kind: axis.kind };
    case 'metric':
      return typeof axis.name === 'string' ? { kind: 'metric', name: axis.name } : { kind: 'auto' };
    default:
      return { kind: 'auto' };
  }
}

function parseSmoothing(stored: unknown): Smoothing {
  const from = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<Record<string, unknown>>;
  const within = (key: string, most: number): number | null => {
    const value = from[key];
    return typeof value === 'number' && value >= 0 && value <= most ? value : null;
  };
  const weight = within('weight', bounds.ema);
  if (from.kind === 'ema' && weight !== null) return { kind: 'ema', weight };
  const sigma = within('sigma', bounds.gaussian);
  if (from.kind === 'gaussian' && sigma !== null) return { kind: 'gaussian', sigma };
  const points = within('points', bounds.mean);
  if (from.kind === 'mean' && points !== null) return { kind: 'mean', points };
  return { kind: 'none' };
}
