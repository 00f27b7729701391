// What the worker does: holds columns, answers the latest wish of every panel, tells stored points for tooltips. Runs anywhere.

import { nearestIndex } from '../../../core/series/nearest';
import type { SeriesColumns } from '../../../core/view/curves-columns';
import { aggregateOf, drawPanel, type GroupCache, type LineWish, type PanelDrawing } from '../../../core/view/curves-draw';
import { placeMarks } from '../../../core/view/curves-marks';
import type { ColumnCache } from './column-cache';
import type { CurveReply, CurveRequest, PanelWish, Probe } from './messages';

interface PanelState {
  wish: PanelWish;
  /** Id of the newest draw request. */
  newest: number;
  readonly groups: GroupCache;
}

export class CurveEngine {
  readonly #panels = new Map<string, PanelState>();
  readonly #waiting = new Map<string, Extract<CurveRequest, { kind: 'draw' }>>();
  #running = false;

  /**
   * @param post sends an answer, handing the buffers over
   * @param breath resolves after waiting messages were taken, so that a newer wish replaces an older one before it is worked on
   */
  constructor(
    readonly cache: ColumnCache,
    readonly post: (reply: CurveReply, transfer: ArrayBuffer[]) => void,
    readonly breath: () => Promise<void>,
  ) {}

  handle(request: CurveRequest): void {
    switch (request.kind) {
      case 'draw': {
        const state = this.#panels.get(request.panel) ?? { wish: request.wish, newest: request.id, groups: new Map() };
        state.wish = request.wish;
        state.newest = request.id;
        this.#panels.set(request.panel, state);
        this.#waiting.delete(request.panel);
        this.#waiting.set(request.panel, request);
        if (!this.#running) void this.#work();
        return;
      }
      case 'probe':
        this.post({ kind: 'probed', id: request.id, probes: this.#probe(request.panel, request.x, request.lines) }, []);
        return;
      case 'points':
        void this.#points(request.id, request.panel);
        return;
      case 'release':
        this.#panels.delete(request.panel);
        this.#waiting.delete(request.panel);
    }
  }

  async #work(): Promise<void> {
    this.#running = true;
    await this.breath();
    for (let next = first(this.#waiting); next; next = first(this.#waiting)) {
      this.#waiting.delete(next.panel);
      await this.#draw(next);
      await this.breath();
    }
    this.#running = false;
  }

  async #draw(request: Extract<CurveRequest, { kind: 'draw' }>): Promise<void> {
    const { id, panel, wish } = request;
    try {
      const whole = await this.cache.load(wish.series, 'quick');
      this.#answer(id, panel, wish, !whole);
      if (whole) return;
      // Long series are read in the background: other panels are answered meanwhile.
      void this.cache
        .load(wish.series, 'full')
        .then(() => {
          const state = this.#panels.get(panel);
          if (state) this.#answer(state.newest, panel, state.wish, false);
        })
        .catch((error: unknown) => this.#fail(id, panel, error));
    } catch (error) {
      this.#fail(id, panel, error);
    }
  }

  #answer(id: number, panel: string, wish: PanelWish, partial: boolean): void {
    const state = this.#panels.get(panel);
    if (!state) return;
    const columns = new Map<string, SeriesColumns>();
    for (const ref of wish.series) {
      const found = this.cache.columns(ref);
      if (found) columns.set(ref.key, found);
    }
    const drawing = drawPanel(wish.draw, columns, state.groups);
    const marks = placeMarks(wish.marks, columns, wish.draw.smoothing);
    this.post({ kind: 'drawn', id, panel, drawing, marks, partial }, buffersOf(drawing));
  }

  #fail(id: number, panel: string, error: unknown): void {
    this.post({ kind: 'failed', id, panel, message: error instanceof Error ? error.message : String(error) }, []);
  }

  #probe(panel: string, x: number, lines: readonly string[]): readonly Probe[] {
    const state = this.#panels.get(panel);
    if (!state) return [];
    const refs = new Map(state.wish.series.map((ref) => [ref.key, ref]));
    const columnsOf = (key: string): SeriesColumns | undefined => {
      const ref = refs.get(key);
      return ref && this.cache.columns(ref);
    };
    return lines.flatMap((id): readonly Probe[] => {
      const line = state.wish.draw.lines.find((one) => one.id === id);
      const probe = line && (line.kind === 'series' ? probeSeries(line, columnsOf(line.series), x, state.wish) : probeGroup(line, columnsOf, x, state));
      return probe ? [probe] : [];
    });
  }

  async #points(id: number, panel: string): Promise<void> {
    const state = this.#panels.get(panel);
    try {
      if (!state) throw new Error('The panel is not shown any more.');
      await this.cache.load(state.wish.series, 'full');
      const series = state.wish.series.flatMap((ref) =>
        [ref.index, ref.other].flatMap((index) => {
          const points = index === null ? undefined : this.cache.points(ref.run, index);
          return points ? [{ key: `${ref.run}/${index}`, own: index === ref.index, ...points }] : [];
        }),
      );
      this.post({ kind: 'points', id, series }, []);
    } catch (error) {
      this.#fail(id, panel, error);
    }
  }
}

function probeSeries(line: LineWish, columns: SeriesColumns | undefined, x: number, wish: PanelWish): Probe | null {
  const prepared = columns?.prepared(wish.draw.smoothing);
  if (!prepared) return null;
  const at = nearestIndex(prepared.curve.x, x);
  if (at < 0) return null;
  return { line: line.id, x: prepared.curve.x[at] as number, y: prepared.curve.y[at] as number, shown: prepared.shown.pyramid.y[at] as number, group: null };
}

function probeGroup(
  line: Extract<LineWish, { kind: 'group' }>,
  columnsOf: (key: string) => SeriesColumns | undefined,
  x: number,
  state: PanelState,
): Probe | null {
  const members = line.members.map(columnsOf).filter((one) => one !== undefined);
  const { group, centre } = aggregateOf(line.id, members, state.wish.draw, state.groups);
  const at = nearestIndex(group.x, x);
  if (at < 0) return null;
  const statistics = { n: group.n[at] as number, lower: group.lower[at] as number, upper: group.upper[at] as number };
  return { line: line.id, x: group.x[at] as number, y: group.centre[at] as number, shown: centre.y[at] as number, group: statistics };
}

const first = <V>(map: ReadonlyMap<string, V>): V | undefined => map.values().next().value;

/** Buffers of a drawing, each once. */
function buffersOf(drawing: PanelDrawing): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { line, raw, band, dots } of drawing.lines) for (const column of [line, raw, band, dots]) if (column) buffers.add(column.buffer);
  return [...buffers];
}
