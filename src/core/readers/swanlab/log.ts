// Reads one log: every record is taken in as it passes, whichever of the two generations wrote it.

import { type Issue, issue } from '../../base/issues';
import type { SliceContext } from '../../formats/bytes';
import { LevelDbLog, type LogSink } from '../../formats/leveldb-log';
import type { SourceFile } from '../../source/source';
import type { PointCollector } from '../_logs/collector';
import { JsonRecords } from './json-records';
import type { LoggedRun, RecordDecoder } from './logged-run';
import { headerBytes } from './magic';
import { ProtobufRecords } from './protobuf-records';

export class SwanLog implements LogSink {
  readonly run: LoggedRun = {
    id: '',
    name: null,
    project: null,
    group: null,
    jobType: null,
    description: null,
    tags: [],
    startedMs: null,
    endedMs: null,
    status: 'unknown',
    nativeStatus: null,
    media: new Map(),
    files: [],
    signsLost: 0,
    badValues: 0,
  };
  private malformed = 0;
  private malformedAt = -1;
  private readonly log: LevelDbLog;
  private readonly decoder: RecordDecoder;

  constructor(
    private readonly file: SourceFile,
    version: number,
    points: PointCollector,
    context: SliceContext,
  ) {
    this.log = new LevelDbLog(file, context, this, { headerBytes });
    this.decoder = version === 1 ? new JsonRecords(this.run, points) : new ProtobufRecords(this.run, points);
  }

  /** Reads a slice. False when there is no more. @throws SourceError from the source */
  next(): Promise<boolean> {
    return this.log.next();
  }

  record(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    try {
      this.decoder.decode(bytes, view, start, end);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      if (this.malformed++ === 0) this.malformedAt = this.log.recordAt;
    }
  }

  /** What went wrong, known when all is read. */
  issues(): Issue[] {
    const { damage } = this.log;
    const at = (byte: number) => ({ file: this.file.path, where: `byte ${byte}` });
    const found: Issue[] = [];
    if (damage.bad > 0) found.push(issue('bad-record', 'The log is damaged; reading went on at the next block of 32 KiB.', at(damage.firstBad)));
    if (this.malformed > 0) found.push(issue('bad-record', `${this.malformed} records could not be decoded.`, at(this.malformedAt)));
    if (damage.tooLarge > 0) found.push(issue('too-large', `${damage.tooLarge} records beyond the limit (recordBytes) left out.`, at(damage.firstTooLarge)));
    if (damage.truncatedAt >= 0) found.push(issue('truncated', 'The log ends in the middle of a record.', at(damage.truncatedAt)));
    if (this.run.badValues > 0) found.push(issue('bad-value', `${this.run.badValues} values could not be understood.`, { file: this.file.path }));
    if (this.run.signsLost > 0) {
      const message = `${this.run.signsLost} infinite values were written without their sign and are shown as +Infinity.`;
      found.push(issue('nonfinite-lost', message, { file: this.file.path }));
    }
    return found;
  }
}
