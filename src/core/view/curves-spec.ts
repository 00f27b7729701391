// From what a panel draws to a chart: names, styles, axes with room, and everything left out in words.

import { countText, shortCount } from './chart-numbers';
import type { AxisScale, ChartCurve, ChartSpec } from './chart-spec';
import type { DrawWish, PanelDrawing } from './curves-draw';
import type { AxisChoice } from './curves-settings';
import type { RunStyle } from './run-style';

/** Who a line belongs to and how it looks. */
export interface LineLook {
  readonly owner: string;
  readonly label: string;
  readonly style: RunStyle;
  readonly member: boolean;
}

const empty = { min: 0, max: 1 };

/** @param looks by line id; a line without one is left out */
export function specOf(
  title: string,
  wish: DrawWish,
  drawing: PanelDrawing,
  looks: ReadonlyMap<string, LineLook>,
  axis: { readonly label: string; readonly scale: AxisScale },
): ChartSpec {
  const curves = drawing.lines.flatMap((line): ChartCurve[] => {
    const look = looks.get(line.id);
    if (!look) return [];
    const { id, raw, band, dots, marks } = line;
    return [{ id, ...look, note: line.n ? nText(line.n) : '', line: line.line, raw, band, dots, marks }];
  });
  return {
    title,
    x: { label: axis.label, scale: wish.logX ? 'log' : axis.scale, ...(drawing.x ?? empty) },
    y: { label: '', scale: wish.logY ? 'log' : 'linear', ...roomFor(drawing, wish) },
    curves,
    drawn: drawing.drawn,
    means: drawing.means,
    logged: drawing.logged,
    notes: notesOf(drawing, wish),
  };
}

const nText = (n: { readonly min: number; readonly max: number }): string => (n.min === n.max ? `n = ${n.max}` : `n = ${n.min}–${n.max}`);

/** A zoomed range is taken as it is; otherwise a little room is left, but not across zero or above one: there the metric itself ends. */
function roomFor(drawing: PanelDrawing, wish: DrawWish): { readonly min: number; readonly max: number } {
  if (wish.y) return wish.y;
  if (!drawing.y) return wish.logY ? { min: 0.1, max: 1 } : empty;
  const { min, max } = drawing.y;
  if (wish.logY) {
    const room = (max / min) ** 0.04;
    return max > min && Number.isFinite(room) ? { min: min / room, max: max * room } : { min: min / 2, max: max * 2 };
  }
  if (max === min) {
    const half = Math.abs(max) * 0.1 || 1;
    return { min: min - half, max: Number.isFinite(max + half) ? max + half : max };
  }
  const room = (max - min) * 0.05;
  if (!Number.isFinite(room)) return { min, max };
  const low = min - room;
  const high = max + room;
  return {
    min: min >= 0 && (low < 0 || min < max * 0.1) ? 0 : low,
    max: max <= 0 && high > 0 ? 0 : max <= 1 && high > 1 && min >= 0 ? 1 : high,
  };
}

/** What the picture leaves out or cannot show; empty when it shows everything. */
export function notesOf(drawing: PanelDrawing, wish: DrawWish): readonly string[] {
  const points = (count: number): string => `${countText(count)} ${count === 1 ? 'point' : 'points'}`;
  const notes: string[] = [];
  if (drawing.hidden > 0) notes.push(`${points(drawing.hidden)} outside the range (outliers clipped)`);
  if (drawing.nonPositive > 0) notes.push(`${points(drawing.nonPositive)} ≤ 0 cannot be shown on a log axis`);
  if (drawing.withoutAxis > 0) notes.push(`${countText(drawing.withoutAxis)} ${drawing.withoutAxis === 1 ? 'series has' : 'series have'} no such x axis`);
  if (drawing.unplaced > 0) notes.push(`${points(drawing.unplaced)} without a place on this axis`);
  if (drawing.replaced > 0) notes.push(`${points(drawing.replaced)} logged again at the same step: the last is shown`);
  if (drawing.interpolated && wish.lines.some((line) => line.kind === 'group')) notes.push('members interpolated between their own points where steps differ');
  return notes;
}

export function axisLabel(choice: AxisChoice, names: readonly string[] = []): { readonly label: string; readonly scale: AxisScale } {
  switch (choice.kind) {
    case 'auto': {
      const [only] = names;
      return { label: names.length === 1 && only ? only : 'step', scale: 'linear' };
    }
    case 'step':
      return { label: 'step', scale: 'linear' };
    case 'epoch':
      return { label: 'epoch', scale: 'linear' };
    case 'relative':
      return { label: 'time since start', scale: 'duration' };
    case 'wall':
      return { label: 'time', scale: 'time' };
    case 'metric':
      return { label: choice.name, scale: 'linear' };
  }
}

export interface BadgeText {
  readonly text: string;
  readonly hint: string;
  /** Nothing was left out. */
  readonly whole: boolean;
}

/** What a panel draws of what was logged, short and in words. */
export function badgeOf({
  drawn,
  means,
  inWindow,
  logged,
  partial,
}: Pick<PanelDrawing, 'drawn' | 'means' | 'inWindow' | 'logged'> & { readonly partial: boolean }): BadgeText {
  const zoomed = inWindow < logged;
  const all = `${countText(logged)} points logged`;
  if (partial) return { text: `${shortCount(logged)}…`, hint: 'An overview; all points are being read.', whole: false };
  if (means > 0) {
    const hint = `Every one of the ${countText(inWindow)} points in this window takes part; ${countText(means)} aggregates are drawn (${all}).`;
    return { text: `${shortCount(means)} from ${shortCount(inWindow)}`, hint, whole: true };
  }
  if (drawn >= inWindow) {
    const hint = zoomed ? `Every one of the ${countText(inWindow)} points in this window is drawn (${all}).` : `${all}, every one drawn.`;
    return { text: shortCount(drawn), hint, whole: true };
  }
  const hint = `${countText(drawn)} points drawn: the least and the greatest in each place, so no spike hides. ${countText(inWindow)} in this window (${all}). Zoom in for every point.`;
  return { text: `${shortCount(drawn)} of ${shortCount(inWindow)}`, hint, whole: false };
}
