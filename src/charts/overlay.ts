// Strokes single curves on a plain 2D canvas above a chart: a highlight costs a fraction of a millisecond.

import type { ChartCurve } from '../core/view/chart-spec';
import { dashes } from './option';
import type { Projection } from './projection';

/** What is needed of a CanvasRenderingContext2D. */
export interface Pen {
  strokeStyle: unknown;
  fillStyle: unknown;
  globalAlpha: number;
  lineWidth: number;
  lineJoin: string;
  save(): void;
  restore(): void;
  beginPath(): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  stroke(): void;
  fill(): void;
  setLineDash(segments: number[]): void;
}

/** Curves in full strength, clipped to the plot. */
export function strokeCurves(pen: Pen, curves: readonly ChartCurve[], projection: Projection, dark: boolean): void {
  const { plot, toX, toY } = projection;
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, plot.top, plot.width, plot.height);
  pen.clip();
  pen.lineJoin = 'round';
  for (const curve of curves) {
    const colour = dark ? curve.style.colour.dark : curve.style.colour.light;
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    const dash = dashes[curve.style.line];
    pen.setLineDash(dash === 'solid' ? [] : dash);
    if (curve.raw) {
      pen.globalAlpha = 0.35;
      pen.lineWidth = 1;
      stroke(pen, curve.raw, toX, toY);
    }
    pen.globalAlpha = 1;
    pen.lineWidth = curve.member ? 1.6 : 2.2;
    stroke(pen, curve.line, toX, toY);
    pen.setLineDash([]);
    for (let i = 0; i < curve.dots.length; i += 2) {
      const [x, y] = [toX(curve.dots[i] as number), toY(curve.dots[i + 1] as number)];
      if (!Number.isFinite(x + y)) continue;
      pen.beginPath();
      pen.arc(x, y, 3.5, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  pen.restore();
}

function stroke(pen: Pen, pairs: Float64Array, toX: (x: number) => number, toY: (y: number) => number): void {
  pen.beginPath();
  let down = false;
  for (let i = 0; i < pairs.length; i += 2) {
    const x = toX(pairs[i] as number);
    const y = toY(pairs[i + 1] as number);
    if (!Number.isFinite(x) || !Number.isFinite(y)) down = false;
    else if (down) pen.lineTo(x, y);
    else {
      pen.moveTo(x, y);
      down = true;
    }
  }
  pen.stroke();
}
