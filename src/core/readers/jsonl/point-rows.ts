// Turns rows of JSON that hold measurements into points.

import { flatten } from '../../formats/flatten';
import type { Value } from '../../model/values';
import { partOf, timeMs } from '../_history/columns';
import type { Plan } from '../_history/plan';
import { type Column, dropped, type HistoryWriter, type RowKind } from '../_history/writer';
import { measuredAs } from './measured';
import { isAxis, type Row } from './rows';

export class PointRows {
  /** The first integer that float64 cannot hold. */
  imprecise: { readonly name: string; readonly line: number } | null = null;
  /** Names of one kind of row → their columns, so that a row costs no look-ups by text. */
  private readonly columns = new Map<string, Column>();

  constructor(
    private readonly plan: Plan,
    private readonly writer: HistoryWriter,
    private readonly kind: RowKind | null,
  ) {}

  /** The same, to be gone on with in another writer. */
  fork(writer: HistoryWriter): PointRows {
    const fork = new PointRows(this.plan, writer, this.kind);
    fork.imprecise = this.imprecise;
    return fork;
  }

  /** The run that a row names, '' where rows name none. */
  runOf(row: Row): string {
    const name = this.plan.run === null ? undefined : row[this.plan.run];
    return typeof name === 'string' || typeof name === 'number' || typeof name === 'bigint' ? String(name) : '';
  }

  add(row: Row, line: number): void {
    const { plan } = this;
    const flat = flatten(row, '/');
    const run = this.runOf(row);
    const stepName =
      plan.step !== null && stepOf(flat[plan.step]) !== null ? plan.step : (Object.keys(flat).find((key) => isAxis(key) && stepOf(flat[key]) !== null) ?? null);
    const step = stepName === null ? Number.NaN : stepOf(flat[stepName])!;
    if (typeof step === 'bigint') this.imprecise ??= { name: stepName!, line };
    const time = plan.time === null ? Number.NaN : timeOf(flat[plan.time]);
    const split = plan.split === null ? undefined : flat[plan.split];
    const kind = typeof split === 'string' ? { key: plan.split!, value: split } : this.kind;
    if (plan.long && typeof flat[plan.long.name] === 'string') {
      this.point(run, flat[plan.long.name] as string, kind, flat[plan.long.value], step, time, line);
      return;
    }
    for (const name of Object.keys(flat)) {
      if (name === stepName || name === plan.run || (name === plan.time && !Number.isNaN(time))) continue;
      const value = flat[name];
      if (typeof value === 'string' && name !== plan.split) this.text(run, name, value);
      this.point(run, name, kind, value, step, time, line);
    }
  }

  private point(run: string, name: string, kind: RowKind | null, value: Value | undefined, step: number | bigint, time: number, line: number): void {
    const number = measuredAs(name, value);
    if (number === null) return;
    if (typeof value === 'bigint') this.imprecise ??= { name, line };
    const id = `${run}\0${kind?.value ?? ''}\0${name}`;
    let column = this.columns.get(id);
    if (!column) {
      column = this.writer.column(run, name, kind, this.plan.settings.has(name));
      if (column !== dropped) this.columns.set(id, column);
    }
    column.add(step, time, number);
  }

  /** Text beside measurements is a param where it never changes; names and messages are not. */
  private text(run: string, name: string, text: string): void {
    if (measuredAs(name, text) === null && partOf(name) === null && text.length <= 200) this.writer.text(run, name, text);
  }
}

function stepOf(value: Value | undefined): number | bigint | null {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

function timeOf(value: Value | undefined): number {
  if (typeof value === 'bigint') return timeMs(Number(value));
  return typeof value === 'number' || typeof value === 'string' ? timeMs(value) : Number.NaN;
}
