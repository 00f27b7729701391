// Records of SwanLab 0.6 and 0.7: one JSON object each.

import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { numberOf } from '../../formats/numbers';
import { textOf } from '../../formats/protobuf';
import { parseTimestamp } from '../../formats/timestamp';
import type { Value, Values } from '../../model/values';
import type { PointCollector } from '../_logs/collector';
import { isSystem, type LoggedRun, logMedia, type RecordDecoder } from './logged-run';

export class JsonRecords implements RecordDecoder {
  /** Names of series that the log calls the machine's. */
  private readonly system = new Set<string>();
  /** Names of media that are texts, which stand in the log. */
  private readonly texts = new Set<string>();

  constructor(
    private readonly run: LoggedRun,
    private readonly points: PointCollector,
  ) {}

  decode(bytes: Uint8Array, _view: DataView, start: number, end: number): void {
    const record = parseJson(textOf(bytes, start, end));
    const model = isObject(record) ? record.model_type : null;
    const stored = isObject(record) ? record.data : null;
    const data = typeof stored === 'string' ? parseJson(stored) : stored;
    if (typeof model !== 'string' || !isObject(data)) throw new SyntaxError('no record');
    const { run } = this;
    if (model === 'Header') run.startedMs = timeOf(data.create_time);
    else if (model === 'Project') run.project = text(data.name);
    else if (model === 'Experiment') this.experiment(data);
    else if (model === 'Column') this.column(data);
    else if (model === 'Scalar') this.scalar(data);
    else if (model === 'Media') this.media(data);
    else if (model === 'Footer') {
      run.status = data.success === true ? 'finished' : 'failed';
      run.nativeStatus = data.success === true ? 'success' : 'error';
      run.endedMs = timeOf(data.create_time);
    }
  }

  private experiment(data: Values): void {
    const { run } = this;
    run.id = text(data.id) ?? '';
    run.name = text(data.name);
    run.description = text(data.description);
    run.group = text(data.group);
    run.jobType = text(data.job_type);
    run.tags = Array.isArray(data.tags) ? (data.tags as readonly Value[]).filter((tag) => typeof tag === 'string') : [];
  }

  private scalar({ key, step, metric }: Values): void {
    const { index, data, create_time: created } = isObject(metric) ? metric : {};
    const at = integer(step) ?? integer(index);
    const value = numberOf(data);
    if (typeof key !== 'string' || value === null) {
      this.run.badValues++;
      return;
    }
    if (data === 'INF') this.run.signsLost++;
    this.points.add(key, at, timeOf(created), value, { system: isSystem(key) || this.system.has(key) });
  }

  private column({ key, cls, column_type: type }: Values): void {
    if (typeof key !== 'string') return;
    if (cls === 'SYSTEM') this.system.add(key);
    if (type === 'TEXT') this.texts.add(key);
  }

  private media({ key, kid, step, metric }: Values): void {
    const { index, data, more, create_time: created } = isObject(metric) ? metric : {};
    if (typeof key !== 'string') return;
    const names: readonly Value[] = Array.isArray(data) ? data : [data ?? null];
    const captions: readonly Value[] = Array.isArray(more) ? more.map((one: Value) => (isObject(one) ? (one.caption ?? null) : null)) : [];
    const files = names.flatMap((name, i) => (typeof name === 'string' ? [{ name, caption: text(captions[i]) }] : []));
    logMedia(
      this.run,
      { key, step: integer(step) ?? integer(index), timeMs: timeOf(created), files, areTexts: this.texts.has(key), folder: String(kid ?? key) },
      names.length,
    );
  }
}

const text = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const timeOf = (value: Value | undefined): number | null => (typeof value === 'string' ? parseTimestamp(value) : null);
const integer = (value: Value | undefined): number | bigint | null => (typeof value === 'number' || typeof value === 'bigint' ? value : null);
