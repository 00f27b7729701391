// Reads all event files of one folder as TensorBoard does: in order of name, one after another, with one memory of tags.

import { type Issue, issue } from '../base/issues';
import type { Media } from '../model/media';
import { pathBelow, type SourceDir, SourceError, type SourceFile } from '../source/source';
import { readExactly, type SliceContext } from './bytes';
import { EventDecoder, type EventOutput, type EventWish, maxTags } from './event-decode';
import type { Sessions } from './event-hparams';
import { isPointer, pointerMark } from './lfs';
import { type RecordDamage, RecordReader } from './tfrecord';

/** TensorBoard goes by the name alone; marker files of the profiler hold nothing. */
export const isEventFile = (name: string): boolean => name.includes('tfevents') && !name.endsWith('.profile-empty');

/** The event files that lie in a folder itself, in the order in which they are read. */
export const eventFilesIn = (dir: SourceDir): SourceFile[] => [...dir.files.values()].filter((file) => isEventFile(file.name));

/** The tags of the hyperparameter plugin carry no data of their own. */
const isHidden = (tag: string): boolean => tag.startsWith('_hparams_/');

/** An event file that has been opened, and where reading it stands. */
interface OpenedFile {
  readonly file: SourceFile;
  readonly reader: RecordReader;
  readonly before: EventDecoder['counts'];
  after: EventDecoder['counts'];
  /** Size when it was read. */
  size: number;
  trouble: Issue | null;
}

export class EventFolder {
  private readonly decoder: EventDecoder;
  private readonly opened: OpenedFile[] = [];
  private pointers: ReadonlySet<SourceFile> = new Set();

  /**
   * @param files the folder's event files, sorted by name
   * @param wish what is wanted beside scalars
   */
  constructor(
    private readonly files: readonly SourceFile[],
    wish: EventWish = {},
  ) {
    this.decoder = new EventDecoder(wish);
  }

  /** Whether the files only continue what has been read: the last one grew, or others came behind it. */
  continuedBy(files: readonly SourceFile[]): boolean {
    return this.opened.every(({ file, size }, at) => files[at]?.path === file.path && (at === this.opened.length - 1 || files[at]?.size === size));
  }

  /**
   * Points, purges and items of media in their order, points in batches of at most 65,536; what else there was is known afterwards. Read
   * again it gives what is new.
   * @param files the folder's files as they are now, where they continue those before
   */
  async *read(context: SliceContext, files: readonly SourceFile[] = this.files): AsyncGenerator<EventOutput> {
    const { decoder, opened } = this;
    for (const [at, file] of files.entries()) {
      if (at < opened.length - 1) continue;
      const one = opened[at] ?? {
        file,
        reader: new RecordReader(file, context, decoder),
        before: { ...decoder.counts },
        after: decoder.counts,
        size: 0,
        trouble: null,
      };
      if (opened[at]) one.reader.resume();
      else opened.push(one);
      one.size = file.size;
      one.trouble = null;
      try {
        if (file.size > context.limits.fileBytes)
          throw new SourceError('too-large', `${file.name} has ${file.size} bytes; the limit for a file is ${context.limits.fileBytes}.`, file.path);
        while (await one.reader.next()) yield* shown(decoder.drain());
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        one.trouble = issue(error.code, error.message, { file: file.path });
      }
      yield* shown(decoder.drain());
      one.after = { ...decoder.counts };
    }
    decoder.finish();
    yield* shown(decoder.drain());
    const pointers = new Set<SourceFile>();
    for (const { file, reader } of opened) if (reader.damage.end?.at === 0 && (await hasPointer(file))) pointers.add(file);
    this.pointers = pointers;
  }

  /** Trouble met while reading, one issue per file and kind. */
  get issues(): Issue[] {
    const issues = this.opened.flatMap(({ file, reader, before, after, trouble }) => [
      ...(trouble ? [trouble] : []),
      ...(this.pointers.has(file) ? [pointerIssue(file)] : damageIssues(file, reader.damage)),
      ...countIssues(file, before, after),
    ]);
    const { dropped } = this.decoder.counts;
    if (dropped > 0) {
      const message = `The event files name more than ${maxTags} tags; ${counted(dropped, 'point')} of the others were left out.`;
      issues.push(issue('too-large', message, { file: this.opened[0]?.file.path ?? '' }));
    }
    return issues;
  }

  get sessions(): Sessions {
    return this.decoder.sessions;
  }

  /** Tag → text, of the tags asked for. */
  get texts(): ReadonlyMap<string, string> {
    return this.decoder.texts;
  }

  /** Milliseconds since the epoch of the first event: when the writer was opened. */
  get startedMs(): number | null {
    const seconds = this.decoder.firstWallTime;
    return seconds === null || seconds <= 0 ? null : seconds * 1000;
  }

  /** Everything that is no scalar, by tag, with what is left of it after restarts. */
  get media(): Media[] {
    const media: Media[] = [];
    for (const tag of this.decoder.tags.all) {
      if (isHidden(tag.name)) continue;
      for (const [kind, steps] of tag.media) media.push({ name: tag.name, kind, count: steps.length });
      for (const [kind, count] of tag.tensors) media.push({ name: tag.name, kind, count });
    }
    return media;
  }
}

const shown = (output: readonly EventOutput[]): readonly EventOutput[] =>
  output.flatMap((one): EventOutput[] => {
    if (one.kind !== 'media') return isHidden(one.tag.name) ? [] : [one];
    return [{ ...one, items: one.items.filter(({ tag }) => !isHidden(tag.name)) }];
  });

/** Whether Git has left a pointer where the file should be. */
async function hasPointer(file: SourceFile): Promise<boolean> {
  try {
    return isPointer(await readExactly(file, 0, pointerMark.length));
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

const pointerIssue = (file: SourceFile): Issue => issue('lfs-pointer', `${file.name} is a Git LFS pointer, not the event file.`, { file: file.path });

function damageIssues(file: SourceFile, damage: RecordDamage): Issue[] {
  const issues: Issue[] = [];
  const { badPayloads, tooLarge, end } = damage;
  if (badPayloads > 0) {
    const what = badPayloads === 1 ? 'A record fails its checksum and was skipped' : `${badPayloads} records fail their checksum and were skipped`;
    issues.push(issue('bad-record', `${what}.`, { file: file.path, where: `byte ${damage.firstBadPayload}` }));
  }
  if (tooLarge > 0) {
    const what = tooLarge === 1 ? 'A record is' : `${tooLarge} records are`;
    issues.push(issue('too-large', `${what} larger than the limit (recordBytes) and left out.`, { file: file.path, where: `byte ${damage.firstTooLarge}` }));
  }
  if (end?.kind === 'truncated') issues.push(issue('truncated', 'The file ends inside a record.', { file: file.path, where: `byte ${end.at}` }));
  if (end?.kind === 'bad-length')
    issues.push(
      issue('bad-record', 'The length of a record fails its checksum: the rest of the file cannot be read.', { file: file.path, where: `byte ${end.at}` }),
    );
  return issues;
}

function countIssues(file: SourceFile, before: EventDecoder['counts'], after: EventDecoder['counts']): Issue[] {
  const issues: Issue[] = [];
  const place = { file: file.path };
  const malformed = after.malformed - before.malformed;
  const badTimes = after.badTimes - before.badTimes;
  const badScalars = after.badScalars - before.badScalars;
  const hugeSteps = after.hugeSteps - before.hugeSteps;
  if (malformed > 0) issues.push(issue('bad-record', `${counted(malformed, 'record')} could not be decoded.`, place));
  if (badTimes > 0) issues.push(issue('bad-value', `${counted(badTimes, 'point')} without a finite wall time left out.`, place));
  if (badScalars > 0) issues.push(issue('bad-value', `${counted(badScalars, 'scalar')} that hold no single number left out.`, place));
  if (hugeSteps > 0) issues.push(issue('precision', `${counted(hugeSteps, 'point')} at steps beyond 2^53.`, place));
  return issues;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const headBytes = 4096;
const frameBytes = 16;

/**
 * What a run is known by: the first two records (at most 4 KB) of its oldest event file. Files grow at their end and new ones
 * come later, so this stays what it is.
 * @returns no bytes where no file begins with a record
 */
export async function eventFingerprint(files: readonly SourceFile[], signal: AbortSignal): Promise<Uint8Array> {
  let oldest: { readonly seconds: number; readonly head: Uint8Array } | null = null;
  for (const file of files) {
    let head: Uint8Array<ArrayBuffer>;
    try {
      head = await readExactly(file, 0, headBytes, signal);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      continue;
    }
    const view = new DataView(head.buffer);
    if (head.length <= frameBytes) continue;
    const first = frameBytes + view.getUint32(0, true);
    const second = first + (first + 8 <= head.length ? frameBytes + view.getUint32(first, true) : 0);
    // An event begins with its wall time; one that does not sorts last.
    const seconds = head[12] === 0x09 && head.length >= 21 ? view.getFloat64(13, true) : Number.POSITIVE_INFINITY;
    if (!oldest || seconds < oldest.seconds) oldest = { seconds, head: head.subarray(0, second) };
  }
  return oldest?.head ?? new Uint8Array(0);
}

/** The event files of a run by folder: path below the run folder (`.` for itself) → its files, both sorted. */
export function eventFoldersOf(root: SourceDir, files: readonly SourceFile[]): ReadonlyMap<string, readonly SourceFile[]> {
  const folders = new Map<string, SourceFile[]>();
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = pathBelow(root, file);
    const cut = path.lastIndexOf('/');
    const folder = cut < 0 ? '.' : path.slice(0, cut);
    const members = folders.get(folder);
    if (members) members.push(file);
    else folders.set(folder, [file]);
  }
  return new Map([...folders].sort(([a], [b]) => (a < b ? -1 : 1)));
}
