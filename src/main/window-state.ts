// Where the window was when it was closed, if that is still on a screen.
import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

const box = v.object({ x: v.number(), y: v.number(), width: v.pipe(v.number(), v.minValue(400)), height: v.pipe(v.number(), v.minValue(300)) });
const state = v.object({ bounds: box, maximized: v.boolean() });
export type Box = v.InferOutput<typeof box>;
export type WindowState = v.InferOutput<typeof state>;

/** Null when none was kept, it is damaged, or no screen shows enough of it to be moved. */
export function loadWindowState(file: string, screens: readonly Box[]): WindowState | null {
  try {
    const kept = v.parse(state, JSON.parse(readFileSync(file, 'utf8')));
    return screens.some((screen) => overlap(kept.bounds, screen) >= 100 * 100) ? kept : null;
  } catch {
    return null;
  }
}

export function saveWindowState(file: string, kept: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(kept));
  } catch {
    // A full disk must not keep the window from closing.
  }
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
