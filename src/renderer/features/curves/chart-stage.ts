// One chart on the page without React: the ECharts canvas, and above it highlight, crosshair and selection, which cost no redraw.

import { type CanvasChart, mountChart, type Projection, type Size } from '../../../charts/canvas';
import { strokeCurves } from '../../../charts/overlay';
import { darkTheme, lightTheme } from '../../../charts/theme';
import type { ChartSpec } from '../../../core/view/chart-spec';
import styles from './chart.module.css';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export class ChartStage {
  readonly #curves: HTMLDivElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #line: HTMLDivElement;
  readonly #box: HTMLDivElement;
  #chart: CanvasChart | null = null;
  #spec: ChartSpec | null = null;
  #projection: Projection | null = null;
  #dark = false;
  #owners: ReadonlySet<string> = new Set();
  #cursor: number | null = null;

  /** @param label whether the x axis' name stands below it */
  constructor(
    readonly root: HTMLElement,
    readonly label: boolean,
  ) {
    const document = root.ownerDocument;
    this.#curves = document.createElement('div');
    this.#overlay = document.createElement('canvas');
    this.#line = document.createElement('div');
    this.#box = document.createElement('div');
    this.#curves.className = styles.curves ?? '';
    this.#overlay.className = styles.overlay ?? '';
    this.#line.className = styles.crosshair ?? '';
    this.#box.className = styles.selection ?? '';
    this.#line.hidden = true;
    this.#box.hidden = true;
    root.append(this.#curves, this.#overlay, this.#line, this.#box);
  }

  get spec(): ChartSpec | null {
    return this.#spec;
  }

  get projection(): Projection | null {
    return this.#projection;
  }

  draw(spec: ChartSpec, dark: boolean, size: Size): void {
    if (size.width < 40 || size.height < 40) return;
    this.#chart ??= mountChart(this.#curves, size, this.label);
    this.#spec = spec;
    this.#dark = dark;
    this.#projection = this.#chart.draw(spec, dark ? darkTheme : lightTheme, size);
    this.#paintHighlight(size);
    this.#placeLine();
  }

  /** Curves of these runs (or groups) in full strength, the others faint; an empty set brings all back. */
  highlight(owners: ReadonlySet<string>): void {
    if (owners.size === this.#owners.size && [...owners].every((owner) => this.#owners.has(owner))) return;
    this.#owners = owners;
    this.#paintHighlight(null);
  }

  /** The vertical line at x, in data; null takes it away. */
  cursor(x: number | null): void {
    this.#cursor = x;
    this.#placeLine();
  }

  /** The rectangle being dragged, in pixels; null takes it away. */
  select(box: Box | null): void {
    this.#box.hidden = box === null;
    if (!box) return;
    for (const side of ['left', 'top', 'width', 'height'] as const) this.#box.style[side] = `${box[side]}px`;
  }

  dispose(): void {
    this.#chart?.dispose();
    this.root.replaceChildren();
  }

  #paintHighlight(size: Size | null): void {
    const shown = this.#spec?.curves.filter((curve) => this.#owners.has(curve.owner)) ?? [];
    this.#curves.classList.toggle(styles.dimmed ?? '', shown.length > 0);
    const pen = this.#overlay.getContext('2d');
    if (!pen || !this.#projection) return;
    const ratio = devicePixelRatio;
    if (size) {
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (this.#overlay.width !== width || this.#overlay.height !== height) {
        this.#overlay.width = width;
        this.#overlay.height = height;
      }
    }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.#overlay.width, this.#overlay.height);
    if (shown.length === 0) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    strokeCurves(pen, shown, this.#projection, this.#dark);
  }

  #placeLine(): void {
    const projection = this.#projection;
    const at = this.#cursor === null || !projection ? Number.NaN : projection.toX(this.#cursor);
    const inside = projection !== null && at >= projection.plot.left - 0.5 && at <= projection.plot.left + projection.plot.width + 0.5;
    this.#line.hidden = !inside;
    if (!inside || !projection) return;
    this.#line.style.transform = `translateX(${Math.round(at)}px)`;
    this.#line.style.top = `${projection.plot.top}px`;
    this.#line.style.height = `${projection.plot.height}px`;
  }
}
