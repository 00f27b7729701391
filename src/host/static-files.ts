// The page's files by address: listed once, so that an address can name nothing but one of them.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  readonly type: string;
  /** Its name carries a digest of its content, so it may be kept for ever. */
  readonly immutable: boolean;
  read(): Uint8Array<ArrayBuffer>;
}

/** Address (`/`, `/assets/x.js`, not percent-encoded) → file. Files of unknown type, such as the samples, are bytes. */
export function staticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const type = types[extname(entry.name)] ?? 'application/octet-stream';
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).replaceAll('\\', '/');
    files.set(address, { type, immutable: address.startsWith('/assets/'), read: () => new Uint8Array(readFileSync(path)) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

/** The file at the path of a URL, or undefined. */
export function fileAtAddress(files: ReadonlyMap<string, StaticFile>, pathname: string): StaticFile | undefined {
  try {
    return files.get(decodeURIComponent(pathname));
  } catch {
    return undefined;
  }
}
