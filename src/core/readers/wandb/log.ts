// Reads one .wandb transaction log: every record is taken in as it passes, points come out in batches.

import { type Issue, issue } from '../../base/issues';
import { PointLog } from '../../base/point-log';
import type { SliceContext } from '../../formats/bytes';
import { LevelDbLog, type LogSink } from '../../formats/leveldb-log';
import { malformed, WireFields, wire } from '../../formats/protobuf';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { ArtifactList } from './artifacts';
import type { SeriesBatch, SeriesColumns } from './columns';
import { addEnvironmentRecord, Environment } from './environment';
import { History, timestampMs } from './history';
import { magicBytes } from './magic';
import type { LoggedMedia } from './media';
import { DefinedMetrics } from './metrics';
import { RunInfo, type RunRecordTargets } from './run-record';
import { addTelemetry, newTelemetry } from './telemetry';
import { WrittenValues } from './written-values';

const record = {
  history: 2,
  summary: 3,
  output: 4,
  config: 5,
  stats: 7,
  artifact: 8,
  tensorboard: 9,
  telemetry: 11,
  metric: 12,
  outputRaw: 13,
  run: 17,
  exit: 18,
  header: 21,
  useArtifact: 25,
  environment: 26,
} as const;

export interface Exit {
  readonly code: number;
  /** Whole seconds. */
  readonly runtime: number;
}

/** Points that wait in columns before all are handed over: what bounds memory with very many series. */
const mostWaiting = 1_000_000;
const mostKeptMedia = 100_000;

export class RunLog implements LogSink {
  readonly info = new RunInfo();
  readonly history: History;
  readonly config: WrittenValues;
  readonly summary: WrittenValues;
  readonly environment = new Environment();
  readonly runGit = new Environment();
  readonly telemetry = newTelemetry();
  readonly metrics = new DefinedMetrics();
  readonly artifacts = new ArtifactList();
  /** Folders of event files that were to be mirrored. */
  readonly tensorboard = new Set<string>();
  exit: Exit | null = null;
  /** Version of wandb that wrote the log. */
  producer = '';
  console = '';
  records = 0;

  private readonly kept: Map<SeriesColumns, PointLog> | null = null;
  private readonly keptMedia: LoggedMedia[] = [];
  private malformedAt = -1;
  private malformedCount = 0;
  private readonly log: LevelDbLog;
  private readonly fields = new WireFields();
  private readonly inner = new WireFields();
  private readonly deep = new WireFields();
  private readonly deeper = new WireFields();

  private readonly targets: RunRecordTargets;

  /**
   * @param evidence how facts name the log: its path below the run folder
   * @param context limits bound the number of keys and the console text kept
   * @param keeps points stay here and are given again by each `drain` of all
   */
  constructor(
    readonly file: SourceFile,
    evidence: string,
    private readonly context: SliceContext & Pick<ReadContext, 'limits' | 'keepMedia'>,
    keeps = false,
  ) {
    if (keeps) this.kept = new Map();
    const { seriesPerRun } = context.limits;
    this.history = new History(seriesPerRun, context.keepMedia);
    this.config = new WrittenValues(seriesPerRun);
    this.summary = new WrittenValues(seriesPerRun);
    this.targets = { config: this.config, summary: this.summary, telemetry: this.telemetry, runGit: this.runGit, file: evidence };
    this.log = new LevelDbLog(file, context, this, { headerBytes: magicBytes });
  }

  /** Reads a slice. False when there is no more. @throws SourceError from the source */
  next(): Promise<boolean> {
    return this.log.next();
  }

  /** The log has grown: it is read on where it ended. */
  resume(): void {
    this.log.resume();
  }

  /** Batches of points that are ready. */
  drain(all: boolean): readonly SeriesBatch[] {
    const { kept } = this;
    const { series } = this.history;
    const ready = series.drain(all || series.waiting > mostWaiting);
    if (!kept) return ready;
    for (const { series: one, batch } of ready) {
      const points = kept.get(one) ?? new PointLog();
      kept.set(one, points);
      points.append(batch);
    }
    return all
      ? [...kept].flatMap(([one, points]) => [...points.events()].flatMap((event) => (event.kind === 'points' ? [{ series: one, batch: event.batch }] : [])))
      : [];
  }

  /** Media objects that came; where they are kept, all of them behind the last slice. */
  drainMedia(all: boolean): readonly LoggedMedia[] {
    const fresh = this.history.drainMedia();
    if (!this.kept) return fresh;
    this.keptMedia.push(...fresh);
    return all ? this.keptMedia : [];
  }

  /** More media objects than should be held: the log is read anew. */
  get holdsTooMuch(): boolean {
    return this.keptMedia.length > mostKeptMedia;
  }

  record(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    this.records++;
    const { fields } = this;
    try {
      for (fields.open(bytes, view, start, end); fields.next(); ) if (fields.type === wire.bytes) this.payload();
    } catch (error) {
      if (error !== malformed) throw error;
      if (this.malformedCount++ === 0) this.malformedAt = this.log.recordAt;
    }
  }

  private payload(): void {
    const { fields, inner, deep, deeper } = this;
    const { bytes, view, start, end } = fields;
    switch (fields.field) {
      case record.history:
        this.history.record(bytes, view, start, end);
        break;
      case record.summary:
        this.summary.record(bytes, view, start, end);
        break;
      case record.stats:
        this.history.stats(bytes, view, start, end);
        break;
      case record.config:
        this.config.record(bytes, view, start, end);
        break;
      case record.run:
        this.info.record(inner.inside(fields), deep, deeper, this.targets);
        break;
      case record.exit:
        this.takeExit(inner.inside(fields));
        break;
      case record.output:
      case record.outputRaw:
        this.takeOutput(inner.inside(fields));
        break;
      case record.artifact:
        this.artifacts.logged(inner.inside(fields), deep, deeper);
        break;
      case record.useArtifact:
        this.artifacts.used(inner.inside(fields));
        break;
      case record.tensorboard:
        this.takeTensorboard(inner.inside(fields));
        break;
      case record.telemetry:
        addTelemetry(this.telemetry, inner.inside(fields), deep);
        break;
      case record.metric:
        this.metrics.record(inner.inside(fields), deep);
        break;
      case record.environment:
        addEnvironmentRecord(this.environment, inner.inside(fields), deep, this.targets.file);
        break;
      case record.header:
        this.takeHeader(inner.inside(fields));
        break;
      default:
      // Files, alerts, requests and kinds to come say nothing about the run that is shown.
    }
  }

  private takeExit(fields: WireFields): void {
    let code = 0;
    let runtime = 0;
    while (fields.next()) {
      if (fields.is(1, wire.varint)) code = fields.low;
      else if (fields.is(2, wire.varint)) runtime = fields.int64;
    }
    this.exit = { code, runtime };
  }

  private takeOutput(fields: WireFields): void {
    const { history, deep } = this;
    while (fields.next()) {
      if (fields.is(2, wire.bytes)) {
        const time = timestampMs(deep.inside(fields));
        if (time > history.lastMs) history.lastMs = time;
      } else if (fields.is(3, wire.bytes) && this.console.length < this.context.limits.contentBytes) this.console += fields.text;
    }
  }

  private takeTensorboard(fields: WireFields): void {
    while (fields.next()) if (fields.is(1, wire.bytes)) this.tensorboard.add(fields.text);
  }

  private takeHeader(fields: WireFields): void {
    const { deep } = this;
    while (fields.next()) {
      if (!fields.is(1, wire.bytes)) continue;
      for (deep.inside(fields); deep.next(); ) if (deep.is(1, wire.bytes)) this.producer = deep.text;
    }
  }

  /** What went wrong, known when all is read. */
  issues(): Issue[] {
    const { damage } = this.log;
    const { history } = this;
    const file = this.file.path;
    const at = (byte: number) => ({ file, where: `byte ${byte}` });
    const issues: Issue[] = [];
    if (damage.bad > 0) {
      const places = damage.bad === 1 ? 'one place' : `${damage.bad} places`;
      issues.push(issue('bad-record', `The log is damaged in ${places}; reading went on at the next block of 32 KiB.`, at(damage.firstBad)));
    }
    if (this.malformedCount > 0)
      issues.push(issue('bad-record', `${this.malformedCount} ${one(this.malformedCount, 'record')} could not be decoded.`, at(this.malformedAt)));
    if (damage.tooLarge > 0)
      issues.push(
        issue('too-large', `${damage.tooLarge} ${one(damage.tooLarge, 'record')} beyond the limit (recordBytes) left out.`, at(damage.firstTooLarge)),
      );
    if (damage.truncatedAt >= 0) issues.push(issue('truncated', 'The log ends in the middle of a record.', at(damage.truncatedAt)));
    if (history.badValues > 0)
      issues.push(issue('bad-value', `${history.badValues} logged ${one(history.badValues, 'value')} could not be understood.`, { file }));
    if (history.hugeSteps > 0) issues.push(issue('precision', `${history.hugeSteps} ${one(history.hugeSteps, 'point')} at steps beyond 2^53.`, { file }));
    if (history.refused > 0)
      issues.push(
        issue('too-large', `The run logs more than ${this.context.limits.seriesPerRun} names; the rest was left out (limit seriesPerRun).`, { file }),
      );
    return issues;
  }
}

const one = (count: number, what: string): string => (count === 1 ? what : `${what}s`);
