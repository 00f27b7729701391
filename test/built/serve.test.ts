// The built host under plain Node, from the command line to points in hand: as a page does it, without a page.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { unpackRuns } from '../../src/core/store/pack';
import { mostWaiting } from '../../src/host/worker-messages';
import { connectOver } from '../../src/wire/client';
import type { SourceRef } from '../../src/wire/host-api';
import type { ImportEvent } from '../../src/wire/imports';
import { overWebSocket, type SocketLike } from '../../src/wire/web-socket';
import { filesBelow, keys, stored } from '../host/buckets/service';
import { standIn } from '../host/buckets/stand-in';
import { run, startIn } from './process';

const runs = resolve('test/fixtures/csv/train-log-per-run/input');
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
  }
});

interface Line {
  readonly address: string;
  readonly port: number;
  readonly running: boolean;
  readonly tunnel: string | null;
}

/** Starts `serve` and reads its line. */
const serve = (...args: string[]) => serveIn({}, ...args);

async function serveIn(env: Readonly<Record<string, string | undefined>>, ...args: string[]): Promise<{ line: Line; child: ChildProcess }> {
  const child = startIn(env, 'serve', '--json', ...args);
  children.push(child);
  const line = await new Promise<string>((done, fail) => {
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.stdout.once('data', (chunk) => done(String(chunk)));
    child.once('exit', (code) => fail(new Error(`serve ended with ${code}: ${err}`)));
  });
  return { line: JSON.parse(line) as Line, child };
}

/** Comes in by the address and connects, as the page does. */
async function connect({ address }: Line) {
  const { origin } = new URL(address);
  const entered = await fetch(address);
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] as string;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers: { cookie, origin } });
  return connectOver(overWebSocket(socket as unknown as SocketLike), async (id) => {
    const response = await fetch(`${origin}/batch/${id}`, { headers: { cookie } });
    return new Uint8Array(await response.arrayBuffer());
  });
}

test('runs named on the command line arrive with all their points', async () => {
  const { line } = await serve('--port', '0', runs);
  const host = await connect(line);
  expect(host.hello.sources).toMatchObject([{ label: 'input', kind: 'folder', path: runs }]);
  const channel = host.startImport(host.hello.sources);
  const events: ImportEvent[] = [];
  let points = 0;
  let count = 0;
  for await (const event of channel.events) {
    events.push(event);
    if (event.kind !== 'batch') continue;
    const batch = unpackRuns(await channel.fetchBatch(event.id));
    count += batch.length;
    points += batch.flatMap((read) => read.points).reduce((sum, column) => sum + column.values.length, 0);
  }
  const end = events.at(-1);
  expect(end).toMatchObject({ kind: 'done', runs: count, points });
  expect(count).toBeGreaterThan(0);
  expect(points).toBeGreaterThan(0);
  expect(await host.call('sourceState', { source: host.hello.sources[0]?.id as string })).toMatchObject({ state: 'present' });
  host.close();
});

test('a bucket is read like a folder: named on the command line or entered in the page, refreshed, and never asked for by its address', async () => {
  const bucket = await standIn(filesBelow(runs));
  const { line } = await serveIn(bucket.env, '--port', '0', 's3://runs');
  const host = await connect(line);
  const [source] = host.hello.sources;
  expect(source).toMatchObject({ label: 'runs', kind: 'bucket', path: 's3://runs' });
  const read = async (sources: readonly SourceRef[], known?: Readonly<Record<string, string>>) => {
    const channel = host.startImport(sources, known ? { known } : {});
    const marks: Record<string, string> = {};
    let last: ImportEvent | null = null;
    for await (const event of channel.events) {
      last = event;
      if (event.kind === 'batch') unpackRuns(await channel.fetchBatch(event.id));
      if (event.kind === 'claims') for (const { key, mark } of event.claims) marks[key] = mark;
    }
    return { last, marks };
  };
  const first = await read([source as SourceRef]);
  expect(first.last).toMatchObject({ kind: 'done', runs: 2 });
  const asked = bucket.asked.length;
  expect((await read([source as SourceRef], first.marks)).last).toMatchObject({ kind: 'done', runs: 0 });
  expect(bucket.log.slice(asked).filter((what) => what.startsWith('GET') && !/ 0-\d+$/.test(what))).toEqual([]);
  expect(await host.call('sourceState', { source: source?.id as string })).toMatchObject({ state: 'present', files: bucket.objects.size });

  expect(await host.call('trackers', null)).toContainEqual(expect.objectContaining({ id: 's3', isNamed: true }));
  await host.call('keepSecret', { kind: 's3-key', address: bucket.url, secret: keys.id, remember: false });
  await host.call('keepSecret', { kind: 's3-secret', address: bucket.url, secret: 'wrong', remember: false });
  const settings = { address: bucket.url, place: 's3://runs' };
  expect(await host.call('connect', { tracker: 's3', settings })).toMatchObject({ kind: 'refused', code: 'unauthorised' });
  await host.call('keepSecret', { kind: 's3-secret', address: bucket.url, secret: keys.secret, remember: false });
  const entered = await host.call('connect', { tracker: 's3', settings });
  if (entered.kind !== 'place') throw new Error('no place');
  expect((await read([entered.source])).last).toMatchObject({ kind: 'done', runs: 2 });

  // Followed, it is looked at again and again; what is new comes, until it is cancelled.
  const following = host.startImport([entered.source], { follow: true });
  let runsSeen = 0;
  for await (const event of following.events) {
    if (event.kind === 'batch') runsSeen += unpackRuns(await following.fetchBatch(event.id)).length;
    if (event.kind === 'looked' && runsSeen === 2) bucket.objects.set('later/metrics.csv', stored('step,loss\n0,1\n1,0.5\n'));
    if (event.kind === 'looked' && runsSeen === 3) following.cancel();
    if (event.kind === 'cancelled') break;
  }
  expect(runsSeen).toBe(3);
  expect(bucket.asked.every(({ method }) => method === 'GET')).toBe(true);
  host.close();
});

test('where somebody came by ssh, the command for the tunnel is told', async () => {
  const { line } = await serveIn({ SSH_CONNECTION: '10.0.0.9 51432 10.0.0.7 2222', USER: 'me' }, '--port', '0');
  expect(line.tunnel).toBe(`ssh -p 2222 -L ${line.port}:127.0.0.1:${line.port} me@10.0.0.7`);
  expect((await serve('--port', '0')).line.tunnel).toBeNull();
  const plain = startIn({ SSH_CONNECTION: '::1 51432 2001:db8::7 22', USER: 'me' }, 'serve', '--port', '0');
  children.push(plain);
  let err = '';
  await new Promise<void>((done) =>
    plain.stderr.on('data', (chunk) => {
      err += String(chunk);
      if (err.includes('works once')) done();
    }),
  );
  expect(err).toMatch(/ssh -L (\d+):127\.0\.0\.1:\1 me@2001:db8::7\n/);
});

test('a page that does not fetch holds the reader back, and can still cancel', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-many-'));
  for (let file = 0; file < 24; file++) {
    mkdirSync(join(folder, `run-${file}`));
    const rows = Array.from({ length: 20_000 }, (_, step) => `${step},${1 / (step + 1)},${step / 20_000},${file}`);
    writeFileSync(join(folder, `run-${file}`, 'metrics.csv'), `step,loss,accuracy,seed_loss\n${rows.join('\n')}\n`);
  }
  const { line } = await serve('--port', '0', folder);
  const host = await connect(line);
  const channel = host.startImport(host.hello.sources);
  const batches: number[] = [];
  const kinds: string[] = [];
  let seen: () => void = () => {};
  const reading = (async () => {
    for await (const event of channel.events) {
      kinds.push(event.kind);
      if (event.kind === 'batch') batches.push(event.id);
      seen();
    }
  })();
  const until = async (condition: () => boolean) => {
    while (!condition()) {
      await new Promise<void>((next) => {
        seen = next;
      });
    }
  };
  await until(() => batches.length === mostWaiting);
  await new Promise((later) => setTimeout(later, 500));
  expect(batches).toHaveLength(mostWaiting);
  await channel.fetchBatch(batches[0] as number);
  await until(() => batches.length === mostWaiting + 1);
  channel.cancel();
  await reading;
  expect(kinds.at(-1)).toBe('cancelled');
  host.close();
});

test('a report is printed and fetched', async () => {
  const { line } = await serve('--port', '0');
  const host = await connect(line);
  const printed = await host.printPdf('<h1>Report</h1>', 'Report').catch((error: { code: string }) => error.code);
  if (typeof printed === 'string') expect(printed).toBe('no-browser');
  else expect(Buffer.from(printed.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  host.close();
});

test('a second start hands over to the first and leaves; the first stops when told', async () => {
  const { line, child } = await serve('--port', '0');
  const second = await run('serve', '--json', '--port', String(line.port), runs);
  expect(second.code).toBe(0);
  const handed = JSON.parse(second.out) as Line;
  expect(handed.running).toBe(true);
  const host = await connect(handed);
  expect(host.hello.sources).toMatchObject([{ path: runs }]);
  host.close();
  child.kill('SIGINT');
  expect(await new Promise((done) => child.once('exit', done))).toBe(130);
});

test('a stranger on the port is named, with the way out', async () => {
  const stranger = createServer();
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  const { port } = stranger.address() as { port: number };
  const { code, out, err } = await run('serve', '--port', String(port));
  stranger.close();
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(`Port ${port} is used by another program`);
  expect(err).toContain('--port');
});

test.each([
  [['--port', 'many'], 'a port is a number'],
  [['/nowhere/at/all'], 'There is nothing at /nowhere/at/all'],
])('wrong usage says what is wrong: %j', async (args, words) => {
  const { code, err } = await run('serve', '--port', '0', ...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
});
