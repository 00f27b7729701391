// What all panels share while a person looks: cursor and zoom. It lasts as long as the tab and is neither saved nor undone.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Range } from '../../../core/series/outliers';

export interface Cursor {
  /** The panel under the pointer. */
  readonly panel: string;
  readonly x: number;
}

export interface CurveView {
  readonly cursor: Cursor | null;
  /** Zoom on x of all panels, when they are in step. */
  readonly x: Range | null;
  /** Zoom of single panels: y always, x when they are not in step. */
  readonly panels: ReadonlyMap<string, { readonly x: Range | null; readonly y: Range | null }>;
  /** True between the first and the last event of a movement. */
  readonly moving: boolean;
  /** The panel in full screen. */
  readonly full: string | null;
  /** Panels shown as tables. */
  readonly tables: ReadonlySet<string>;
}

export type ViewStore = StoreApi<CurveView>;

export const createViewStore = (): ViewStore =>
  createStore<CurveView>(() => ({ cursor: null, x: null, panels: new Map(), moving: false, full: null, tables: new Set() }));

export const zoomOf = (view: Pick<CurveView, 'x' | 'panels'>, panel: string, sync: boolean): { readonly x: Range | null; readonly y: Range | null } => {
  const own = view.panels.get(panel);
  return { x: sync ? view.x : (own?.x ?? null), y: own?.y ?? null };
};

export function zoomPanel(
  view: CurveView,
  panel: string,
  zoom: { readonly x: Range | null; readonly y: Range | null },
  sync: boolean,
  moving: boolean,
): CurveView {
  const panels = new Map(view.panels);
  // A reset in step is a reset of all, so that no panel keeps a zoom that is out of sight.
  if (zoom.x === null && zoom.y === null) {
    if (sync) panels.clear();
    else panels.delete(panel);
  } else panels.set(panel, { x: sync ? null : zoom.x, y: zoom.y });
  return { ...view, panels, x: sync ? zoom.x : view.x, moving };
}

/** Another axis: what was zoomed means nothing there. */
export const withoutZoom = (view: CurveView): CurveView => ({ ...view, x: null, panels: new Map(), cursor: null, moving: false });

export const isZoomed = (view: CurveView): boolean => view.x !== null || view.panels.size > 0;

/** Zooms of panels by their metric, as a report keeps them; those of the full screen are left out. */
export const zoomsOf = ({ panels, x }: Pick<CurveView, 'panels' | 'x'>): Readonly<Record<string, { readonly x: Range | null; readonly y: Range | null }>> =>
  Object.fromEntries([...panels].filter(([id]) => !id.endsWith(' full')).map(([id, zoom]) => [id, { x: zoom.x ?? x, y: zoom.y }]));

export function toggleTable(view: CurveView, panel: string): CurveView {
  const tables = new Set(view.tables);
  if (!tables.delete(panel)) tables.add(panel);
  return { ...view, tables };
}
