// Drags, pans and wheel zooms as arithmetic on a projection, and what a zoom does to panels in step.
import { expect, test } from 'vitest';
import { projectionOf } from '../../../src/charts/projection';
import { pannedBy, scaledAround, selected } from '../../../src/renderer/features/curves/gestures';
import { createViewStore, isZoomed, withoutZoom, zoomOf, zoomPanel } from '../../../src/renderer/features/curves/view-store';

/** A range that is equal up to rounding. */
const about = (min: number, max: number) => ({ min: expect.closeTo(min, 9), max: expect.closeTo(max, 9) });

const plot = { left: 100, top: 0, width: 200, height: 100 };
const linear = { label: '', scale: 'linear', min: 0, max: 100 } as const;
const projection = projectionOf({ x: linear, y: { ...linear, max: 10 } }, plot);
const drag = { kind: 'select', x: 150, y: 50, from: { x: null, y: null }, projection } as const;

test('a flat drag zooms x, a tall one both, a straight one y alone', () => {
  expect(selected(drag, { x: 250, y: 60 })).toEqual({ x: about(25, 75), y: null });
  expect(selected(drag, { x: 250, y: 90 })).toEqual({ x: about(25, 75), y: about(1, 5) });
  expect(selected(drag, { x: 152, y: 90 })).toEqual({ x: null, y: about(1, 5) });
});

test('a drag beyond the plot ends at its edge', () => {
  expect(selected(drag, { x: 900, y: 50 })).toEqual({ x: about(25, 100), y: null });
});

test('panning follows the pointer and stops at the ends of the data', () => {
  const zoomed = { ...drag, kind: 'pan', from: { x: { min: 0, max: 100 }, y: null } } as const;
  expect(pannedBy(zoomed, { x: 130, y: 50 }, { min: -500, max: 500 }).x).toEqual(about(10, 110));
  expect(pannedBy(zoomed, { x: 0, y: 50 }, { min: -500, max: 130 }).x).toEqual(about(30, 130));
  expect(pannedBy(zoomed, { x: 400, y: 50 }, { min: 0, max: 130 }).x).toEqual(about(0, 100));
  expect(pannedBy({ ...zoomed, from: { x: null, y: { min: 0, max: 10 } } }, { x: 150, y: 60 }, null).y).toEqual(about(1, 11));
});

test('the wheel keeps what lies under the pointer where it is, also on a log axis', () => {
  expect(scaledAround(projection, 150, 0.5, null)).toEqual(about(12.5, 62.5));
  const log = projectionOf({ x: { label: '', scale: 'log', min: 1, max: 10_000 }, y: linear }, plot);
  const zoomed = scaledAround(log, 200, 0.5, null);
  expect(zoomed?.min).toBeCloseTo(10, 9);
  expect(zoomed?.max).toBeCloseTo(1000, 9);
});

test('zooming out ends at the whole, zooming in at what a double can tell apart', () => {
  expect(scaledAround(projection, 200, 4, { min: 0, max: 100 })).toBeNull();
  const tiny = projectionOf({ x: { ...linear, min: 1, max: 1 + 1e-12 }, y: linear }, plot);
  expect(scaledAround(tiny, 200, 1e-6, null)?.max).toBeGreaterThan(1);
});

test('in step, x is zoomed everywhere and y in one panel; a reset resets all', () => {
  const start = createViewStore().getState();
  const zoomed = zoomPanel(start, 'a', { x: { min: 1, max: 2 }, y: { min: 3, max: 4 } }, true, false);
  expect(zoomOf(zoomed, 'a', true)).toEqual({ x: { min: 1, max: 2 }, y: { min: 3, max: 4 } });
  expect(zoomOf(zoomed, 'b', true)).toEqual({ x: { min: 1, max: 2 }, y: null });
  expect(isZoomed(zoomPanel(zoomed, 'b', { x: null, y: null }, true, false))).toBe(false);
});

test('out of step, every panel has its own zoom', () => {
  const start = createViewStore().getState();
  const zoomed = zoomPanel(start, 'a', { x: { min: 1, max: 2 }, y: null }, false, true);
  expect(zoomOf(zoomed, 'b', false).x).toBeNull();
  expect(zoomed.moving).toBe(true);
  expect(isZoomed(withoutZoom(zoomed))).toBe(false);
});
