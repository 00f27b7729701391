// `serve` from end to end: hand over to a running server or become it, open the browser, stay until stopped.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { WireError } from '../../wire/errors';
import type { SourceRef } from '../../wire/host-api';
import { createBatches } from '../batches';
import { isAddress } from '../buckets/address';
import { builtFile } from '../built-files';
import { userPaths } from '../paths';
import { printHtml } from '../pdf/print';
import { createPlaces } from '../places';
import { memorySecrets } from '../secrets/memory';
import { createSessions } from '../sessions';
import { staticFiles } from '../static-files';
import { handOver, leaveNote } from './hand-over';
import { openBrowser } from './open-browser';
import { startServer } from './server';

export const defaultPort = 4747;

export interface ServeOptions {
  readonly port: number;
  readonly paths: readonly string[];
  readonly open: boolean;
  readonly version: string;
}

/** It cannot be served; words to show. */
export class ServeError extends Error {
  constructor(
    message: string,
    readonly tip: string,
  ) {
    super(message);
    this.name = 'ServeError';
  }
}

export interface Serving {
  readonly address: string;
  /** A browser was started. */
  readonly opened: boolean;
  /** Null when a server of ours was running already and took the paths. */
  readonly server: { readonly port: number; close(): Promise<void> } | null;
}

/** @throws ServeError when the port is another program's, the page is not built, or a path is not there */
export async function serve({ port, paths, open, version }: ServeOptions): Promise<Serving> {
  const { data } = userPaths();
  const absolute = paths.map((path) => (isAddress(path) ? path : resolve(path)));
  const passed = port === 0 ? ({ kind: 'nobody' } as const) : await handOver(data, port, absolute);
  if (passed.kind === 'refused') throw new ServeError(passed.message, 'Check the path.');
  if (passed.kind === 'taken') return { address: passed.address, opened: open && (await openBrowser(passed.address, data)), server: null };

  const page = builtFile('renderer');
  if (page === null) throw new ServeError('The page is not built.', 'Build it with `npm run build`, or install Diptych again.');
  const places = createPlaces(data);
  const batches = createBatches();
  const sessions = createSessions({ app: version, places, batches, secrets: memorySecrets(), shell: { browseFrom: process.cwd(), printPdf: printHtml } });
  const secret = randomBytes(24).toString('base64url');
  const admit = (given: readonly string[]) => places.admit(given);
  sessions.offer(admitNamed(absolute, admit));
  const server = await startServer({ port, files: staticFiles(page), batches, sessions, version, secret, admit }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new ServeError(
        `Port ${port} is used by another program.`,
        `Stop that program, or choose another port: --port ${port + 1}. (What is stored in the browser belongs to its port: another port starts empty.)`,
      );
    }
    if (error.code === 'EACCES') throw new ServeError(`The system does not allow port ${port}.`, 'Choose a port from 1024 up.');
    throw error;
  });
  const takeNoteAway = leaveNote(data, server.port, secret);
  const address = server.address();
  const close = async (): Promise<void> => {
    takeNoteAway();
    await server.close();
  };
  return { address, opened: open && (await openBrowser(address, data)), server: { port: server.port, close } };
}

function admitNamed(paths: readonly string[], admit: (paths: readonly string[]) => readonly SourceRef[]): readonly SourceRef[] {
  try {
    return admit(paths);
  } catch (error) {
    throw error instanceof WireError ? new ServeError(error.message, error.tip) : error;
  }
}
