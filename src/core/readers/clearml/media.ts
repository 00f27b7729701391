// Plots and debug samples of a task: plotly figures that the events hold, tables among them, and files that they name.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { jsonOf, tableOfColumns } from '../../formats/media-json';
import { mediaTypeOf } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, MediaFile, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { plotlyType } from '../../model/media';
import type { Value, Values } from '../../model/values';
import type { TaskEvents } from './events';

/** A plot or a sample of an event. */
export interface Sample {
  readonly name: string;
  readonly kind: string;
  readonly step: number | null;
  readonly timeMs: number | null;
  /** The plotly figure as JSON, or the address of a file. */
  readonly plot: string | null;
  readonly url: string | null;
}

/** Of one task; what is beyond is only counted. */
const mostSamples = 20_000;
const mostCharacters = 32 * 1024 * 1024;

export class Samples {
  readonly all: Sample[] = [];
  /** Those that were not held. */
  left = 0;
  #characters = 0;

  add(name: string, kind: string, { iter, timestamp, plot_str: plot, url }: Values): void {
    const figure = typeof plot === 'string' ? plot : null;
    this.#characters += figure?.length ?? 0;
    if (this.all.length >= mostSamples || this.#characters > mostCharacters) {
      this.left++;
      return;
    }
    const number = (value: Value | undefined) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
    this.all.push({ name, kind, step: number(iter), timeMs: number(timestamp), plot: figure, url: typeof url === 'string' ? url : null });
  }
}

/** What was logged beside scalars: counted, and item by item. @param find the file of an address, where it can be had */
export function* mediaEvents(run: RunKey, { media, samples }: TaskEvents, issues: Issue[], find: (url: string) => MediaFile | null): Generator<RunEvent> {
  for (const [name, { kind, count }] of media) yield { kind: 'media', run, media: { name, kind, count } };
  for (const { name, kind, step, timeMs, plot, url } of samples.all) {
    const moment = { step, timeMs: timeMs === null ? null : epochMs(timeMs), index: 0, caption: null };
    let item: LoggedItem = { ...moment, ...mediaTypeOf(url ?? '') };
    let from: MediaBytes | null = url === null ? null : find(url);
    if (plot !== null) {
      item = { ...moment, form: 'figure', type: plotlyType };
      from = { bytes: new TextEncoder().encode(plot), shape: figureOf };
    }
    yield { kind: 'media-item', run, of: { name, kind }, item, from };
  }
  if (samples.left > 0) issues.push(issue('too-large', `${samples.left} plots and samples were counted but are not shown.`, { severity: 'info' }));
}

/** A figure that is one table is kept as a table; its cells stand column by column. */
function figureOf(bytes: Uint8Array<ArrayBuffer>): ShapedBytes | null {
  const figure = jsonOf(bytes);
  if (!isObject(figure)) return null;
  const [only, ...more] = Array.isArray(figure.data) ? (figure.data as readonly Value[]) : [];
  if (!isObject(only) || more.length > 0 || only.type !== 'table' || !isObject(only.header) || !isObject(only.cells)) return { bytes };
  const { values: columns } = only.header;
  const { values: cells } = only.cells;
  if (!Array.isArray(columns) || !Array.isArray(cells)) return { bytes };
  const lists = (cells as readonly Value[]).map((column) => (Array.isArray(column) ? (column as readonly Value[]) : []));
  return { ...tableOfColumns(columns, lists), form: 'table', type: 'application/json' };
}
