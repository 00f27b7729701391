// Files and folders that verbs write: whole or not at all.
import { rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from './exit';

/** Files and folders in the making; removed when the process must end at once. */
export const halfWritten = new Set<string>();

/**
 * Writes a file beside its place and moves it there when `fill` is done. Nothing is left when it fails or is stopped.
 * @throws UsageError where the place cannot be written; what `fill` throws
 */
export async function writeWhole(path: string, fill: (write: (chunk: string | Uint8Array) => Promise<void>) => Promise<void>): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  let handle: FileHandle | null = null;
  try {
    handle = await writable(path, open(temporary, 'wx'));
    halfWritten.add(temporary);
    const into = handle;
    await fill(async (chunk) => {
      await into.writeFile(chunk);
    });
    await handle.close();
    handle = null;
    await writable(path, rename(temporary, path));
  } catch (error) {
    await handle?.close().catch(() => {});
    if (halfWritten.has(temporary)) rmSync(temporary, { force: true });
    throw error;
  } finally {
    halfWritten.delete(temporary);
  }
}

/**
 * Writes a folder beside its place and moves it there when all files are in it. Nothing is left when it fails or is stopped.
 * @param files path in the folder (no `..`, with `/`) → bytes
 * @throws UsageError where the folder is there and not empty, or cannot be written; the signal's reason when stopped
 */
export async function writeWholeFolder(path: string, files: ReadonlyMap<string, string | Uint8Array>, signal: AbortSignal): Promise<void> {
  const there = await readdir(path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : writable(path, Promise.reject(error))));
  if (there && there.length > 0) throw new UsageError(`${path} is not empty: name a folder that is not there yet`);
  const temporary = `${path}.${process.pid}.part`;
  await writable(path, mkdir(temporary));
  halfWritten.add(temporary);
  try {
    for (const [name, bytes] of files) {
      signal.throwIfAborted();
      await mkdir(dirname(join(temporary, name)), { recursive: true });
      await writeFile(join(temporary, name), bytes, { flag: 'wx' });
    }
    if (there) await rmdir(path);
    await writable(path, rename(temporary, path));
  } finally {
    await rm(temporary, { recursive: true, force: true });
    halfWritten.delete(temporary);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

async function writable<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw new UsageError(`${path} cannot be written: ${reasons[code] ?? code}`);
  }
}
