// Folds operations in their order into the run that the service would have shown.

import type { Value } from '../../model/values';
import { MediaBook, type Moment, mediaKind } from '../_neptune/media';
import { SeriesBook } from '../_neptune/series';
import { type Creation, creationOf, type Logged, type Update, updateOf } from './messages';
import type { StoredOperation } from './store';

export interface NamedUpload {
  readonly path: string;
  readonly size: number | null;
}

/** A file of a series. */
export interface AppendedFile extends NamedUpload, Moment {
  readonly attribute: string;
}

/** Files of series that are held; others are only counted. */
const mostAppended = 20_000;

export class ScaleRun {
  readonly attributes = new Map<string, Value>();
  /** Attribute → number of the operation that set it. */
  readonly origins = new Map<string, number>();
  readonly series = new SeriesBook();
  readonly media = new MediaBook();
  /** Attribute → the file that was assigned or last appended. */
  readonly files = new Map<string, NamedUpload>();
  readonly appended: AppendedFile[] = [];
  readonly #sets = new Map<string, Set<string>>();
  creation: Creation | null = null;
  firstSequence: number | null = null;
  previews = 0;

  /** @throws MalformedMessage */
  apply({ sequence, type, bytes }: StoredOperation): void {
    this.firstSequence ??= sequence;
    if (type === 1) this.creation = creationOf(bytes);
    else if (type === 0) this.#update(updateOf(bytes), sequence);
  }

  /** Attributes with string sets as sorted lists. */
  all(): Map<string, Value> {
    return new Map([...this.attributes, ...[...this.#sets].map(([path, set]) => [path, [...set].sort()] as const)]);
  }

  #update(update: Update, sequence: number): void {
    for (const [path, logged] of update.assign) this.#assign(path, logged, sequence);
    for (const [path, member, added] of update.members) {
      const set = this.#sets.get(path) ?? new Set<string>();
      this.#sets.set(path, set);
      if (added) set.add(member);
      else set.delete(member);
      this.origins.set(path, sequence);
    }
    for (const [path, logged] of update.append) this.#append(path, logged, update);
    if (update.preview) this.previews += update.append.length;
  }

  #assign(path: string, logged: Logged, sequence: number): void {
    this.origins.set(path, sequence);
    if (logged.kind === 'scalar' || logged.kind === 'float') this.attributes.set(path, logged.value);
    else if (logged.kind === 'file') this.files.set(path, logged);
    else this.media.log(path, 'histogram', { step: Number.NaN, time: Number.NaN, value: logged.value });
  }

  #append(path: string, logged: Logged, { step, time }: Update): void {
    switch (logged.kind) {
      case 'float':
        this.series.of(path).push(step?.value ?? Number.NaN, logged.value, time, step?.digits);
        break;
      case 'scalar':
        // A series of texts; integers and truth values come as floats from every client seen.
        if (typeof logged.value === 'number' || typeof logged.value === 'boolean')
          this.series.of(path).push(step?.value ?? Number.NaN, Number(logged.value), time, step?.digits);
        else this.media.log(path, 'text', { step: step?.value ?? Number.NaN, time, value: String(logged.value) });
        break;
      case 'histogram':
        this.media.log(path, 'histogram', { step: step?.value ?? Number.NaN, time, value: logged.value });
        break;
      case 'file':
        this.media.add(path, logged.mime?.startsWith('image/') ? 'image' : mediaKind(logged.path));
        this.files.set(path, logged);
        if (this.appended.length < mostAppended)
          this.appended.push({ attribute: path, path: logged.path, size: logged.size, step: step?.value ?? Number.NaN, time });
    }
  }
}
