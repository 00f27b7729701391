// Records of SwanLab since 0.8: protobuf messages. What is left out is 0 (proto3).

import { WireFields, wire } from '../../formats/protobuf';
import type { RunStatus } from '../../model/run';
import type { PointCollector } from '../_logs/collector';
import { isSystem, type LoggedRun, logMedia, type RecordDecoder } from './logged-run';
import type { LoggedFiles } from './media';

const record = { start: 10, finish: 11, scalar: 13, media: 14 } as const;
const states: readonly (readonly [RunStatus, string])[] = [
  ['running', 'running'],
  ['finished', 'finished'],
  ['failed', 'crashed'],
  ['killed', 'aborted'],
];

export class ProtobufRecords implements RecordDecoder {
  private readonly fields = new WireFields();
  private readonly inner = new WireFields();
  private readonly deep = new WireFields();

  constructor(
    private readonly run: LoggedRun,
    private readonly points: PointCollector,
  ) {}

  decode(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const { fields, inner } = this;
    for (fields.open(bytes, view, start, end); fields.next(); ) {
      if (fields.type !== wire.bytes) continue;
      if (fields.field === record.scalar) this.scalar(inner.inside(fields));
      else if (fields.field === record.media) this.media(inner.inside(fields));
      else if (fields.field === record.start) this.start(inner.inside(fields));
      else if (fields.field === record.finish) this.finish(inner.inside(fields));
    }
  }

  private start(fields: WireFields): void {
    const { run } = this;
    const tags: string[] = [];
    while (fields.next()) {
      if (fields.type !== wire.bytes) continue;
      if (fields.field === 1) run.project = fields.text;
      else if (fields.field === 4) run.name = fields.text;
      else if (fields.field === 5) run.description = fields.text;
      else if (fields.field === 6) tags.push(fields.text);
      else if (fields.field === 7) run.group = fields.text;
      else if (fields.field === 8) run.jobType = fields.text;
      else if (fields.field === 10) run.id = fields.text;
      else if (fields.field === 12) run.startedMs ??= this.time(fields);
    }
    run.tags = tags;
  }

  private finish(fields: WireFields): void {
    const { run } = this;
    let state = 0;
    while (fields.next()) {
      if (fields.is(1, wire.varint)) state = fields.low;
      else if (fields.is(3, wire.bytes)) run.endedMs = this.time(fields);
    }
    [run.status, run.nativeStatus] = states[state] ?? ['unknown', String(state)];
  }

  private scalar(fields: WireFields): void {
    let key = '';
    let step: number | bigint = 0;
    let time: number | null = null;
    let value = 0;
    while (fields.next()) {
      if (fields.is(1, wire.bytes)) key = fields.text;
      else if (fields.is(2, wire.varint)) step = fields.exactInt64;
      else if (fields.is(4, wire.bytes)) time = this.time(fields);
      else if (fields.is(5, wire.bytes)) value = this.number(fields);
    }
    this.points.add(key, step, time, value, { system: isSystem(key) });
  }

  private media(fields: WireFields): void {
    const { deep } = this;
    let key = '';
    let step: number | bigint = 0;
    let timeMs: number | null = null;
    const files: LoggedFiles['files'][number][] = [];
    while (fields.next()) {
      if (fields.is(1, wire.bytes)) key = fields.text;
      else if (fields.is(2, wire.varint)) step = fields.exactInt64;
      else if (fields.is(4, wire.bytes)) timeMs = this.time(fields);
      else if (fields.is(5, wire.bytes)) for (deep.inside(fields); deep.next(); ) if (deep.is(1, wire.bytes)) files.push(fileOf(deep));
    }
    logMedia(this.run, { key, step, timeMs, files });
  }

  private number(outer: WireFields): number {
    const { deep } = this;
    let value = 0;
    for (deep.inside(outer); deep.next(); ) if (deep.is(1, wire.fixed64)) value = deep.float64;
    return value;
  }

  /** Milliseconds of a `google.protobuf.Timestamp`. */
  private time(outer: WireFields): number {
    const { deep } = this;
    let seconds = 0;
    let nanos = 0;
    for (deep.inside(outer); deep.next(); ) {
      if (deep.is(1, wire.varint)) seconds = deep.int64;
      else if (deep.is(2, wire.varint)) nanos = deep.low;
    }
    return seconds * 1000 + nanos / 1e6;
  }
}

/** Name and caption of one of the files that were logged together. */
function fileOf(outer: WireFields): LoggedFiles['files'][number] {
  let name = '';
  let caption: string | null = null;
  for (const fields = new WireFields().inside(outer); fields.next(); ) {
    if (fields.is(1, wire.bytes)) name = fields.text;
    else if (fields.is(4, wire.bytes)) caption = fields.text || null;
  }
  return { name, caption };
}
