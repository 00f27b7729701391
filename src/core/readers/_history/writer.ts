// Gathers the points of rows into run events: batches, contexts where names collide, settings that never change.

import { type Issue, issue } from '../../base/issues';
import type { Identity, RunEvent, RunKey } from '../../model/events';
import type { Fact } from '../../model/facts';
import type { RunHeader } from '../../model/run';
import type { Value, Values } from '../../model/values';

/** Points are given away when so many are gathered: memory stays bounded. */
const flushPoints = 1_000_000;
const batchPoints = 65_536;
/** Runs of one log; rows of more are left out. */
const maxRuns = 20_000;

/** Who a run is, asked when its first row comes. */
export interface RunStart {
  readonly identity: Identity;
  readonly path: string;
  readonly header?: Partial<RunHeader>;
}

/** What kind of row a point came from: told in the context where another kind has the same name. */
export interface RowKind {
  readonly key: string;
  readonly value: string;
  /** Told in the context even where no other kind has the same name. */
  readonly always?: true;
}

/** The runs of one claim, by the name that rows give them ('' where rows give none). */
export class HistoryWriter {
  private readonly runs = new Map<string, OpenRun>();

  /** Takes the rows of runs over the limit, and forgets them. */
  private spill: OpenRun | null = null;

  /** @param maxSeries of one run; more are left out and told */
  constructor(
    private readonly maxSeries: number,
    private readonly start: (name: string) => RunStart,
  ) {}

  /** Where the points of one series go. `setting`: a param if it never changes, otherwise a series. */
  column(run: string, name: string, kind: RowKind | null = null, setting = false): Column {
    return this.open(run).column(name, kind, setting);
  }

  params(run: string, values: Values): void {
    Object.assign(this.open(run).params, values);
  }

  /** A cell of text: a param if every row of the run has the same. */
  text(run: string, name: string, text: string): void {
    const { texts } = this.open(run);
    const known = texts.get(name);
    if (known === undefined) texts.set(name, text);
    else if (known !== text) texts.set(name, null);
  }

  summary(run: string, values: Values): void {
    this.open(run).events.push({ kind: 'summary', run: this.open(run).key, values });
  }

  tags(run: string, values: Values): void {
    this.open(run).events.push({ kind: 'tags', run: this.open(run).key, values });
  }

  /** What a later row knows of the run besides how it begins. */
  header(run: string, set: Partial<RunHeader>): void {
    this.open(run).events.push({ kind: 'header', run: this.open(run).key, set });
  }

  /** A fact of one run. */
  fact(run: string, fact: Fact): void {
    this.open(run).events.push({ kind: 'fact', run: this.open(run).key, fact });
  }

  /** About one run, or about every run that was begun. */
  issue(issue: Issue, run?: string): void {
    for (const open of run === undefined ? this.runs.values() : [this.open(run)]) open.events.push({ kind: 'issue', run: open.key, issue });
  }

  /** Makes sure that a run is there though nothing was logged in it. */
  touch(run: string): RunKey {
    return this.open(run).key;
  }

  get names(): readonly string[] {
    return [...this.runs.keys()];
  }

  /** Events so far, when there are many points. */
  *drain(): Generator<RunEvent> {
    let gathered = 0;
    for (const run of this.runs.values()) gathered += run.size;
    if (gathered < flushPoints) return;
    for (const run of this.runs.values()) yield* run.flush(false);
  }

  /** Everything that is left, settings included; `end` is for the caller. */
  *flush(): Generator<RunEvent> {
    if (this.spill) this.issue(issue('too-large', `The log names more than ${maxRuns} runs; the rest was left out.`));
    for (const run of this.runs.values()) yield* run.flush(true);
  }

  /** A writer that has gathered the same, which can be flushed while this one goes on. This one must not have been flushed or drained. */
  fork(): HistoryWriter {
    const fork = new HistoryWriter(this.maxSeries, this.start);
    for (const [name, run] of this.runs) fork.runs.set(name, run.fork());
    fork.spill = this.spill?.fork() ?? null;
    return fork;
  }

  private open(name: string): OpenRun {
    let run = this.runs.get(name);
    if (!run) {
      if (this.runs.size >= maxRuns) {
        this.spill ??= new OpenRun(-1, this.start(name), 0);
        return this.spill;
      }
      run = new OpenRun(this.runs.size, this.start(name), this.maxSeries);
      this.runs.set(name, run);
    }
    return run;
  }
}

class OpenRun {
  readonly events: RunEvent[] = [];
  readonly params: Record<string, Value> = Object.create(null);
  /** Text column → its one value, or null where it changes. */
  readonly texts = new Map<string, string | null>();
  private readonly columns = new Map<string, Column>();
  private declared = 0;
  private overLimit = false;

  constructor(
    readonly key: RunKey,
    { identity, path, header }: RunStart,
    private readonly maxSeries: number,
  ) {
    this.events.push({ kind: 'begin', run: key, identity, path });
    if (header) this.events.push({ kind: 'header', run: key, set: header });
  }

  fork(): OpenRun {
    const fork: OpenRun = Object.create(OpenRun.prototype);
    const columns = new Map([...this.columns].map(([id, column]) => [id, column.fork()]));
    return Object.assign(fork, this, {
      events: [...this.events],
      params: Object.assign(Object.create(null), this.params),
      texts: new Map(this.texts),
      columns,
    });
  }

  column(name: string, kind: RowKind | null, setting: boolean): Column {
    const id = kind === null ? name : `${name}\0${kind.key}\0${kind.value}`;
    let column = this.columns.get(id);
    if (!column) {
      if (this.columns.size >= this.maxSeries) {
        this.overLimit = true;
        return dropped;
      }
      column = new Column(name, kind, setting);
      this.columns.set(id, column);
    }
    return column;
  }

  get size(): number {
    let size = 0;
    for (const column of this.columns.values()) if (column.isSeries) size += column.size;
    return size;
  }

  /** Everything gathered. Settings are held back until the end: only then is it known that they never changed. */
  *flush(final: boolean): Generator<RunEvent> {
    yield* this.events.splice(0);
    if (final) {
      if (this.overLimit) {
        const message = `The run has more than ${this.maxSeries} series; the rest was left out (limit seriesPerRun).`;
        yield { kind: 'issue', run: this.key, issue: issue('too-large', message) };
      }
      for (const [name, text] of this.texts) if (text !== null && !(name in this.params)) this.params[name] = text;
      for (const column of this.columns.values())
        if (column.setting && column.constant && !(column.name in this.params)) this.params[column.name] = column.first;
      if (Object.keys(this.params).length > 0) yield { kind: 'params', run: this.key, values: this.params };
    }
    const names = new Map<string, number>();
    for (const { name, isSeries } of this.columns.values()) if (isSeries) names.set(name, (names.get(name) ?? 0) + 1);
    for (const column of this.columns.values()) {
      if (!column.isSeries || column.size === 0) continue;
      if (column.number === null) {
        column.number = this.declared++;
        const shared = column.kind !== null && (column.kind.always || names.get(column.name)! > 1);
        const context = shared ? Object.fromEntries([[column.kind!.key, column.kind!.value]]) : {};
        yield { kind: 'series', run: this.key, series: column.number, key: { name: column.name, context }, ...(column.system ? { system: true } : {}) };
      }
      yield* column.take(this.key, column.number);
    }
  }
}

/** The points of one series, or of one setting as long as it does not change. */
export class Column {
  number: number | null = null;
  /** Of the hardware. */
  system = false;
  first = Number.NaN;
  constant = true;
  private steps: number[] = [];
  private values: number[] = [];
  private times: number[] = [];
  private exact: Record<number, string> = {};

  constructor(
    readonly name: string,
    readonly kind: RowKind | null,
    readonly setting: boolean,
  ) {}

  get size(): number {
    return this.values.length;
  }

  fork(): Column {
    const fork = new Column(this.name, this.kind, this.setting);
    const { steps, values, times, exact } = this;
    return Object.assign(fork, this, { steps: [...steps], values: [...values], times: [...times], exact: { ...exact } });
  }

  get isSeries(): boolean {
    return !(this.setting && this.constant);
  }

  /**
   * @param step NaN where the row has none; bigint where float64 cannot hold it
   * @param time milliseconds since the epoch, NaN where the row has none
   */
  add(step: number | bigint, time: number, value: number): void {
    if (this.size === 0 && this.number === null) this.first = value;
    else if (!Object.is(value, this.first)) this.constant = false;
    if (typeof step === 'bigint') this.exact[this.size] = String(step);
    this.steps.push(Number(step));
    this.values.push(value);
    this.times.push(time);
  }

  *take(run: RunKey, series: number): Generator<RunEvent> {
    const { steps, values, times, exact } = this;
    this.steps = [];
    this.values = [];
    this.times = [];
    this.exact = {};
    for (let from = 0; from < values.length; from += batchPoints) {
      const batch = (numbers: number[]): Float64Array<ArrayBuffer> => new Float64Array(numbers.slice(from, from + batchPoints));
      const exactSteps = Object.fromEntries(
        Object.entries(exact).flatMap(([at, digits]) => (Number(at) >= from && Number(at) < from + batchPoints ? [[Number(at) - from, digits]] : [])),
      );
      yield {
        kind: 'points',
        run,
        series,
        steps: steps.every(Number.isNaN) ? null : batch(steps),
        values: batch(values),
        times: times.every(Number.isNaN) ? null : batch(times),
        ...(Object.keys(exactSteps).length > 0 ? { exactSteps } : {}),
      };
    }
  }
}

/** Takes the points of series over the limit, and forgets them. */
class DroppedColumn extends Column {
  override add(): void {}
}
export const dropped: Column = new DroppedColumn('', null, false);
