// What the user asked to open by starting the program: paths among the words of a command line.
import { resolve } from 'node:path';

/**
 * @param words a whole command line: the program first, then in development the app's folder
 * @param cwd where it was typed
 */
export function launchPaths(words: readonly string[], cwd: string, packaged: boolean): string[] {
  // Switches are Chromium's and Electron's own; Windows and macOS add some.
  return words.slice(packaged ? 1 : 2).flatMap((word) => (word === '' || word.startsWith('-') ? [] : [resolve(cwd, word)]));
}
