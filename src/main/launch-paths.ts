// What the user asked to open by starting the program: paths among the words of a command line.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param words a whole command line: the program first, then in development the app's folder
 * @param cwd where it was typed
 */
export function launchPaths(words: readonly string[], cwd: string, packaged: boolean): string[] {
  // Switches are Chromium's and Electron's own; Windows and macOS add some. They may also stand before the app's folder.
  const named = words.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  return named.slice(packaged ? 0 : 1).flatMap((word) => pathOf(word, cwd));
}

/** Linux desktops open associated files by their address. Of others only those of buckets may be read. */
function pathOf(word: string, cwd: string): readonly string[] {
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(word)) return [resolve(cwd, word)];
  if (/^s3:/i.test(word)) return [word];
  try {
    return [fileURLToPath(word)];
  } catch {
    return [];
  }
}
