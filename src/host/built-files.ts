// Finds files of our own beside the bundle that this code became part of: the worker, the page.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a file or folder in out/, or null when it was not built. Bundles lie in out/, out/chunks/ and out/main/. */
export function builtFile(name: string): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 3; up++) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    folder = dirname(folder);
  }
  return null;
}
