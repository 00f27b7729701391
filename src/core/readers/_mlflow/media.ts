// What there is to look at among a run's artifacts: logged images by step, logged tables, and files that are pictures, sounds, pages or texts.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { jsonOf, plainCell, tableOfRows } from '../../formats/media-json';
import { mediaTypeOf } from '../../formats/media-types';
import type { LoggedItem, MediaBytes, MediaFile, RunEvent, RunKey, ShapedBytes } from '../../model/events';
import { jsonType } from '../../model/media';
import type { TableCell } from '../../model/media-forms';
import type { Value } from '../../model/values';
import type { SourceFile } from '../../source/source';

/** Files that are media by themselves; others stay artifacts only. */
const mostFiles = 300;
const tablesTag = 'mlflow.loggedArtifacts';

interface Found {
  readonly kind: string;
  readonly items: { readonly item: LoggedItem; readonly from: MediaBytes }[];
}

export class ArtifactMedia {
  readonly #found = new Map<string, Found>();
  readonly #files = new Map<string, SourceFile>();
  readonly #tables: ReadonlySet<string>;
  #plain = 0;

  /** @param tags of the run: one of them names the tables that were logged */
  constructor(tags: Readonly<Record<string, string>>) {
    this.#tables = new Set(tablePaths(tags[tablesTag]));
  }

  /** Takes a file of the run's own artifacts. */
  add(path: string, file: SourceFile): void {
    this.#files.set(path, file);
    const image = imageOf(path);
    if (image === 'twin') return;
    if (image) this.#put(image.name, 'image', { step: image.step, timeMs: image.timeMs, ...mediaTypeOf(path) }, { file, path });
    else if (this.#tables.has(path)) this.#put(path, 'table', { form: 'table', type: jsonType }, { file, path, shape: (bytes) => this.#table(bytes) });
    else if (!path.startsWith('table_images/')) this.#addPlain(path, file);
  }

  #addPlain(path: string, file: SourceFile): void {
    const { form, type } = mediaTypeOf(path);
    if (form === 'file' || this.#plain >= mostFiles) return;
    this.#plain++;
    this.#put(path, form, { form, type }, { file, path });
  }

  #put(name: string, kind: string, item: Partial<LoggedItem> & Pick<LoggedItem, 'form' | 'type'>, from: MediaBytes): void {
    const key = `${kind}\0${name}`;
    const found = this.#found.get(key) ?? { kind, items: [] };
    this.#found.set(key, found);
    found.items.push({ item: { step: null, timeMs: null, index: 0, caption: null, ...item }, from });
  }

  /** `{"columns": [...], "data": [[...], ...]}`; a cell may be an image that lies beside. */
  #table(bytes: Uint8Array): ShapedBytes | null {
    const table = jsonOf(bytes);
    if (!isObject(table) || !Array.isArray(table.columns) || !Array.isArray(table.data)) return null;
    const named = new Map<string, MediaFile>();
    const cell = (value: Value): TableCell => {
      if (!isObject(value) || value.type !== 'image' || typeof value.filepath !== 'string') return plainCell(value);
      const path = value.filepath;
      const file = this.#files.get(path);
      if (file) named.set(path, { file, path });
      return { content: path, form: mediaTypeOf(path).form };
    };
    return { ...tableOfRows(table.columns, table.data, cell), with: [...named.values()] };
  }

  /** Counts, and the items where they are wanted: images of one key in the order in which they were logged. */
  *events(run: RunKey, keepMedia: boolean): Generator<RunEvent> {
    for (const [key, { kind, items }] of this.#found) {
      const of = { name: key.slice(kind.length + 1), kind };
      yield { kind: 'media', run, media: { ...of, count: items.length } };
      if (!keepMedia) continue;
      for (const { item, from } of items.sort((a, b) => (a.item.timeMs ?? 0) - (b.item.timeMs ?? 0))) yield { kind: 'media-item', run, of, item, from };
    }
  }
}

interface LoggedImage {
  readonly name: string;
  readonly step: number;
  readonly timeMs: LoggedItem['timeMs'];
}

/** `images/a~b+step+0+timestamp+1700000000000+….png` → `a/b` at step 0; `twin` for the small copy of an image. */
function imageOf(path: string): LoggedImage | 'twin' | null {
  const match = /^images\/(.+?)[%+]step[%+](-?\d{1,15})[%+]timestamp[%+](\d{1,15})?/.exec(path);
  if (!match) return null;
  const [, name = '', step, time] = match;
  if (/[%+]compressed\.\w+$/.test(path)) return 'twin';
  return { name: name.replace(/[#~]/g, '/'), step: Number(step), timeMs: time === undefined ? null : epochMs(Number(time)) };
}

/** `[{"path": "eval/table.json", "type": "table"}]`. */
function tablePaths(tag: string | undefined): string[] {
  try {
    const list = parseJson(tag ?? '[]');
    return Array.isArray(list) ? list.flatMap((one) => (isObject(one) && one.type === 'table' && typeof one.path === 'string' ? [one.path] : [])) : [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}
