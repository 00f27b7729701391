// Who a run is: the fields of its run records, later ones adding to earlier ones.

import { type WireFields, wire } from '../../formats/protobuf';
import { addGit, type Environment } from './environment';
import { timestampMs } from './history';
import { addTelemetry, type Telemetry } from './telemetry';
import type { WrittenValues } from './written-values';

const field = { config: 4, summary: 5, tags: 10, startTime: 17, telemetry: 19, runtime: 20, git: 21, branchPoint: 23 } as const;
const texts = { 1: 'id', 2: 'entity', 3: 'project', 6: 'group', 7: 'jobType', 8: 'name', 9: 'notes', 12: 'sweep', 13: 'host' } as const;

/** Texts are empty where nothing was said. */
export class RunInfo {
  id = '';
  entity = '';
  project = '';
  group = '';
  jobType = '';
  name = '';
  notes = '';
  sweep = '';
  host = '';
  tags: readonly string[] = [];
  startedMs: number | null = null;
  /** Seconds that earlier parts of a resumed run took. */
  runtimeBefore = 0;
  /** Native id of the run that this one was forked from. */
  forkedFrom = '';

  /** Takes a RunRecord. Settings are passed over: they may hold keys. @throws malformed */
  record(fields: WireFields, inner: WireFields, deep: WireFields, into: RunRecordTargets): void {
    const tags: string[] = [];
    while (fields.next()) {
      const text = texts[fields.field as keyof typeof texts];
      if (fields.is(field.runtime, wire.varint)) this.runtimeBefore = fields.int64;
      if (fields.type !== wire.bytes) continue;
      if (text !== undefined) this[text] = fields.text || this[text];
      else if (fields.field === field.config) into.config.record(fields.bytes, fields.view, fields.start, fields.end);
      else if (fields.field === field.summary) into.summary.record(fields.bytes, fields.view, fields.start, fields.end);
      else if (fields.field === field.tags) tags.push(fields.text);
      else if (fields.field === field.startTime) this.startedMs = timestampMs(inner.inside(fields));
      else if (fields.field === field.telemetry) addTelemetry(into.telemetry, inner.inside(fields), deep);
      else if (fields.field === field.git) addGit(into.runGit, inner.inside(fields), into.file, 'run.git');
      else if (fields.field === field.branchPoint) for (inner.inside(fields); inner.next(); ) if (inner.is(1, wire.bytes)) this.forkedFrom = inner.text;
    }
    if (tags.length > 0) this.tags = tags;
  }
}

/** What parts of a run record are added to. */
export interface RunRecordTargets {
  readonly config: WrittenValues;
  readonly summary: WrittenValues;
  readonly telemetry: Telemetry;
  /** The commit of the run record goes before that of an environment record. */
  readonly runGit: Environment;
  /** How evidence names the log. */
  readonly file: string;
}
