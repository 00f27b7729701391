// Folds operations in their order into the run that the service would have shown.

import { fromBase64 } from '../../formats/base64';
import { isObject } from '../../formats/flatten';
import type { Value } from '../../model/values';
import { MediaBook } from '../_neptune/media';
import { SeriesBook } from '../_neptune/series';
import type { Operation } from './log';

/** A file, a set of files or an artifact that an attribute stands for. */
export interface Upload {
  readonly operation: string;
  /** Name of the copy in `upload_path/`; null where the client would have read it from where it lay. */
  readonly copy: string | null;
  /** Content that the log itself holds. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** Where the last operation on an attribute stands. */
export interface Origin {
  readonly file: string;
  readonly version: number | null;
}

export class OfflineRun {
  readonly attributes = new Map<string, Value>();
  readonly origins = new Map<string, Origin>();
  readonly series = new SeriesBook();
  readonly media = new MediaBook();
  readonly uploads = new Map<string, Upload>();
  /** Artifact → its hash. */
  readonly artifacts = new Map<string, string>();
  readonly #sets = new Map<string, Set<string>>();
  /** Attributes that were copied from other runs, which are not here. */
  readonly copied: string[] = [];
  readonly unknown = new Map<string, number>();
  /** Values that the client refused, by its own warnings in the console. */
  refused = 0;

  /** Attributes with string sets as sorted lists. */
  all(): Map<string, Value> {
    return new Map([...this.attributes, ...[...this.#sets].map(([path, set]) => [path, [...set].sort()] as const)]);
  }

  apply({ type, path, fields, version }: Operation, file: string): void {
    switch (type) {
      case 'AssignFloat':
      case 'AssignInt':
      case 'AssignBool':
      case 'AssignString':
        this.attributes.set(path, fields.value ?? null);
        break;
      case 'AssignDatetime':
        this.attributes.set(path, isoTime(fields.value));
        break;
      case 'AssignArtifact':
        this.attributes.set(path, fields.hash ?? null);
        if (typeof fields.hash === 'string') this.artifacts.set(path, fields.hash);
        break;
      case 'LogFloats':
        this.#floats(path, fields.values);
        break;
      case 'LogStrings':
        this.#strings(path, fields.values);
        break;
      case 'LogImages':
        this.#images(path, fields.values);
        this.uploads.set(path, { operation: type, copy: null, bytes: null });
        break;
      case 'ClearFloatLog':
        this.series.delete(path);
        break;
      case 'ClearStringLog':
      case 'ClearImageLog':
        this.media.delete(path);
        if (type === 'ClearImageLog') this.uploads.delete(path);
        break;
      case 'AddStrings':
        for (const text of listOf(fields.values)) this.#set(path).add(String(text));
        break;
      case 'RemoveStrings':
        for (const text of listOf(fields.values)) this.#set(path).delete(String(text));
        break;
      case 'ClearStringSet':
        this.#set(path).clear();
        break;
      case 'UploadFile':
      case 'UploadFileSet':
      case 'TrackFilesToArtifact':
        this.uploads.set(path, { operation: type, copy: typeof fields.tmp_file_name === 'string' ? fields.tmp_file_name : null, bytes: null });
        break;
      case 'UploadFileContent':
        this.uploads.set(path, { operation: type, copy: null, bytes: typeof fields.file_content === 'string' ? fromBase64(fields.file_content) : null });
        break;
      case 'DeleteAttribute':
        this.#delete(path);
        break;
      case 'CopyAttribute':
        this.copied.push(path);
        break;
      case 'ClearArtifact':
        this.artifacts.delete(path);
        break;
      case 'ConfigFloatSeries':
      case 'DeleteFiles':
        break;
      default:
        this.unknown.set(type, (this.unknown.get(type) ?? 0) + 1);
    }
    this.origins.set(path, { file, version });
  }

  #floats(path: string, values: Value | undefined): void {
    const list = this.series.of(path);
    for (const item of listOf(values)) {
      if (!isObject(item)) continue;
      const { value, step, ts } = item;
      const digits = typeof step === 'bigint' ? String(step) : undefined;
      list.push(numberOr(step), numberOr(value), numberOr(ts) * 1000, digits);
    }
  }

  #images(path: string, values: Value | undefined): void {
    for (const item of listOf(values)) {
      const data = isObject(item) && isObject(item.value) ? item.value.data : null;
      const bytes = typeof data === 'string' ? fromBase64(data) : null;
      if (bytes && isObject(item)) this.media.picture(path, { step: numberOr(item.step), time: numberOr(item.ts) * 1000 }, bytes, captionOf(item.value));
      else this.media.add(path, 'image');
    }
  }

  #strings(path: string, values: Value | undefined): void {
    const items = listOf(values);
    for (const item of items) {
      if (!isObject(item) || typeof item.value !== 'string') continue;
      this.media.log(path, 'text', { step: numberOr(item.step), time: numberOr(item.ts) * 1000, value: item.value });
      this.refused += item.value.split('NeptuneUnsupportedValue').length - 1;
    }
  }

  #set(path: string): Set<string> {
    const set = this.#sets.get(path) ?? new Set<string>();
    this.#sets.set(path, set);
    return set;
  }

  #delete(path: string): void {
    this.attributes.delete(path);
    this.series.delete(path);
    this.media.delete(path);
    this.uploads.delete(path);
    this.artifacts.delete(path);
    this.#sets.delete(path);
  }
}

/** Name and description of a picture. */
function captionOf(picture: Value | undefined): string | null {
  const { name, description } = isObject(picture) ? picture : {};
  return [name, description].filter((text) => typeof text === 'string' && text !== '').join(': ') || null;
}

const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

const numberOr = (value: Value | undefined): number => (typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN);

/** Milliseconds since the epoch as ISO text; what is no such number stays. */
const isoTime = (value: Value | undefined): Value =>
  typeof value === 'number' && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : (value ?? null);
