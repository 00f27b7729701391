// The page's end of the curves worker: one wish per panel is on its way, and only the latest of those that wait is sent.

import type { PanelDrawing } from '../../../core/view/curves-draw';
import type { PlacedMark } from '../../../core/view/curves-marks';
import type { CurveReply, CurveRequest, PanelWish, Probe, SeriesPoints } from './messages';

export interface Drawn {
  readonly drawing: PanelDrawing;
  readonly marks: readonly PlacedMark[];
  readonly wish: PanelWish;
  readonly partial: boolean;
}

export interface PanelListener {
  drawn(drawn: Drawn): void;
  failed(message: string): void;
}

/** The part of a Worker that is used. */
export interface CurvePort {
  postMessage(request: CurveRequest): void;
  onmessage: ((event: MessageEvent<CurveReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface PanelLine {
  readonly listener: PanelListener;
  /** What was sent and not answered. */
  sent: { readonly id: number; readonly wish: PanelWish; readonly end: () => void } | null;
  /** What waits until that is answered. */
  next: PanelWish | null;
  /** What the worker knows of the panel. */
  current: PanelWish | null;
  /** Ends the work of reading all points, after a first answer from overviews. */
  reading: (() => void) | null;
}

export class CurveClient {
  readonly #panels = new Map<string, PanelLine>();
  readonly #asked = new Map<number, { readonly resolve: (reply: CurveReply) => void; readonly reject: (error: Error) => void }>();
  #nextId = 1;

  /** @param begin registers work that tests wait for */
  constructor(
    readonly port: CurvePort,
    readonly begin: (label: string) => () => void,
  ) {
    port.onmessage = ({ data }) => this.#take(data);
    port.onerror = (event) => this.#broken(event.message || 'The worker that prepares curves could not be started.');
  }

  /** Says who draws a panel; returns how to leave. */
  attach(panel: string, listener: PanelListener): () => void {
    this.#panels.set(panel, { listener, sent: null, next: null, current: null, reading: null });
    return () => {
      const line = this.#panels.get(panel);
      if (line?.listener !== listener) return;
      line.sent?.end();
      line.reading?.();
      this.#panels.delete(panel);
      this.port.postMessage({ kind: 'release', panel });
    };
  }

  /** Wishes a drawing; the listener gets it unless a newer wish takes its place. */
  draw(panel: string, wish: PanelWish): void {
    const line = this.#panels.get(panel);
    if (!line) return;
    if (line.sent) line.next = wish;
    else this.#send(panel, line, wish);
  }

  /** Stored points of lines nearest to x; empty where the panel is unknown. */
  async probe(panel: string, x: number, lines: readonly string[]): Promise<readonly Probe[]> {
    const reply = await this.#ask((id) => ({ kind: 'probe', id, panel, x, lines }));
    return reply.kind === 'probed' ? reply.probes : [];
  }

  /** Every stored point of a panel's series. @throws what reading throws */
  async points(panel: string): Promise<readonly SeriesPoints[]> {
    const reply = await this.#ask((id) => ({ kind: 'points', id, panel }));
    if (reply.kind === 'failed') throw new Error(reply.message);
    return reply.kind === 'points' ? reply.series : [];
  }

  #send(panel: string, line: PanelLine, wish: PanelWish): void {
    const id = this.#nextId++;
    line.sent = { id, wish, end: this.begin('curves') };
    line.current = wish;
    line.next = null;
    this.port.postMessage({ kind: 'draw', id, panel, wish });
  }

  #ask(request: (id: number) => CurveRequest): Promise<CurveReply> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.port.postMessage(request(id));
    });
  }

  #take(reply: CurveReply): void {
    const asked = this.#asked.get(reply.id);
    if (asked) {
      this.#asked.delete(reply.id);
      asked.resolve(reply);
      return;
    }
    if (reply.kind !== 'drawn' && reply.kind !== 'failed') return;
    const line = this.#panels.get(reply.panel);
    if (!line) return;
    const answered = line.sent?.id === reply.id ? line.sent : null;
    if (answered) line.sent = null;
    // The second answer, from all points: it is for what the panel wishes now, or outdated.
    const wish = answered?.wish ?? (line.sent ? null : line.current);
    if (wish && reply.kind === 'drawn') line.listener.drawn({ drawing: reply.drawing, marks: reply.marks, wish, partial: reply.partial });
    if (reply.kind === 'failed') line.listener.failed(reply.message);
    if (reply.kind === 'drawn' && reply.partial) line.reading ??= this.begin('points');
    else {
      line.reading?.();
      line.reading = null;
    }
    if (line.next && !line.sent) this.#send(reply.panel, line, line.next);
    answered?.end();
  }

  #broken(message: string): void {
    for (const line of this.#panels.values()) {
      line.sent?.end();
      line.sent = null;
      line.listener.failed(message);
    }
    for (const { reject } of this.#asked.values()) reject(new Error(message));
    this.#asked.clear();
  }
}
