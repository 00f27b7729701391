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
  readonly files: readonly { readonly name: string; readonly caption: string | null }[];
}

/** Media of one run that are held until its folder is looked through; others are only counted. */
export const mostHeld = 20_000;

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
    for (const { key, step, timeMs, files } of logged) {
      for (const [index, { name, caption }] of files.entries()) {
        const file = this.#find(name, key);
        const chart = file ? /(?:^|\/)echarts\//.test(pathBelow(this.home, file)) : false;
        const item = { step: step === null ? null : Number(step), timeMs: timeMs === null ? null : epochMs(timeMs), index, ...mediaTypeOf(name), caption };
        const from: MediaBytes | null = file ? { file, path: pathBelow(this.home, file), ...(chart ? { shape: chartOf } : {}) } : null;
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
