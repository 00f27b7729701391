// Packs the desktop program with the real builder and the real configuration, on a stand-in for Electron.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { runTool } from './run-tool';
import { writeStandIn } from './stand-in';

export interface PackedDesktop {
  /** What the installers of this system would install. */
  readonly folder: string;
  readonly program: string;
  readonly archive: string;
  /** The archive's files, unpacked: plain Node cannot read them inside. */
  readonly app: string;
}

/** @throws Error with the builder's words when it does not take the configuration */
export async function packDesktop(system: 'linux' | 'win', scratch: string): Promise<PackedDesktop> {
  const standIn = join(scratch, `electron-${system}`);
  mkdirSync(standIn, { recursive: true });
  writeStandIn(standIn, system);
  const output = join(scratch, `packed-${system}`);
  await runTool(process.execPath, [
    ...['node_modules/electron-builder/cli.js', `--${system}`, 'dir', '--x64', '--publish', 'never'],
    ...[`--config.electronDist=${standIn}`, `--config.directories.output=${output}`],
  ]);
  const folder = join(output, `${system}-unpacked`);
  const archive = join(folder, 'resources', 'app.asar');
  const app = join(scratch, `app-${system}`);
  extractAll(archive, app);
  return { folder, program: join(folder, system === 'win' ? 'Diptych.exe' : 'diptych'), archive, app };
}
