// Keeps a few files open between slices, so that reading in slices does not open a file again for each.
import { closeSync, openSync, readSync } from 'node:fs';
import { SourceError, type SourceFile } from '../../core/source/source';

const mostOpen = 32;
/** Slices up to this size get memory of their own; longer ones share one buffer until the next read. */
const ownMemoryBytes = 64 * 1024;

export class OpenFiles {
  readonly #descriptors = new Map<string, number>();
  #shared: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  /**
   * The bytes [offset, offset + length) of a file, fewer at its end.
   * @param shown how the file is called in messages
   * @throws SourceError when it is gone or cannot be opened
   */
  read(path: string, shown: string, offset: number, length: number): Uint8Array {
    const buffer = this.#buffer(length);
    try {
      const descriptor = this.#open(path);
      let filled = 0;
      while (filled < length) {
        const got = readSync(descriptor, buffer, filled, length - filled, offset + filled);
        if (got === 0) break;
        filled += got;
      }
      return buffer.subarray(0, filled);
    } catch (error) {
      throw sourceError(error, shown);
    }
  }

  #buffer(length: number): Uint8Array<ArrayBuffer> {
    if (length <= ownMemoryBytes) return new Uint8Array(length);
    if (this.#shared.length < length) this.#shared = new Uint8Array(length);
    return this.#shared.subarray(0, length);
  }

  #open(path: string): number {
    const known = this.#descriptors.get(path);
    if (known !== undefined) {
      this.#descriptors.delete(path);
      this.#descriptors.set(path, known);
      return known;
    }
    const descriptor = openSync(path, 'r');
    this.#descriptors.set(path, descriptor);
    const oldest = this.#descriptors.keys().next().value;
    if (this.#descriptors.size > mostOpen && oldest !== undefined) this.#close(oldest);
    return descriptor;
  }

  #close(path: string): void {
    const descriptor = this.#descriptors.get(path);
    if (descriptor !== undefined) closeSync(descriptor);
    this.#descriptors.delete(path);
  }

  close(): void {
    for (const path of [...this.#descriptors.keys()]) this.#close(path);
    this.#shared = new Uint8Array(0);
  }
}

/** A failure of the file system as the issue that it will become. */
export function sourceError(error: unknown, shown: string): SourceError {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SourceError('missing-file', `${shown} is not there (any more).`, shown);
  return new SourceError('locked', `${shown} cannot be read (${String(code ?? error)}).`, shown);
}

/** A file of the file system. `read` is synchronous. All that Node tells of a file is much larger than what is kept of it here. */
export function hostFile(absolute: string, path: string, { size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }, open: OpenFiles): SourceFile {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    size,
    modifiedMs: mtimeMs,
    read: (offset, length) => open.read(absolute, path, offset, Math.max(0, Math.min(length, size - offset))),
  };
}
