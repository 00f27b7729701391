// Unpacks a plain tar archive of a package of ours to disk: folders and files, nothing else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const block = 512;

/** @throws Error for a path that leads out of `folder` */
export function unpackTar(tar: Uint8Array, folder: string): void {
  const text = (at: number, length: number): string =>
    Buffer.from(tar.subarray(at, at + length))
      .toString('utf8')
      .split('\0')[0] ?? '';
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const prefix = text(at + 257, 5) === 'ustar' ? text(at + 345, 155) : '';
    const name = normalize(prefix ? `${prefix}/${text(at, 100)}` : text(at, 100));
    if (name.startsWith('..') || name.startsWith('/')) throw new Error(`The archive holds a path that leads out of it: ${name}`);
    const path = join(folder, name);
    const type = text(at + 156, 1);
    if (type === '5') mkdirSync(path, { recursive: true });
    else if (type === '0' || type === '') {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, tar.subarray(at + block, at + block + size), { mode: Number.parseInt(text(at + 100, 8), 8) & 0o755 });
    }
    at += block + Math.ceil(size / block) * block;
  }
}
