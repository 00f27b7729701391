// Puts rows of a mapped log into runs: steps, times, metrics and params by the parts that their names play.

import { isMissing } from '../../formats/csv';
import { exactInteger, numberOf, parseNumber } from '../../formats/numbers';
import { type LineRule, type Mapping, plainRule, type StepRule, type TimeUnit } from '../../mapping/mapping';
import { typed } from '../../mapping/path-template';
import { type Role, rolesOf } from '../../mapping/roles';
import type { Value, Values } from '../../model/values';
import { timeMs } from '../_history/columns';
import type { HistoryWriter, RowKind } from '../_history/writer';

export type RowCell = readonly [name: string, value: Value];

/** A row, and how it came to be. */
export interface Row {
  readonly cells: readonly RowCell[];
  readonly line: number;
  readonly rule?: LineRule;
  /** What lines above left known. */
  readonly carried?: ReadonlyMap<string, string>;
  /** So many cells at the beginning were asked for one by one: text in them is told. */
  readonly asked?: number;
}

/** Told of every cell, for a preview. */
export type Watch = (name: string, role: Role, value: Value) => void;

interface Trouble {
  count: number;
  readonly text: string;
  readonly line: number;
}

/** Whoever takes the rows of one log. */
export class RowTaker {
  rows = 0;
  points = 0;
  /** Column → cells in it that should be numbers and are none. */
  readonly bad = new Map<string, Trouble>();
  /** Line on which steps first went back. */
  restart = 0;
  imprecise = 0;
  /** Params that changed within a run, and so are none. */
  readonly unsteady = new Set<string>();
  readonly roleOf: (name: string) => Role;
  private readonly last = new Map<string, number>();
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly mapping: Mapping,
    private readonly writer: HistoryWriter,
    private readonly kind: RowKind | null,
    private readonly watch: Watch | null,
  ) {
    this.roleOf = rolesOf(mapping);
  }

  take(row: Row): void {
    const { mapping, writer } = this;
    const { cells, rule = plainRule } = row;
    const valueAt = (name: string): Value | undefined => cells.find(([key, value]) => key === name && !isBlank(value))?.[1] ?? row.carried?.get(name);
    this.rows++;
    const run = typeof mapping.run === 'object' ? textOf(valueAt(mapping.run.column)) : '';
    if (rule.to === 'params') {
      writer.params(
        run,
        Object.fromEntries(cells.map(([name, value]) => [rule.prefix + (rule.rename[name] ?? name), typeof value === 'string' ? typed(value) : value])),
      );
      return;
    }
    const step = stepFrom(rule.step ?? mapping.step, valueAt);
    if (typeof step.value === 'bigint' && this.imprecise === 0) this.imprecise = row.line;
    const time = mapping.time === null ? Number.NaN : timeFrom(valueAt(mapping.time.column), mapping.time.unit);
    for (const [at, [name, value]] of cells.entries()) {
      const role = this.roleOf(name);
      this.watch?.(name, role, value);
      if (role === 'param') this.param(run, name, value, step.value, time);
      else if (role === 'metric' || (role === 'maybe-metric' && name !== step.used)) {
        const number = numberIn(value, role === 'metric' || row.rule !== undefined);
        const series = rule.prefix + (rule.rename[name] ?? name);
        if (number !== null) this.point(run, series, step.value, time, number, row.line);
        else if ((role === 'metric' || at < (row.asked ?? 0)) && !isBlank(value)) this.tellBad(name, textOf(value), row.line);
      }
    }
  }

  private point(run: string, name: string, step: number | bigint, time: number, value: number, line: number): void {
    this.points++;
    this.writer.column(run, name, this.kind).add(step, time, value);
    if (this.restart > 0) return;
    const key = `${run}\0${name}`;
    const before = this.last.get(key);
    if (before !== undefined && Number(step) < before) this.restart = line;
    this.last.set(key, Number(step));
  }

  private param(run: string, name: string, value: Value, step: number | bigint, time: number): void {
    const set = typeof value === 'string' ? typed(value) : value;
    if (isBlank(set)) return;
    if (typeof set === 'number') {
      this.writer.column(run, name, this.kind, true).add(step, time, set);
      return;
    }
    const key = `${run}\0${name}`;
    const text = typeof set === 'object' ? JSON.stringify(set, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) : textOf(set);
    const before = this.texts.get(key);
    if (before === undefined) {
      this.texts.set(key, text);
      if (typeof set === 'string') this.writer.text(run, name, set);
      else this.writer.params(run, { [name]: set });
    } else if (before !== text) {
      this.unsteady.add(name);
      if (typeof set === 'string') this.writer.text(run, name, set);
    }
  }

  private tellBad(name: string, text: string, line: number): void {
    const known = this.bad.get(name);
    if (known) known.count++;
    else this.bad.set(name, { count: 1, text: text.slice(0, 40), line });
  }
}

const isBlank = (value: Value | undefined): boolean => value === undefined || value === null || (typeof value === 'string' && isMissing(value.trim()));
const textOf = (value: Value | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** @param quoted numbers in quotes count too */
function numberIn(value: Value, quoted: boolean): number | null {
  if (typeof value === 'boolean') return null;
  return numberOf(value) ?? (quoted && typeof value === 'string' ? parseNumber(value) : null);
}

interface Step {
  /** NaN where the row has none; bigint where float64 cannot hold it. */
  readonly value: number | bigint;
  /** The column that it was read from: that is no series of this row. */
  readonly used: string | null;
}

function stepFrom(rule: StepRule | null, valueAt: (name: string) => Value | undefined): Step {
  if (rule?.kind === 'columns') {
    for (const name of rule.columns) {
      const value = stepNumber(valueAt(name));
      if (value !== null) return { value, used: name };
    }
  } else if (rule) {
    const [epoch, iteration, perEpoch] = [rule.epoch, rule.iteration, rule.perEpoch].map((name) => stepNumber(valueAt(name)));
    if (iteration != null && perEpoch != null)
      return { value: (Number(epoch ?? rule.firstEpoch) - rule.firstEpoch) * Number(perEpoch) + Number(iteration), used: null };
  }
  return { value: Number.NaN, used: null };
}

function stepNumber(value: Value | undefined): number | bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value.trim())) return exactInteger(value.trim());
  const number = value === undefined ? null : numberIn(value, true);
  return number === null || Number.isNaN(number) ? null : number;
}

const factors: Readonly<Record<Exclude<TimeUnit, 'auto'>, number>> = { s: 1e3, ms: 1, us: 1e-3, ns: 1e-6 };

/** Milliseconds since the epoch, NaN where there is no time; dates are read in any unit. */
function timeFrom(value: Value | undefined, unit: TimeUnit): number {
  if (value === undefined) return Number.NaN;
  const number = numberIn(value, true);
  if (number === null) return typeof value === 'string' ? timeMs(value) : Number.NaN;
  return unit === 'auto' ? timeMs(number) : number * factors[unit];
}

/** Params out of a document, flat names kept. */
export const chosenValues = (values: Values, chosen: (name: string) => boolean): Values =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => chosen(name) && !Array.isArray(value)));
