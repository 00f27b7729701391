// Bundled files that readers ask for by name, such as the WebAssembly of SQLite.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The bytes of a file that the build put into out/assets (vite.node.config.ts).
 * @throws Error when there is no asset of that name
 */
export async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^[\w-][\w.-]*$/.test(name)) throw new Error(`this is no name of an asset: ${name}`);
  const here = dirname(fileURLToPath(import.meta.url));
  const out = basename(here) === 'chunks' ? dirname(here) : here;
  const bytes = await readFile(join(out, 'assets', name));
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
