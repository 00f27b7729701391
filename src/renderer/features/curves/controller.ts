// Keeps one panel drawn: asks the worker, draws its answers, follows zoom, cursor and hover. React only tells it what to show.

import type { Size } from '../../../charts/canvas';
import type { RunId } from '../../../core/base/units';
import { nearestCurves } from '../../../core/series/nearest';
import type { Range } from '../../../core/series/outliers';
import type { AxisScale, ChartCurve } from '../../../core/view/chart-spec';
import type { DrawWish } from '../../../core/view/curves-draw';
import type { PanelLines } from '../../../core/view/curves-lines';
import type { CurveMark, MarkWish, PixelMark } from '../../../core/view/curves-marks';
import { specOf } from '../../../core/view/curves-spec';
import type { SessionStore } from '../../state/session';
import { ChartStage } from './chart-stage';
import type { CurveClient, Drawn } from './client';
import { listenToGestures, scaledAround, type Zoom } from './gestures';
import type { Probe } from './messages';
import { type ViewStore, zoomOf, zoomPanel } from './view-store';

/** Pairs of points per panel that stay fluent (test/bench/curves.bench.ts): with many curves each gets fewer places along x. */
const pairsSettled = 75_000;
const pairsMoving = 15_000;
/** Beyond this many pixels from every line nothing is highlighted. */
const near = 40;
export const tooltipRows = 8;

/** What a panel shows, apart from zoom: changes come from React. */
export interface PanelInput {
  readonly panel: string;
  readonly title: string;
  readonly lines: PanelLines;
  readonly look: Omit<DrawWish, 'lines' | 'x' | 'y' | 'buckets' | 'settled'>;
  readonly axis: { readonly label: string; readonly scale: AxisScale };
  readonly sync: boolean;
  readonly dark: boolean;
  /** Findings on these curves; the same list as long as they are the same. */
  readonly marks: readonly CurveMark[];
}

/** What is known after a settled drawing. */
export interface PanelInfo {
  readonly drawn: number;
  readonly means: number;
  readonly inWindow: number;
  readonly logged: number;
  readonly notes: readonly string[];
  readonly partial: boolean;
  readonly empty: boolean;
  readonly curves: readonly ChartCurve[];
}

/** The tooltip's contents; null takes it away. */
export interface Look {
  readonly x: number;
  readonly left: number;
  readonly top: number;
  /** Nearest first. */
  readonly rows: readonly { readonly curve: ChartCurve; readonly probe: Probe | null; readonly near: boolean }[];
  /** Curves here beyond those listed. */
  readonly more: number;
}

export interface PanelEvents {
  /** Where marks lie, in pixels; those out of the window are left out. */
  readonly marks: (marks: readonly PixelMark[]) => void;
  readonly info: (info: PanelInfo) => void;
  readonly look: (look: Look | null) => void;
  readonly pick: () => void;
  readonly failed: (message: string) => void;
}

export class PanelController {
  readonly #stage: ChartStage;
  readonly #leave: (() => void)[] = [];
  #input: PanelInput | null = null;
  #size: Size = { width: 0, height: 0 };
  #drawn: Drawn | null = null;
  #asked: DrawWish | null = null;
  #askedMarks: readonly CurveMark[] | null = null;
  #pointer: { readonly x: number; readonly y: number } | null = null;
  #frame = 0;
  #looks = 0;

  constructor(
    readonly root: HTMLElement,
    readonly panel: string,
    readonly client: CurveClient,
    readonly view: ViewStore,
    readonly session: SessionStore,
    readonly events: PanelEvents,
    label: boolean,
  ) {
    this.#stage = new ChartStage(root, label);
    this.#leave.push(
      client.attach(panel, { drawn: (drawn) => this.#draw(drawn), failed: (message) => events.failed(message) }),
      listenToGestures(root, {
        projection: () => this.#stage.projection,
        extent: () => this.#drawn?.drawing.extent ?? null,
        zoom: () => this.#zoom(),
        look: (at) => this.#lookAt(at),
        select: (box) => this.#stage.select(box),
        zoomTo: (zoom, settled) => this.zoomTo(zoom, settled),
        pick: () => events.pick(),
      }),
      view.subscribe((now, before) => {
        if (now.x !== before.x || now.panels !== before.panels || now.moving !== before.moving) this.#ask();
        if (now.cursor !== before.cursor) this.#followCursor();
      }),
      session.subscribe((now, before) => {
        if (now.hovered !== before.hovered) this.#followHover(now.hovered);
      }),
    );
  }

  update(input: PanelInput, size: Size): void {
    const restyled =
      this.#input !== null && (this.#input.dark !== input.dark || this.#input.lines.looks !== input.lines.looks || this.#input.axis !== input.axis);
    const resized = size.width !== this.#size.width || size.height !== this.#size.height;
    this.#input = input;
    this.#size = size;
    this.#ask();
    if ((restyled || resized) && this.#drawn) this.#draw(this.#drawn);
    this.#followHover(this.session.getState().hovered);
  }

  zoomTo(zoom: Zoom, settled: boolean): void {
    const sync = this.#input?.sync ?? false;
    this.view.setState((now) => zoomPanel(now, this.panel, zoom, sync, !settled), true);
  }

  /** Zooms around the middle, for keys: a factor below 1 comes closer. */
  zoomBy(factor: number): void {
    const projection = this.#stage.projection;
    if (!projection) return;
    const middle = projection.plot.left + projection.plot.width / 2;
    this.zoomTo({ ...this.#zoom(), x: scaledAround(projection, middle, factor, this.#drawn?.drawing.extent ?? null) }, true);
  }

  /** Moves the cursor by a share of the width, for keys. */
  step(share: number): void {
    const plot = this.#stage.projection?.plot;
    if (!plot) return;
    const from = this.#pointer?.x ?? (share > 0 ? plot.left - share * plot.width : plot.left + plot.width - share * plot.width);
    const x = Math.min(plot.left + plot.width, Math.max(plot.left, from + share * plot.width));
    this.#lookAt({ x, y: this.#pointer?.y ?? plot.top + plot.height / 2 });
  }

  endLook(): void {
    this.#lookAt(null);
  }

  dispose(): void {
    // Gone under the pointer: nobody will tell that it left.
    if (this.#pointer) this.#lookAt(null);
    cancelAnimationFrame(this.#frame);
    for (const leave of this.#leave) leave();
    this.#stage.dispose();
  }

  #zoom(): Zoom {
    return zoomOf(this.view.getState(), this.panel, this.#input?.sync ?? false);
  }

  /** Sends what should be drawn now, unless it was sent before. */
  #ask(): void {
    const input = this.#input;
    if (!input || this.#size.width < 40) return;
    const moving = this.view.getState().moving;
    const zoom = this.#zoom();
    const buckets = bucketsFor(this.#size.width, input.lines.lines.length, moving);
    const draw: DrawWish = { ...input.look, lines: input.lines.lines, ...zoom, buckets, settled: !moving };
    if (this.#asked && sameWish(this.#asked, draw) && this.#askedMarks === input.marks) return;
    this.#asked = draw;
    this.#askedMarks = input.marks;
    this.client.draw(this.panel, { series: input.lines.series, draw, marks: input.marks.map(markWish) });
  }

  #draw(drawn: Drawn): void {
    const input = this.#input;
    if (!input) return;
    this.#drawn = drawn;
    const { wish, partial } = drawn;
    const drawing = { ...drawn.drawing, withoutAxis: drawn.drawing.withoutAxis + input.lines.missing };
    const spec = specOf(input.title, wish.draw, drawing, input.lines.looks, input.axis);
    this.#stage.draw(spec, input.dark, this.#size);
    this.events.marks(this.#pixelMarks(drawn, input));
    if (!wish.draw.settled) return;
    const { drawn: points, means, inWindow, logged } = drawing;
    this.events.info({ drawn: points, means, inWindow, logged, notes: spec.notes, partial, empty: drawing.extent === null, curves: spec.curves });
    this.#followCursor();
  }

  #pixelMarks({ marks }: Drawn, input: PanelInput): readonly PixelMark[] {
    const projection = this.#stage.projection;
    if (!projection || marks.length === 0) return [];
    const { plot, toX, toY } = projection;
    const byId = new Map(input.marks.map((mark) => [mark.id, mark]));
    return marks.flatMap(({ id, from, to, y }): readonly PixelMark[] => {
      const mark = byId.get(id);
      const [left, right, top] = [toX(from), toX(to), toY(y)];
      // A log axis has no place for zero.
      if (!mark || !Number.isFinite(left + right) || right < plot.left - 0.5 || left > plot.left + plot.width + 0.5) return [];
      const inside = Number.isFinite(top) && top >= plot.top - 1 && top <= plot.top + plot.height + 1;
      return [
        {
          mark,
          left: Math.max(plot.left, left),
          right: Math.min(plot.left + plot.width, right),
          top: inside && left >= plot.left - 0.5 ? top : null,
          bottom: plot.top + plot.height,
        },
      ];
    });
  }

  #lookAt(at: { readonly x: number; readonly y: number } | null): void {
    this.#pointer = at;
    if (at === null) {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#looks += 1;
      this.events.look(null);
      this.view.setState({ cursor: null });
      this.session.setState({ hovered: null });
      this.#stage.highlight(new Set());
      return;
    }
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#look());
  }

  /** Once a frame: the nearest curves under the pointer, then their stored points from the worker. */
  #look(): void {
    this.#frame = 0;
    const { projection, spec } = this.#stage;
    const at = this.#pointer;
    if (!at || !projection || !spec || !this.#input) return;
    const { plot } = projection;
    if (at.x < plot.left - 2 || at.x > plot.left + plot.width + 2) {
      this.#lookAt(null);
      return;
    }
    const x = projection.fromX(Math.min(plot.left + plot.width, Math.max(plot.left, at.x)));
    const found = nearestCurves(
      spec.curves.map((curve) => curve.line),
      at,
      x,
      projection,
      spec.curves.length,
    );
    const [first] = found;
    const nearest = first && first.distance <= near ? spec.curves[first.curve] : undefined;
    this.#stage.highlight(new Set(nearest ? [nearest.owner] : []));
    const hovered = nearest && this.#input.lines.owners.has(nearest.owner as RunId) ? (nearest.owner as RunId) : null;
    if (this.session.getState().hovered !== hovered) this.session.setState({ hovered });
    this.view.setState({ cursor: { panel: this.panel, x } });
    const curves = found.slice(0, tooltipRows).map((one) => spec.curves[one.curve] as ChartCurve);
    const mine = ++this.#looks;
    const tell = (probes: readonly Probe[]): void => {
      const byLine = new Map(probes.map((probe) => [probe.line, probe]));
      const rows = curves.map((curve) => ({ curve, probe: byLine.get(curve.id) ?? null, near: curve === nearest }));
      this.events.look({ x, left: at.x, top: at.y, rows, more: found.length - rows.length });
    };
    this.client
      .probe(
        this.panel,
        x,
        curves.map((curve) => curve.id),
      )
      .then((probes) => {
        if (mine === this.#looks) tell(probes);
      })
      .catch(() => this.events.look(null));
  }

  #followCursor(): void {
    const { cursor } = this.view.getState();
    const shown = cursor && (cursor.panel === this.panel || this.#input?.sync);
    this.#stage.cursor(shown ? cursor.x : null);
  }

  #followHover(hovered: RunId | null): void {
    // Under the pointer the panel itself knows better.
    if (this.#pointer) return;
    const owner = hovered === null ? undefined : this.#input?.lines.owners.get(hovered);
    this.#stage.highlight(new Set(owner === undefined ? [] : [owner]));
  }
}

/** One bucket (two points) for every two pixels at most; while moving no more than 150. */
function bucketsFor(width: number, lines: number, moving: boolean): number {
  const [least, most, pairs] = moving ? [50, 150, pairsMoving] : [100, 1200, pairsSettled];
  return Math.round(Math.max(least, Math.min(most, width / 2, pairs / Math.max(1, lines))));
}

const markWish = ({ id, series, from, to }: CurveMark): MarkWish => ({ id, series, from, to });

const sameRange = (a: Range | null, b: Range | null): boolean => a === b || (a !== null && b !== null && a.min === b.min && a.max === b.max);

function sameWish(a: DrawWish, b: DrawWish): boolean {
  if (!sameRange(a.x, b.x) || !sameRange(a.y, b.y)) return false;
  return (Object.keys(b) as (keyof DrawWish)[]).every((key) => key === 'x' || key === 'y' || Object.is(a[key], b[key]));
}
