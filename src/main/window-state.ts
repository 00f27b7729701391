// Where a window was when it was closed, brought onto a screen that there is.
import * as v from 'valibot';
import { readKept, writeKept } from './kept-file';

const box = v.object({ x: v.number(), y: v.number(), width: v.pipe(v.number(), v.minValue(400)), height: v.pipe(v.number(), v.minValue(300)) });
const state = v.object({ bounds: box, maximized: v.boolean() });
export type Box = v.InferOutput<typeof box>;
export type WindowState = v.InferOutput<typeof state>;

/** As much of a window as must be on a screen, in pixels each way: enough to be seen and moved. */
const least = 100;

/**
 * Null when none was kept or it is damaged. A window is no larger than its screen; where no screen shows enough of it, it keeps its size
 * and comes to the middle of the first.
 * @param screens the parts of them that windows may cover, the main one first
 */
export function loadWindowState(file: string, screens: readonly Box[]): WindowState | null {
  const kept = readKept(file, state);
  const screen = kept && (screens.find((one) => isOn(kept.bounds, one)) ?? screens[0]);
  if (!kept || !screen) return kept;
  const { bounds } = kept;
  const width = Math.min(bounds.width, screen.width);
  const height = Math.min(bounds.height, screen.height);
  if (isOn(bounds, screen)) return { ...kept, bounds: { ...bounds, width, height } };
  const middle = (from: number, room: number, size: number): number => Math.round(from + (room - size) / 2);
  return { ...kept, bounds: { x: middle(screen.x, screen.width, width), y: middle(screen.y, screen.height, height), width, height } };
}

export const saveWindowState = (file: string, kept: WindowState): void => writeKept(file, kept);

function isOn(a: Box, b: Box): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width >= least && height >= least;
}
