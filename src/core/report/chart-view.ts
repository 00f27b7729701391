// What the charts of a report show: the Curves tab as somebody had arranged it, as plain data that a template can hold.

import type { Range } from '../series/outliers';
import { type CurveSettings, defaultCurveSettings, parseCurveSettings } from '../view/curves-settings';
import type { Grouping } from '../view/run-groups';

export interface ChartView {
  /** Axes, smoothing, bands, and the order and search of panels. */
  readonly settings: CurveSettings;
  readonly grouping: Grouping;
  /** Zoom on x of all panels; null shows all. */
  readonly x: Range | null;
  /** Zoom of single panels, by the metric's name. */
  readonly zooms: Readonly<Record<string, { readonly x: Range | null; readonly y: Range | null }>>;
}

/** Nobody is there to switch it on: a run that diverged must not flatten all others. The chart says how many points lie outside. */
export const standardView: ChartView = { settings: { ...defaultCurveSettings, clipOutliers: true }, grouping: { kind: 'none' }, x: null, zooms: {} };

/** A view as it was stored or written by hand; what is not understood is as in the standard one. Null stays null. */
export function parseChartView(stored: unknown): ChartView | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const from = stored as Readonly<Record<string, unknown>>;
  const zooms = typeof from.zooms === 'object' && from.zooms !== null ? Object.entries(from.zooms) : [];
  return {
    settings: from.settings === undefined ? standardView.settings : parseCurveSettings(from.settings),
    grouping: parseGrouping(from.grouping),
    x: parseRange(from.x),
    zooms: Object.fromEntries(
      zooms.map(([panel, zoom]) => {
        const { x, y } = (typeof zoom === 'object' && zoom !== null ? zoom : {}) as { x?: unknown; y?: unknown };
        return [panel, { x: parseRange(x), y: parseRange(y) }];
      }),
    ),
  };
}

function parseGrouping(stored: unknown): Grouping {
  const { kind, fields } = (typeof stored === 'object' && stored !== null ? stored : {}) as { kind?: unknown; fields?: unknown };
  if (kind === 'all-but-seed') return { kind };
  if (kind === 'fields' && Array.isArray(fields) && fields.every((field) => typeof field === 'string')) return { kind, fields };
  return { kind: 'none' };
}

function parseRange(stored: unknown): Range | null {
  const { min, max } = (typeof stored === 'object' && stored !== null ? stored : {}) as { min?: unknown; max?: unknown };
  return typeof min === 'number' && typeof max === 'number' && min < max && Number.isFinite(max - min) ? { min, max } : null;
}
