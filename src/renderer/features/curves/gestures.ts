// Pointer, wheel and keys over a chart, read as what a person means: look, zoom, pan, reset, pick.

import type { Projection } from '../../../charts/canvas';
import type { Range } from '../../../core/series/outliers';
import type { Box } from './chart-stage';

export interface Zoom {
  readonly x: Range | null;
  readonly y: Range | null;
}

export interface GestureTarget {
  /** Where data lie now; null before the first drawing. */
  readonly projection: () => Projection | null;
  /** Whole extent on x, which panning does not leave. */
  readonly extent: () => Range | null;
  /** The shown window, as zoomed. */
  readonly zoom: () => Zoom;
  /** Pixels within the chart; null when the pointer left. */
  readonly look: (at: { readonly x: number; readonly y: number } | null) => void;
  readonly select: (box: Box | null) => void;
  /** `settled` is false while it moves. */
  readonly zoomTo: (zoom: Zoom, settled: boolean) => void;
  readonly pick: () => void;
}

/** Less than this is a click, not a drag. */
const slack = 5;
/** A drag this high also zooms y. */
const tall = 28;

type Drag = { readonly kind: 'select' | 'pan'; readonly x: number; readonly y: number; readonly from: Zoom; readonly projection: Projection };

/** Listens on an element; returns how to stop. */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  let drag: Drag | null = null;
  let wheelEnd: ReturnType<typeof setTimeout> | undefined;
  const placeOf = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const down = (event: PointerEvent): void => {
    const projection = target.projection();
    if (event.button !== 0 || !projection) return;
    const { x, y } = placeOf(event);
    const { plot } = projection;
    if (x < plot.left || x > plot.left + plot.width || y < plot.top || y > plot.top + plot.height) return;
    drag = { kind: event.shiftKey ? 'pan' : 'select', x, y, from: target.zoom(), projection };
    element.setPointerCapture(event.pointerId);
    // A drag is no selection of text.
    event.preventDefault();
    element.focus({ preventScroll: true });
  };
  const move = (event: PointerEvent): void => {
    const at = placeOf(event);
    if (!drag) target.look(at);
    else if (drag.kind === 'pan') target.zoomTo(pannedBy(drag, at, target.extent()), false);
    else target.select(boxOf(drag, at));
  };
  const up = (event: PointerEvent): void => {
    if (!drag) return;
    const at = placeOf(event);
    const ended = drag;
    drag = null;
    target.select(null);
    if (ended.kind === 'pan') target.zoomTo(pannedBy(ended, at, target.extent()), true);
    else if (Math.abs(at.x - ended.x) <= slack && Math.abs(at.y - ended.y) <= slack) target.pick();
    else target.zoomTo(selected(ended, at), true);
  };
  const cancel = (): void => {
    drag = null;
    target.select(null);
  };
  const leave = (): void => {
    if (!drag) target.look(null);
  };
  const double = (): void => target.zoomTo({ x: null, y: null }, true);
  const wheel = (event: WheelEvent): void => {
    // A pinch on a touch pad comes as a wheel with Ctrl.
    const projection = target.projection();
    if (!(event.altKey || event.ctrlKey) || !projection) return;
    event.preventDefault();
    const delta = event.deltaY || event.deltaX;
    const factor = Math.exp((event.deltaMode === 1 ? delta * 30 : delta) * (event.ctrlKey ? 0.01 : 0.002));
    const zoom = { ...target.zoom(), x: scaledAround(projection, placeOf(event).x, factor, target.extent()) };
    target.zoomTo(zoom, false);
    clearTimeout(wheelEnd);
    wheelEnd = setTimeout(() => target.zoomTo(target.zoom(), true), 160);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && drag) {
      event.stopPropagation();
      cancel();
    }
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', cancel);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('dblclick', double);
  element.addEventListener('wheel', wheel, { passive: false });
  element.addEventListener('keydown', press);
  return () => {
    clearTimeout(wheelEnd);
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', cancel);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('dblclick', double);
    element.removeEventListener('wheel', wheel);
    element.removeEventListener('keydown', press);
  };
}

/** The dragged rectangle within the plot: the whole height unless the drag is tall. */
function boxOf({ x, y, projection }: Drag, at: { readonly x: number; readonly y: number }): Box {
  const { plot } = projection;
  const clampX = (value: number): number => Math.min(plot.left + plot.width, Math.max(plot.left, value));
  const clampY = (value: number): number => Math.min(plot.top + plot.height, Math.max(plot.top, value));
  const [left, right] = [clampX(Math.min(x, at.x)), clampX(Math.max(x, at.x))];
  if (Math.abs(at.y - y) < tall) return { left, top: plot.top, width: right - left, height: plot.height };
  const [top, bottom] = [clampY(Math.min(y, at.y)), clampY(Math.max(y, at.y))];
  // Dragged straight up or down: only y.
  return right - left <= slack ? { left: plot.left, top, width: plot.width, height: bottom - top } : { left, top, width: right - left, height: bottom - top };
}

/** The part of the data that a drag selected. */
export function selected(drag: Drag, at: { readonly x: number; readonly y: number }): Zoom {
  const { projection, from } = drag;
  const { left, top, width, height } = boxOf(drag, at);
  const { plot } = projection;
  const x = width >= plot.width ? from.x : ordered(projection.fromX(left), projection.fromX(left + width));
  const y = height >= plot.height ? from.y : ordered(projection.fromY(top + height), projection.fromY(top));
  return { x: x && x.max > x.min ? x : from.x, y: y && y.max > y.min ? y : from.y };
}

const ordered = (a: number, b: number): Range => ({ min: Math.min(a, b), max: Math.max(a, b) });

/** The window moved with the pointer, within the extent; y moves only where it was zoomed. */
export function pannedBy({ x, y, projection, from }: Drag, at: { readonly x: number; readonly y: number }, extent: Range | null): Zoom {
  const { plot, toX } = projection;
  let shift = x - at.x;
  if (extent) {
    // In pixels, so that it holds on log axes as well.
    const [first, last] = [toX(extent.min), toX(extent.max)];
    shift = Math.max(Math.min(0, first - plot.left), Math.min(Math.max(0, last - plot.left - plot.width), shift));
  }
  const movedX = { min: projection.fromX(plot.left + shift), max: projection.fromX(plot.left + plot.width + shift) };
  const rise = y - at.y;
  const movedY = from.y && { min: projection.fromY(plot.top + plot.height + rise), max: projection.fromY(plot.top + rise) };
  return { x: movedX, y: movedY };
}

/** The window `factor` times as wide, with what lies under the pointer staying there; null once it holds everything. */
export function scaledAround(projection: Projection, pixel: number, factor: number, extent: Range | null): Range | null {
  const { plot } = projection;
  const anchor = Math.min(plot.left + plot.width, Math.max(plot.left, pixel));
  let min = projection.fromX(anchor - (anchor - plot.left) * factor);
  let max = projection.fromX(anchor + (plot.left + plot.width - anchor) * factor);
  if (extent) {
    min = Math.max(min, extent.min);
    max = Math.min(max, extent.max);
    if (min <= extent.min && max >= extent.max) return null;
  }
  // No further than a double can tell apart.
  return max - min > Math.abs(min + max) * 1e-12 ? { min, max } : { min: projection.fromX(plot.left), max: projection.fromX(plot.left + plot.width) };
}
