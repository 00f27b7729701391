// The whole shell over a fake Electron, with a home and a build of its own, and the host process's end of the wire.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { startShell } from '../../src/main/shell';
import { overMessagePort, type PortLike } from '../../src/wire/message-port';
import { createPeer, type Peer } from '../../src/wire/peer';
import { hostProcessApi, shellApi } from '../../src/wire/shell-api';
import { type FakeElectron, type FakeOptions, fakeElectron } from './fake-electron';

const built = vi.hoisted(() => ({ folder: '' }));
vi.mock('../../src/host/built-files', () => ({ builtFile: (name: string) => `${built.folder}/${name}` }));

const closing: (() => void)[] = [];
const words = process.argv;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-shell-'));
  built.folder = folder;
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), 'the page');
  process.env.DIPTYCH_HOME = join(folder, 'home');
  process.argv = ['diptych'];
});
afterEach(() => {
  process.argv = words;
  for (const close of closing.splice(0)) close();
  rmSync(built.folder, { recursive: true, force: true });
});

/** The folder of this test. */
export const here = (...names: readonly string[]): string => join(built.folder, ...names);
/** Makes a file that can be opened. @returns its path */
export function fileHere(name: string): string {
  writeFileSync(here(name), '');
  return here(name);
}

export interface Started extends FakeElectron {
  readonly admitted: { paths: string[]; offer: boolean; page: number | null }[];
  /** The newest host process's end of the wire to the shell. */
  host(): Peer<typeof shellApi>;
}

export function start(options: FakeOptions = {}): Started {
  const fake = fakeElectron(options);
  const admitted: Started['admitted'] = [];
  startShell(fake.api);
  const peers = new Map<unknown, Peer<typeof shellApi>>();
  const host = () => {
    const child = fake.seen.forks.at(-1);
    const first = child?.received.find(({ message }) => message.purpose === 'shell');
    if (!first) throw new Error('there is no host process yet');
    const known = peers.get(child);
    if (known) return known;
    const handlers = {
      admit: (params: Started['admitted'][number]) => {
        admitted.push(params);
        return params.paths.map((path) => ({ id: 'abc', label: path, path, kind: 'folder' as const }));
      },
      takeBatch: ({ id }: { id: number }) => (id === 1 ? new Uint8Array([104, 105]) : null),
    };
    const peer = createPeer(overMessagePort(first.port as unknown as PortLike), { api: hostProcessApi, handlers }, shellApi);
    peers.set(child, peer);
    closing.push(peer.close, () => child?.kill());
    return peer;
  };
  return { ...fake, admitted, host };
}

/** A message of the page in a window, the first when left out. */
export const fromPage = (url = 'app://diptych/', sender: unknown = { id: 1, once: () => {}, postMessage: () => {} }) => ({ senderFrame: { url }, sender });
export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 5 });
