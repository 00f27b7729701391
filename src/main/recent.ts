// What was opened last: a list of our own for the menu, and the system's where it keeps one.
import * as v from 'valibot';
import type { ElectronApi } from './electron-api';
import { readKept, writeKept } from './kept-file';

const most = 10;
const list = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), v.maxLength(100));

export interface Recent {
  /** Absolute paths, last opened first. */
  readonly paths: readonly string[];
  add(paths: readonly string[]): void;
  /** Takes off what is not there any more. */
  remove(path: string): void;
  clear(): void;
}

/** @param changed told after every change */
export function createRecent({ app }: ElectronApi, file: string, changed: () => void): Recent {
  let paths: readonly string[] = (readKept(file, list) ?? []).slice(0, most);
  const set = (next: readonly string[]): void => {
    paths = next.slice(0, most);
    writeKept(file, paths);
    changed();
  };
  return {
    get paths() {
      return paths;
    },
    add(opened) {
      if (opened.length === 0) return;
      for (const path of opened) app.addRecentDocument(path);
      set([...new Set([...opened, ...paths])]);
    },
    remove: (path) => set(paths.filter((one) => one !== path)),
    clear() {
      app.clearRecentDocuments();
      set([]);
    },
  };
}
