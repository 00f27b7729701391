// Media that a log names: which files of the run's folder `media` they are.

import { epochMs } from '../../base/units';
import { mediaTypeOf } from '../../formats/media-types';
import type { MediaBytes, RunEvent, RunKey } from '../../model/events';
import { pathBelow, type SourceDir, type SourceFile, walkFiles } from '../../source/source';
import { chartOf } from './charts';

/** Files that were logged together. */
export interface LoggedFiles {
  readonly key: string;
  readonly step: number | bigint | null;
  readonly timeMs: number | null;
  /** Names of files; of texts, which versions before 0.8 kept in the log, the texts themselves. */
  readonly files: readonly { readonly name: string; readonly caption: string | null }[];
  readonly areTexts?: boolean;
  /** Folder of the files, where it is not called after the kind or the series. */
  readonly folder?: string;
}

/** Media of one run that are held until its folder is looked through; others are only counted. */
export const mostHeld = 20_000;

const textType = { form: 'text', type: 'text/plain' } as const;

export class MediaFolder {
  readonly #byName = new Map<string, SourceFile[]>();

  constructor(private readonly home: SourceDir) {
    const media = home.dirs.get('media');
    for (const file of media ? walkFiles(media) : []) {
      const same = this.#byName.get(file.name);
      if (same) same.push(file);
      else this.#byName.set(file.name, [file]);
    }
  }

  *events(run: RunKey, kind: string, logged: readonly LoggedFiles[]): Generator<RunEvent> {
    for (const { key, step, timeMs, files, areTexts = false, folder = key } of logged) {
      for (const [index, { name, caption }] of files.entries()) {
        const file = this.#find(name, folder);
        const chart = file ? /(?:^|\/)echarts\//.test(pathBelow(this.home, file)) : false;
        const isText = areTexts && !file;
        const shown = isText ? textType : mediaTypeOf(name);
        const item = { step: step === null ? null : Number(step), timeMs: timeMs === null ? null : epochMs(timeMs), index, ...shown, caption };
        const stored: MediaBytes | null = file ? { file, path: pathBelow(this.home, file), ...(chart ? { shape: chartOf } : {}) } : null;
        const from = isText ? { bytes: new TextEncoder().encode(name) } : stored;
        yield { kind: 'media-item', run, of: { name: key, kind }, item, from };
      }
    }
  }

  /** Folders are named after the kind of media; older versions named them after the series, so that a name may be there twice. */
  #find(name: string, key: string): SourceFile | null {
    const found = this.#byName.get(name.slice(name.lastIndexOf('/') + 1)) ?? [];
    const folders = [`media/${key}/`, `media/${encodeURIComponent(key)}/`];
    return found.find((file) => folders.some((folder) => pathBelow(this.home, file).startsWith(folder))) ?? found[0] ?? null;
  }
}
