// A stand-in for Electron's own files, as much of them as the builder touches: a program with fuses, none of it runs.
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The mark by which Electron's programs carry their fuses; after it: version, count, one letter each ("1" on, "0" off). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships them, in the order of @electron/fuses; the ninth is for the trap handlers of WebAssembly. */
const shipped = '101100011';

/** Writes what lies in Electron's download for a system. */
export function writeStandIn(folder: string, system: 'linux' | 'win'): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak', 'locales/de.pak']) writeFileSync(join(folder, name), name);
  const program = join(folder, system === 'win' ? 'electron.exe' : 'electron');
  // The builder edits icon, version and hash in the resources of a Windows program, so that one has to be real.
  if (system === 'win') copyFileSync(resolve('node_modules/electron-winstaller/vendor/Setup.exe'), program);
  else writeFileSync(program, '\x7fELF');
  appendFileSync(program, Buffer.concat([Buffer.from(sentinel), Buffer.from([1, shipped.length]), Buffer.from(shipped)]));
  chmodSync(program, 0o755);
}
