// Files that verbs write: whole or not at all.
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';

/** Files in the making; removed when the process must end at once. */
export const halfWritten = new Set<string>();

/**
 * Writes a file beside its place and moves it there when `fill` is done. Nothing is left when it fails or is stopped.
 * @throws what `fill` or the file system throws
 */
export async function writeWhole(path: string, fill: (write: (chunk: string | Uint8Array) => Promise<void>) => Promise<void>): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  let handle: FileHandle | null = null;
  try {
    handle = await open(temporary, 'wx');
    halfWritten.add(temporary);
    const into = handle;
    await fill(async (chunk) => {
      await into.writeFile(chunk);
    });
    await handle.close();
    handle = null;
    await rename(temporary, path);
  } catch (error) {
    await handle?.close().catch(() => {});
    if (halfWritten.has(temporary)) rmSync(temporary, { force: true });
    throw error;
  } finally {
    halfWritten.delete(temporary);
  }
}
