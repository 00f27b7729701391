// `diptych connect` against servers that go wrong: what is said, what is kept, how to go on.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tracker } from '../../src/core/readers/mlflow-server/tracker';
import { pathSource } from '../../src/host/sources/folder';
import { openConnection } from '../../src/host/trackers/open';
import { mlflow } from '../host/http/mlflow';
import { certificate, json, serving } from '../host/http/serving';
import { readSource } from '../support/read';
import { cli } from './context';

const home = mkdtempSync(join(tmpdir(), 'diptych-connect-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let made = 0;
const fresh = (): string => join(home, `runs-${++made}`);

async function connect(url: string, folder: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const { code, out, err } = await cli(['connect', url, '-o', folder, '--json', ...words], { env });
  return {
    code,
    err,
    document: JSON.parse(out) as {
      readonly read?: number;
      readonly known?: number;
      readonly runs: number;
      readonly stopped?: boolean;
      readonly issues: readonly { readonly code: string; readonly message: string; readonly tip: string }[];
    },
  };
}

const readIn = async (folder: string): Promise<number> => (await readSource(pathSource(folder))).runs.length;

test.each([
  [401, 'unauthorised'],
  [403, 'forbidden'],
  [404, 'not-found'],
] as const)('%i on listing: a word and a way on, nothing written', async (status, code) => {
  const server = await mlflow(3, (request, response) => {
    if (request.url === '/version') return false;
    json(response, { error_code: 'X', message: 'no' }, status);
    return true;
  });
  const folder = fresh();
  const { code: exit, document, err } = await connect(server.url, folder, [], { MLFLOW_TRACKING_URI: server.url, MLFLOW_TRACKING_TOKEN: 'a-secret-token' });
  expect(exit).toBe(3);
  expect(document.issues[0]?.code).toBe(code);
  expect(document.issues[0]?.tip).not.toBe('');
  expect(err).not.toContain('a-secret-token');
  expect(readdirSync(home)).not.toContain(folder.split('/').at(-1));
});

test('a token of the environment goes to the server that the environment names, and to no other', async () => {
  const server = await mlflow(1);
  const env = { MLFLOW_TRACKING_URI: 'http://elsewhere.test', MLFLOW_TRACKING_TOKEN: 'a-secret-token' };
  await connect(server.url, fresh(), [], env);
  expect(server.asked.map(({ headers }) => headers.authorization).filter(Boolean)).toEqual([]);
  await connect(server.url, fresh(), [], { ...env, MLFLOW_TRACKING_URI: server.url });
  expect(server.asked.at(-1)?.headers.authorization).toBe('Bearer a-secret-token');
});

test('what answers like no tracker, a page instead of an interface, and no address', async () => {
  const page = await serving((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'));
  const unknown = await cli(['connect', page.url, '-o', fresh(), '--json']);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('answers like no tracker');
  const { code, document } = await connect(page.url, fresh(), ['--tracker', 'mlflow-server']);
  expect(code).toBe(3);
  expect(document.issues[0]).toMatchObject({ code: 'bad-answer' });
  expect(document.issues[0]?.message).toContain('a web page');
  expect((await cli(['connect', 'ftp://x.test', '-o', fresh(), '--json'])).code).toBe(2);
  const user = await cli(['connect', 'http://me:pa55word@127.0.0.1:9', '-o', fresh(), '--json']);
  expect(user.code).toBe(2);
  expect(user.err + user.out).not.toContain('pa55word');
});

test('a server that dies in the middle: what was read is kept, and the next time goes on from there', async () => {
  let left = 3;
  let dead = false;
  const server = await mlflow(200, (request) => {
    if (request.url?.includes('get-history-bulk') && left-- <= 0) dead = true;
    if (dead) request.socket.destroy();
    return dead;
  });
  const folder = fresh();
  const first = await connect(server.url, folder);
  expect(first.code).toBe(4);
  expect(first.document.runs).toBeGreaterThan(0);
  expect(first.document.runs).toBeLessThan(200);
  expect(await readIn(folder)).toBe(first.document.runs);
  left = Number.POSITIVE_INFINITY;
  dead = false;
  const second = await connect(server.url, folder);
  expect(second.code).toBe(0);
  expect(second.document).toMatchObject({ known: first.document.runs, runs: 200 });
  expect(await readIn(folder)).toBe(200);
}, 60_000);

test('a server that is busy is given the time that it asks for', async () => {
  let busy = true;
  const server = await mlflow(2, ({ url }, response) => {
    if (!busy || !url?.endsWith('/runs/search')) return false;
    busy = false;
    json(response, { message: 'slow down' }, 429, { 'retry-after': '1' });
    return true;
  });
  const { code, document } = await connect(server.url, fresh());
  expect(code).toBe(0);
  expect(document.runs).toBe(2);
  expect(busy).toBe(false);
});

test('an answer that is no JSON costs the runs that it was about', async () => {
  let asked = 0;
  const server = await mlflow(60, (request, response) => {
    if (!request.url?.includes('get-history-bulk') || ++asked > 1) return false;
    response.end('{"metrics": [{"key"');
    return true;
  });
  const { code, document } = await connect(server.url, fresh());
  // The call is taken for one that this server lacks, and the histories are asked for run by run.
  expect(code).toBe(0);
  expect(document.runs).toBe(60);
});

test('a redirect to another host, and a certificate that nobody vouches for', async () => {
  const other = await serving((_, response) => response.end('x'));
  const away = await mlflow(1, (request, response) => {
    if (request.url === '/version') return false;
    response.writeHead(302, { location: `${other.url}/login` }).end();
    return true;
  });
  const redirected = await connect(away.url, fresh());
  expect(redirected.code).toBe(3);
  expect(redirected.document.issues[0]?.code).toBe('redirected');
  expect(other.asked).toEqual([]);

  const secured = await mlflow(1, undefined, true);
  const refused = await connect(secured.url, fresh(), ['--tracker', 'mlflow-server']);
  expect(refused.code).toBe(3);
  expect(refused.document.issues[0]?.message).toMatch(/SHA-256 [0-9A-F:]{95}/);
  const pem = join(home, 'trusted.pem');
  writeFileSync(pem, certificate);
  const trusted = await connect(secured.url, fresh(), ['--trust', pem]);
  expect(trusted.code).toBe(0);
  expect(trusted.document.runs).toBe(1);
});

test('ten thousand runs are listed page by page, each with a mark of its own', async () => {
  const server = await mlflow(10_000);
  const { signal } = new AbortController();
  const { connection, close } = await openConnection(tracker, { settings: { address: server.url }, env: {}, version: 'test', signal });
  const marks: string[] = [];
  for await (const page of connection.runs({ projects: ['1'], filter: null, since: null }, signal)) marks.push(...page.map(({ mark }) => mark));
  await close();
  expect(new Set(marks).size).toBe(10_000);
  expect(server.asked.length).toBeLessThan(30);
});
