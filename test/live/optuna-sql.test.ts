// Studies that Optuna wrote into real databases: `diptych connect` brings home what Optuna's own API reads back, and fails in clear words.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { type Downloaded, download } from '../../src/core/ingest/download';
import { trackers } from '../../src/core/readers';
import { defaultLimits } from '../../src/core/source/reader';
import { allRows } from '../../src/core/source/sql';
import type { SqlTracker, Tracker } from '../../src/core/source/tracker';
import { memorySecrets } from '../../src/host/secrets/memory';
import { pathSource } from '../../src/host/sources/folder';
import { sqlClient } from '../../src/host/sql/client';
import { createConnections } from '../../src/host/trackers/connections';
import { trackerJob, trackerState } from '../../src/host/trackers/kept-place';
import { type OpenConnection, openConnection } from '../../src/host/trackers/open';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';
import { certificate, findDatabases, type Installed, removeCopies, startDatabase } from './databases';
import { pythonOf } from './environments';

const home = mkdtempSync(join(tmpdir(), 'diptych-optuna-sql-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  removeCopies();
});

const python = pythonOf('sql');
const { found, missing } = python === null ? { found: [], missing: [] } : findDatabases(python);
for (const why of missing) console.log(`live: optuna-sql is tested without one kind of database: ${why}`);

/** With everything that an address, a header or a shell might trip over. */
const password = "p@ss/w:rd %41'\\";
const drivers = { postgresql: 'postgresql+psycopg2', mysql: 'mysql+pymysql' } as const;

let made = 0;
const fresh = (): string => {
  const folder = join(home, `case-${++made}`, 'input');
  mkdirSync(folder, { recursive: true });
  return folder;
};

function write(what: 'first' | 'more', storage: string): Answer {
  const folder = fresh();
  const { status, stderr } = spawnSync(python as string, ['test/live/sql/write.py', what, storage, folder], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return parseJson(readFileSync(join(folder, '../expected.json'), 'utf8')) as unknown as Answer;
}

async function connected(address: string, folder: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const { code, err, out } = await cli(['connect', address, '-o', folder, '--json', ...words], { env });
  const document = JSON.parse(out || '{}') as {
    readonly server: string;
    readonly tracker: string;
    readonly read: number;
    readonly known: number;
    readonly listed: number;
    readonly issues: readonly { readonly code: string; readonly message: string; readonly tip: string }[];
  };
  // Whatever is said, the password is not.
  for (const text of [err, out]) for (const form of [password, encodeURIComponent(password)]) expect(text).not.toContain(form);
  return { code, err, ...document };
}

const secretFile = join(home, 'password.txt');
writeFileSync(secretFile, `${password}\n`);
const withPassword = ['--token-file', secretFile];

async function started(installed: Installed) {
  const server = await startDatabase(installed, password, python as string);
  const at = (database: string, user = 'diptych', query = ''): string => `${installed.kind}://${user}@127.0.0.1:${server.port}/${database}${query}`;
  const storage = (database: string): string => `${drivers[installed.kind]}://diptych:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`;
  return { server, at, storage };
}

// The lane has said why there is none.
test.skipIf(found.length > 0)('needs a database to start', ({ skip }) => skip());

describe.each(found.map((installed) => [installed.title, installed] as const))('%s', (title, installed) => {
  test('every field as Optuna reads it back, the same runs as in a file; a second time only what is new', async () => {
    const { at, storage, server } = await started(installed);
    const answer = write('first', storage('optuna'));
    const folder = join(home, `runs-${made}`);
    // The address as Optuna is given it: driver, user and password in it.
    const first = await connected(storage('optuna'), folder);
    expect(first.err).toContain('The password in the address is used and not kept');
    expect(first).toMatchObject({ code: 0, tracker: 'optuna', read: answer.runs.length });
    const { runs } = await readSource(pathSource(folder));
    const fields = [...compared(answer, runs)];
    expect(fields.filter((line) => line !== null)).toEqual([]);
    expect(new Set(answer.runs.map(({ status }) => status))).toEqual(new Set(['finished', 'killed', 'failed', 'running', 'unknown']));
    const points = runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
    console.log(`${first.server}: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal`);

    const file = fresh();
    write('first', `sqlite:///${file}/optuna.db`);
    const ids = ({ runs: all }: Awaited<ReturnType<typeof readSource>>) => all.map(({ run }) => run.id).sort();
    expect(ids({ ...(await readSource(pathSource(folder))) })).toEqual(ids(await readSource(pathSource(file))));

    expect(await connected(at('optuna'), folder, withPassword)).toMatchObject({ code: 0, read: 0, known: answer.runs.length });
    const after = write('more', storage('optuna'));
    expect(await connected(at('optuna'), folder, withPassword)).toMatchObject({ read: 2, known: answer.runs.length - 1 });
    expect([...compared(after, (await readSource(pathSource(folder))).runs)].filter((line) => line !== null)).toEqual([]);

    const some = join(home, `some-${made}`);
    expect(await connected(at('optuna'), some, [...withPassword, '--project', 'two', '--filter', 'number >= 3 and state = complete'])).toMatchObject({
      read: 4,
    });
    expect(await connected(at('optuna'), join(home, `inf-${made}`), [...withPassword, '--filter', 'value > 1e300'])).toMatchObject({ read: 1 });

    await server.stop();
    expect((await readSource(pathSource(folder))).runs.length).toBe(after.runs.length);
    const gone = await connected(at('optuna'), folder, withPassword);
    expect(gone).toMatchObject({ code: 3, issues: [{ code: 'unreachable' }] });
    expect(gone.issues[0]?.message).toContain(`nothing listens at port ${server.port}`);
    expect(title).toContain(first.server.split(' on ')[1]?.split('.')[0] ?? 'a server');
  }, 150_000);

  test('what can go wrong is said in clear words', async () => {
    const { at, storage } = await started(installed);
    const isPostgres = installed.kind === 'postgresql';
    const none = join(home, `none-${made}`);
    const wrong = join(home, 'wrong.txt');
    writeFileSync(wrong, 'something else');
    const issueOf = async (...asked: Parameters<typeof connected>) => (await connected(...asked)).issues[0];

    expect(await issueOf(at('optuna'), none, ['--token-file', wrong])).toMatchObject({
      code: 'unauthorised',
      message: expect.stringContaining('does not let diptych in with this password'),
      tip: expect.stringContaining(isPostgres ? 'PGPASSWORD' : 'MYSQL_PWD'),
    });
    expect((await issueOf(at('optuna'), none))?.message).toContain('does not let diptych in without a password');
    expect(await issueOf(at('nowhere'), none, withPassword)).toMatchObject({ code: 'not-found', message: expect.stringContaining('no database nowhere') });
    expect(await issueOf(at('other'), none, [...withPassword, '--tracker', 'optuna'])).toMatchObject({
      code: 'bad-answer',
      message: expect.stringContaining('is no Optuna storage'),
    });
    expect(await issueOf(at('optuna').replace('127.0.0.1', 'nowhere.invalid'), none, withPassword)).toMatchObject({ code: 'unreachable' });

    // Passwords of the environment go to the host that it names, and to no other.
    const variable = isPostgres ? 'PGPASSWORD' : 'MYSQL_PWD';
    write('first', storage('optuna'));
    expect((await issueOf(at('optuna'), none, [], { [variable]: password }))?.code).toBe('unauthorised');
    expect(await connected(at('optuna'), `${none}-env`, [], { [variable]: password, OPTUNA_STORAGE: at('optuna') })).toMatchObject({ code: 0 });
    if (isPostgres) {
      const pgpass = join(home, 'pgpass');
      const escaped = password.replaceAll(/[\\:]/g, '\\$&');
      writeFileSync(pgpass, `# a comment\n127.0.0.1:1:*:diptych:another\n127.0.0.1:*:optuna:diptych:${escaped}\n`, { mode: 0o600 });
      expect(await connected(at('optuna'), `${none}-pgpass`, [], { PGPASSFILE: pgpass })).toMatchObject({ code: 0 });
    }
    writeFileSync(wrong, 'no rights here');
    const denied = await issueOf(at('optuna', 'nobody'), none, ['--token-file', wrong]);
    expect(isPostgres ? ['bad-answer'] : ['forbidden', 'not-found']).toContain(denied?.code);
    expect(denied?.tip).toContain('GRANT SELECT');

    const verified = await issueOf(at('optuna', 'diptych', '?sslmode=verify-full'), none, withPassword);
    expect(verified?.code).toBe('certificate');
    expect(verified?.message).toContain(installed.isTls ? 'SHA-256' : 'speaks no TLS');
    const trusting = [...withPassword, '--trust', certificate];
    expect(await connected(at('optuna', 'diptych', '?sslmode=verify-full'), `${none}-tls`, trusting)).toMatchObject({ code: installed.isTls ? 0 : 3 });
    expect(await connected(at('optuna', 'diptych', '?sslmode=require'), `${none}-require`, withPassword)).toMatchObject({ code: installed.isTls ? 0 : 3 });
    expect(await connected(at('optuna', 'diptych', '?sslmode=disable'), `${none}-plain`, withPassword)).toMatchObject({ code: 0 });
  }, 150_000);

  test('a server that stops in the middle: what was read stays, and the next time goes on', async () => {
    const { at, storage, server } = await started(installed);
    write('first', storage('optuna'));
    const { status, stderr } = spawnSync(python as string, ['test/live/sql/many.py', storage('optuna'), '1500'], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const trackerOf = trackers.find(({ meta }) => meta.id === 'optuna') as Tracker;
    const controller = new AbortController();
    const { signal } = controller;
    const open = async () => openConnection(trackerOf, { settings: { address: at('optuna'), password }, env: {}, version: 'test', signal });
    const query = async ({ connection }: OpenConnection) => {
      for await (const page of connection.projects(signal)) return { projects: page.map(({ id }) => id), filter: null, since: null };
      throw new Error('no projects');
    };
    const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
    const known: Record<string, string> = {};
    const one = await open();
    const ask = await query(one);
    const reading = download({ tracker: trackerOf, connection: one.connection, query: ask, source: 0 }, options);
    let stopped: Downloaded | null = null;
    const issues: string[] = [];
    for (;;) {
      const next = await reading.next();
      if (next.done) {
        stopped = next.value;
        break;
      }
      if (next.value.kind === 'claims') for (const { key, mark } of next.value.claims) known[key] = mark;
      if (next.value.kind === 'issue') issues.push(next.value.issue.message);
      if (next.value.kind === 'run') await server.stop();
    }
    await one.close();
    expect(stopped.stopped?.code).toMatch(/unreachable|cut-off/);
    expect(stopped.read).toBeGreaterThan(0);
    expect(stopped.read).toBeLessThan(1500);
    expect(Object.keys(known)).toHaveLength(stopped.read);
    expect(issues.join(' ')).toContain('read and kept');

    await server.start();
    const two = await open();
    const again = download({ tracker: trackerOf, connection: two.connection, query: ask, source: 0 }, { ...options, known });
    for (let next = await again.next(); ; next = await again.next()) {
      if (!next.done) continue;
      expect(next.value).toMatchObject({ known: stopped.read, read: next.value.listed - stopped.read, failed: 0, stopped: null });
      expect(next.value.listed).toBe(1523);
      break;
    }

    // Followed over one connection: each look sees what was written since the last.
    const marks = async () => {
      for await (const page of two.connection.runs({ ...ask, newest: true }, signal)) return new Map(page.map(({ nativeId, mark }) => [nativeId, mark]));
      return new Map<string, string>();
    };
    const before = await marks();
    write('more', storage('optuna'));
    const after = await marks();
    expect([...after].filter(([id, mark]) => before.get(id) !== mark)).toHaveLength(2);
    await two.close();
  }, 150_000);

  test('a page connects by an address with a password in it: what is kept has none, and goes on all the same', async () => {
    const { storage } = await started(installed);
    const answer = write('first', storage('optuna'));
    const secrets = memorySecrets();
    const services = { secrets, env: {}, version: 'test' };
    const connections = createConnections(services);
    const { signal } = new AbortController();
    const told = await connections.connect({ tracker: null, settings: { address: storage('optuna') } }, signal);
    if (told.kind !== 'connected') throw new Error(told.message);
    expect(told).toMatchObject({ tracker: 'optuna', user: 'diptych', origins: { password: 'address' } });
    const { projects } = await connections.projects(told.connection, false, signal);
    expect(projects.map(({ name, runs }) => [name, runs])).toEqual(
      [...new Set(answer.runs.map(({ experiment }) => experiment)), 'empty'].map((name) => [
        name,
        answer.runs.filter(({ experiment }) => experiment === name).length,
      ]),
    );
    const query = { projects: projects.map(({ id }) => id), filter: null, since: null };
    const place = connections.place(told.connection, query, 'all');
    for (const form of [password, encodeURIComponent(password)]) expect(JSON.stringify([told, place])).not.toContain(form);
    expect((await trackerJob(place, services)).settings.password).toBe(password);
    expect(await trackerState(place, services, signal)).toMatchObject({ state: 'present', files: answer.runs.length });
    connections.closeAll();
  }, 150_000);

  test('a cancel ends the question on the server too; nothing can be written', async () => {
    const { at } = await started(installed);
    const access = trackers.find((tracker): tracker is SqlTracker => tracker.meta.id === 'optuna')?.access({ address: at('optuna'), password });
    if (!access) throw new Error('no tracker');
    const client = sqlClient({ access, parallel: 2 });
    const isPostgres = installed.kind === 'postgresql';
    const controller = new AbortController();
    const slow = await client.view(controller.signal);
    const asked = allRows(slow, isPostgres ? 'SELECT pg_sleep(300)::text' : 'SELECT SLEEP(300)');
    setTimeout(() => controller.abort(new Error('enough')), 500);
    await expect(asked).rejects.toThrow('enough');
    await slow.close();
    const { signal } = new AbortController();
    const running = isPostgres
      ? "SELECT query FROM pg_stat_activity WHERE query LIKE '%pg_sleep(300)%' AND state = 'active' AND pid <> pg_backend_pid()"
      : "SELECT info FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(300)%'";
    await expect
      .poll(
        async () => {
          const view = await client.view(signal);
          try {
            return await allRows(view, running);
          } finally {
            await view.close();
          }
        },
        { timeout: 20_000 },
      )
      .toEqual([]);

    for (const statement of ['CREATE TABLE mine (a int)', 'SELECT 1 INTO OUTFILE "/tmp/mine"', 'INSERT INTO mine VALUES (1)']) {
      const view = await client.view(signal);
      await expect(allRows(view, statement)).rejects.toThrow(/cannot answer|let/);
      await view.close();
    }
    const view = await client.view(signal);
    expect((await view.columns(['mine'])).size).toBe(0);
    await view.close();
    await client.close();
  }, 150_000);
});
