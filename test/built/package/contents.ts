// What may lie in a package, and what gives a package away as one that should not be handed out.
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';

export interface PackedFile {
  /** Within the package, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** No single file of ours is that large; one that is was packed by mistake. */
export const largestFile = 2_000_000;
const development = /(^|\/)(node_modules|\.git|\.cache|\.tsc|\.github|coverage)(\/|$)|^(src|test|docs|scripts|packaging)(\/|$)|(^|\/)\.(stamp|lock|env)/;
/** Places of this machine that no package may tell. A home of one part, as root's, is too common a word. */
export const thisMachine = [process.cwd(), homedir()].filter((place) => place.split(sep).length > 2);
const sources = /\.(tsx?|mts|cts|tsbuildinfo)$/;

/** All files below a folder, by path. */
export function filesBelow(folder: string): readonly PackedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).split(sep).join('/'), bytes: readFileSync(path) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * What is wrong, one line for each fault.
 * @param top what may lie at the root
 * @param machine paths of the place where it was built, which must not be told
 */
export function faultsOf(files: readonly PackedFile[], top: readonly string[], machine: readonly string[]): readonly string[] {
  return files.flatMap(({ path, bytes }) => {
    const faults: string[] = [];
    if (!top.includes(path.split('/')[0] as string)) faults.push(`${path}: does not belong here`);
    if (development.test(path)) faults.push(`${path}: is for development`);
    if (sources.test(path)) faults.push(`${path}: is a source`);
    if (path.endsWith('.map')) faults.push(`${path}: is a source map`);
    if (bytes.byteLength > largestFile) faults.push(`${path}: ${bytes.byteLength} bytes, the most is ${largestFile}`);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    if (/\.(js|cjs|mjs|css)$/.test(path) && /^\/[/*][#@] sourceMappingURL=/m.test(text)) faults.push(`${path}: names a source map`);
    for (const place of machine) if (text.includes(place)) faults.push(`${path}: tells where it was built (${place})`);
    return faults;
  });
}
