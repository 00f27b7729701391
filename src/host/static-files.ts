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
  for (const address of addressesBelow(folder)) {
    const path = join(folder, address);
    const type = types[extname(address)] ?? 'application/octet-stream';
    files.set(address, { type, immutable: address.startsWith('/assets/'), read: () => new Uint8Array(readFileSync(path)) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

/** Folder by folder: within Electron's archive the entries of a deep listing do not tell their folder in every version. */
function addressesBelow(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const address = `${below}/${entry.name}`;
    if (entry.isDirectory()) return addressesBelow(folder, address);
    return entry.isFile() ? [address] : [];
  });
}

/** The file at the path of a URL, or undefined. */
export function fileAtAddress(files: ReadonlyMap<string, StaticFile>, pathname: string): StaticFile | undefined {
  try {
    return files.get(decodeURIComponent(pathname));
  } catch {
    return undefined;
  }
}
