// A server for tests: with a small page, and no worker unless a test brings one.
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBatches } from '../../../src/host/batches';
import { createPlaces } from '../../../src/host/places';
import { memorySecrets } from '../../../src/host/secrets/memory';
import { type Patience, startServer } from '../../../src/host/server/server';
import { createSessions } from '../../../src/host/sessions';
import { staticFiles } from '../../../src/host/static-files';

export async function runningServer(patience?: Patience) {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-server-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(page, 'assets', 'a b.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'not for the page');
  symlinkSync(join(folder, 'secret.txt'), join(page, 'assets', 'link.js'));
  symlinkSync(folder, join(page, 'up'));
  const batches = createBatches();
  const places = createPlaces(folder);
  const sessions = createSessions({ app: 'test', places, batches, secrets: memorySecrets(), shell: { browseFrom: folder } });
  const server = await startServer({
    port: 0,
    files: staticFiles(page),
    batches,
    sessions,
    version: 'test',
    secret: 'hand-over-secret',
    admit: (paths) => places.admit(paths),
    ...(patience && { patience }),
  });
  return { ...server, folder, batches, places, sessions, origin: `http://127.0.0.1:${server.port}` };
}

export type RunningServer = Awaited<ReturnType<typeof runningServer>>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A raw request: `fetch` would tidy the path and refuse some headers. */
export function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Comes in by an address; the cookie that a browser would keep. */
export async function enter(server: RunningServer): Promise<string> {
  const { headers } = await ask(server.port, new URL(server.address()).pathname + new URL(server.address()).search);
  return String(headers['set-cookie']).split(';')[0] as string;
}
