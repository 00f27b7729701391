// One folder of a run, being read: its log in slices, then the files beside it.

import { type Issue, issue } from '../../base/issues';
import type { Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { pathBelow, SourceError } from '../../source/source';
import { Environment } from './environment';
import type { Part } from './find';
import { RunLog } from './log';
import type { LoggedMedia, MediaPlace } from './media';
import { type OwnFiles, readOwnFiles } from './own-files';
import { configValues, summaryValues } from './written-values';

/** Of a resumed run, whose parts are put together. */
const mostHeldMedia = 20_000;

export class PartReader {
  /** Where the run ran, by its log and its metadata. */
  environment = new Environment();
  files: OwnFiles | null = null;
  params: Values = {};
  summary: Values = {};
  readonly issues: Issue[] = [];
  /** Media objects that are held until all parts are read. */
  readonly media: LoggedMedia[] = [];

  private constructor(
    readonly part: Part,
    readonly log: RunLog | null,
    private readonly context: ReadContext,
  ) {}

  /** Opens a part; a log that was read before goes on where it ended. */
  static async open(part: Part, context: ReadContext): Promise<PartReader> {
    const { memory } = context;
    const { log: file } = part;
    const evidence = file ? pathBelow(part.dir, file) : '';
    if (!file || !memory) return new PartReader(part, file && new RunLog(file, evidence, context), context);
    const lasting = memory.lasting(file);
    const log = await memory.keep(
      `log ${file.path}`,
      [lasting],
      () => new RunLog(lasting, evidence, context, true),
      (kept) => !kept.holdsTooMuch,
    );
    log.resume();
    return new PartReader(part, log, context);
  }

  /** How evidence names the log, or the folder of files where there is none. */
  get evidence(): string {
    return this.part.log ? pathBelow(this.part.dir, this.part.log) : 'files';
  }

  /** The log's word for the id; before it said so, the folder's. */
  get id(): string {
    return this.log?.info.id || this.part.id;
  }

  get startedMs(): number | null {
    return this.log?.info.startedMs ?? this.files?.startedMs ?? null;
  }

  /** Whether the log has told who the run is. */
  get isKnown(): boolean {
    return (this.log?.info.id ?? '') !== '';
  }

  /** Reads a slice of the log. False at its end, or where it cannot be read any further. */
  async next(): Promise<boolean> {
    try {
      return this.log !== null && (await this.log.next());
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.issues.push(issue(error.code, error.message, { file: error.file }));
      return false;
    }
  }

  /** Holds the media objects that came, up to a bound: what is beyond is only counted. */
  holdMedia(all: boolean): void {
    for (const one of this.log?.drainMedia(all) ?? []) if (this.media.length < mostHeldMedia) this.media.push(one);
  }

  /** Where media objects find their files. Earlier parts of a resumed run stand below the name of their folder. */
  mediaPlace(isLast: boolean): MediaPlace {
    const { files, dir } = this.part;
    return { files, prefix: `${isLast ? '' : `${dir.name}/`}files/` };
  }

  /** To be called behind the last slice: reads the other files, and settles what both say. */
  async finish(): Promise<void> {
    const { log, part } = this;
    this.environment = new Environment(log?.environment);
    if (part.files) {
      this.files = await readOwnFiles(part.files, part.dir, this.environment, this.context);
      this.issues.push(...this.files.issues);
    }
    const bad: string[] = [];
    if (log) {
      this.params = log.config.values(configValues, (name) => bad.push(name));
      this.summary = log.summary.values(summaryValues, (name) => bad.push(name));
      this.issues.push(...log.issues());
      this.issues.push(...emptyIssues(log));
    } else this.issues.push(noLogIssue(part));
    if (bad.length > 0)
      this.issues.push(
        issue('bad-value', `${bad.length === 1 ? 'A value' : `${bad.length} values`} of config or summary could not be understood.`, {
          file: part.log?.path ?? part.path,
          where: `key ${bad[0]}`,
        }),
      );
    // The log goes first: files may be older, or written by a resumed part. They fill in for a log that says nothing.
    if (Object.keys(this.params).length === 0) this.params = this.files?.config ?? {};
    if (Object.keys(this.summary).length === 0) this.summary = this.files?.summary ?? {};
  }
}

function emptyIssues(log: RunLog): Issue[] {
  const { size, path, name } = log.file;
  if (log.records > 0) return [];
  return [issue('empty', `${name} holds no record yet.`, { file: path, ...(size > 64 ? { severity: 'warn' } : {}) })];
}

function noLogIssue(part: Part): Issue {
  return issue('missing-file', 'The run’s .wandb file is not there: curves are missing, the rest was read from its files.', {
    file: part.path,
    tip: 'Copy the whole run folder, with the file run-<id>.wandb in it.',
  });
}
