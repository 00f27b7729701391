// How large the parts of the product are, and how large each may become.
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PackedFile } from './contents';

/** Most kilobytes (1000 bytes) of each part: gzipped for what travels or is parsed at a start, as it lies on disk for the rest. */
export const budgets = {
  'page at its start (gz)': 600,
  'page whole, without samples (gz)': 4200,
  'host process at its start (gz)': 60,
  'command line at its start (gz)': 30,
  'Node side whole (gz)': 3000,
  'WebAssembly (gz)': 700,
  'app.asar': 26_000,
  'npm tarball': 8000,
} as const;

export type Part = keyof typeof budgets;

/** Kilobytes of the parts that both packages hold. */
export function sizesOf(files: readonly PackedFile[]): Partial<Record<Part, number>> {
  const byPath = new Map(files.map((file) => [file.path, file.bytes]));
  const packed = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + gzipSync(byPath.get(path) as Uint8Array).byteLength, 0) / 1000;
  const below = (folder: string, endings: RegExp) => [...byPath.keys()].filter((path) => path.startsWith(folder) && endings.test(path));
  const node = ['out/host.js', 'out/cli.js', 'out/ingest.worker.js'].filter((path) => byPath.has(path));
  return {
    'page at its start (gz)': packed(['out/renderer/index.html', ...pageStart(byPath)]),
    'page whole, without samples (gz)': packed(below('out/renderer/', /\.(html|js|css)$/)),
    'host process at its start (gz)': packed(importsOf('out/host.js', byPath)),
    ...(byPath.has('out/cli.js') ? { 'command line at its start (gz)': packed(importsOf('out/cli.js', byPath)) } : {}),
    'Node side whole (gz)': packed([...node, ...below('out/chunks/', /\.js$/)]),
    'WebAssembly (gz)': packed(below('out/assets/', /\.wasm$/)),
  };
}

/** What index.html asks for before anything else is done. */
function pageStart(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const html = Buffer.from(files.get('out/renderer/index.html') as Uint8Array).toString();
  return [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => `out/renderer/${path}`);
}

/** A module and all that it imports before it runs. */
function importsOf(entry: string, files: ReadonlyMap<string, Uint8Array>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = Buffer.from(files.get(path) as Uint8Array).toString();
    for (const [, name] of text.matchAll(/^(?:import|export)\b[^'"\n]*["'](\.[^'"]+)["']/gm)) open.push(posix.join(posix.dirname(path), name as string));
  }
  return seen;
}

/** The table for people. */
export function table(sizes: Partial<Record<Part, number>>): string {
  return Object.entries(sizes)
    .map(([part, size]) => `  ${part.padEnd(34)} ${size.toFixed(0).padStart(7)} kB of ${String(budgets[part as Part]).padStart(6)}`)
    .join('\n');
}

/** The parts that have become too large. */
export const tooLarge = (sizes: Partial<Record<Part, number>>): readonly string[] =>
  Object.entries(sizes)
    .filter(([part, size]) => size > budgets[part as Part])
    .map(([part, size]) => `${part}: ${size.toFixed(0)} kB, the budget is ${budgets[part as Part]}`);
