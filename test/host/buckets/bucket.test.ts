// A bucket is read like the folder that lies in it; what goes wrong between us and it is said, and what was read stays.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { IngestEvent, Source } from '../../../src/core/ingest/contract';
import { Follow } from '../../../src/core/ingest/follow';
import { ingest } from '../../../src/core/ingest/ingest';
import { defaultLimits, type Limits } from '../../../src/core/source/reader';
import { type SourceTree, walkFiles } from '../../../src/core/source/source';
import { bucketSource } from '../../../src/host/buckets/bucket';
import type { Wiring } from '../../../src/host/buckets/client';
import { bucketAccess } from '../../../src/host/buckets/settings';
import { pathSource } from '../../../src/host/sources/folder';
import { allIssues, asset, readSource } from '../../support/read';
import { filesBelow, refuse, stored } from './service';
import { type StandIn, standIn } from './stand-in';

const never = new AbortController().signal;
const wiringOf = ({ env }: Pick<StandIn, 'env'>, more: Partial<Wiring> = {}): Wiring => ({ env, version: 'test', pause: async () => {}, ...more });

function sourceOf(bucket: Pick<StandIn, 'env'>, place = 's3://runs', more: Partial<Wiring> = {}): Source {
  return bucketSource(bucketAccess({ place }, bucket.env), wiringOf(bucket, more));
}

async function scanned(source: Source, limits: Partial<Limits> = {}) {
  const issues: string[] = [];
  const told = (one: { readonly code: string; readonly message: string }) => void issues.push(`${one.code}: ${one.message}`);
  const tree = await source.scan({ signal: never, limits: { ...defaultLimits, ...limits }, issue: told, progress: () => {} });
  return { tree, issues, paths: pathsOf(tree) };
}
const pathsOf = ({ root }: SourceTree): string[] => [...walkFiles(root)].map(({ path }) => path);

const optionsOf = (more: Partial<Parameters<typeof ingest>[1]> = {}) => ({ signal: never, limits: defaultLimits, keepContents: false, asset, ...more });
async function eventsOf(source: Source, more: Partial<Parameters<typeof ingest>[1]> = {}): Promise<IngestEvent[]> {
  const events: IngestEvent[] = [];
  for await (const event of ingest([source], optionsOf(more))) events.push(event);
  return events;
}
const runsIn = (events: readonly IngestEvent[]) => events.flatMap((event) => (event.kind === 'run' ? [event.read.run] : []));
const claimsIn = (events: readonly IngestEvent[]) => events.flatMap((event) => (event.kind === 'claims' ? event.claims : []));
const knownOf = (events: readonly IngestEvent[]) => Object.fromEntries(claimsIn(events).map(({ key, mark }) => [key, mark]));
const issuesIn = (events: readonly IngestEvent[]) => events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : []));

const table = (rows: number, shift = 0): string => `step,loss\n${Array.from({ length: rows }, (_, at) => `${at},${1 / (at + 1 + shift)}\n`).join('')}`;
const tables = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`run${at}/metrics.csv`, table(5, at)]));

test.each(['mlflow-file/sweep-2.14', 'tensorboard', 'wandb', 'csv', 'mlflow-sqlite'])('%s gives the same runs as its folder', async (name) => {
  const folder = `test/fixtures/${name}`;
  const bucket = await standIn(Object.fromEntries(Object.entries(filesBelow(folder)).map(([path, bytes]) => [`home/exp 1/${path}`, bytes])));
  const far = await readSource(sourceOf(bucket, 's3://runs/home/exp 1/'), { keepContents: true });
  const near = await readSource(pathSource(folder), { keepContents: true });
  expect(far.runs.length).toBeGreaterThan(0);
  expect(far).toEqual(near);
  expect(bucket.asked.every(({ method }) => method === 'GET')).toBe(true);
});

test('one object is read as one file is, with what belongs to it by name', async () => {
  const bucket = await standIn({
    'a/metrics.csv': table(9),
    'a/metrics.csv-wal': 'x',
    'a/metrics.csv.bak': 'x',
    'a/metrics.csv-x/y': 'x',
    'a/other.csv': table(2),
  });
  const { tree, paths } = await scanned(sourceOf(bucket, 's3://runs/a/metrics.csv'));
  expect(tree.named?.path).toBe('metrics.csv');
  expect(paths).toEqual(['metrics.csv', 'metrics.csv-wal']);
  expect((await readSource(sourceOf(bucket, 's3://runs/a/metrics.csv'))).runs[0]?.run.series[0]?.count).toBe(9);
  // A slash says that a folder is meant.
  expect(allIssues(await readSource(sourceOf(bucket, 's3://runs/a/metrics.csv/')))[0]?.code).toBe('missing-file');
  expect(allIssues(await readSource(sourceOf(bucket, 's3://runs/a/metrics')))[0]?.message).toContain('There is nothing at s3://runs/a/metrics');
});

test('more keys than a page holds, by tokens and by the last key', async () => {
  const many = Object.fromEntries(Array.from({ length: 2500 }, (_, at) => [`p/${String(at).padStart(4, '0')}.txt`, 'x']));
  for (const isOld of [false, true]) {
    const bucket = await standIn(many, { isOld });
    expect((await scanned(sourceOf(bucket, 's3://runs/p'))).paths).toEqual(Object.keys(many).map((key) => key.slice(2)));
    expect(bucket.log.length).toBe(3);
  }
  const { paths, issues } = await scanned(sourceOf(await standIn(many), 's3://runs/p'), { entries: 1200 });
  expect(paths.length).toBe(1200);
  expect(issues).toEqual(['too-large: The bucket has more than 1200 files; the rest was left out (limit entries).']);
});

test('a service that lists in circles, or pages without end, is left', async () => {
  const page = (token: string) => `<ListBucketResult><IsTruncated>true</IsTruncated>${token}</ListBucketResult>`;
  for (const token of ['<NextContinuationToken>same</NextContinuationToken>', '']) {
    const bucket = await standIn({}, { before: (_, response) => Boolean(response.end(page(token))) });
    await expect(scanned(sourceOf(bucket))).rejects.toThrow('again and again');
  }
  let pages = 0;
  const endless = await standIn({}, { before: (_, response) => Boolean(response.end(page(`<NextContinuationToken>${++pages}</NextContinuationToken>`))) });
  await expect(scanned(sourceOf(endless))).rejects.toThrow('again and again');
});

test('keys of strangers: none leads out, none is confused with another, the rest is there', async () => {
  const long = `deep/${'x'.repeat(1019)}`;
  const bucket = await standIn({
    'ok/a.csv': table(3),
    '../up.csv': 'x',
    'ok/../../up.csv': 'x',
    '/root.csv': 'x',
    'ok/./dot.csv': 'x',
    'ok/': '',
    'folder/': 'content',
    both: 'file',
    'both/file.csv': 'x',
    'a//b.csv': 'x',
    'control\u0001\u0007\u001b[31m.csv': table(2),
    'quotes & <tags> "+%2B é.csv': table(4),
    'null\0.csv': 'x',
    [long]: 'x',
    ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`../x${String(at)}`, 'x'])),
    [`${'d/'.repeat(70)}deep.csv`]: 'x',
  });
  const source = sourceOf(bucket);
  const { tree, paths, issues } = await scanned(source);
  expect(paths.sort()).toEqual(['a/b.csv', 'both', 'control\u0001\u0007\u001b[31m.csv', long, 'ok/a.csv', 'quotes & <tags> "+%2B é.csv'].sort());
  const read = async (path: string) => new TextDecoder().decode(await [...walkFiles(tree.root)].find((file) => file.path === path)?.read(0, 1000));
  expect(await read('quotes & <tags> "+%2B é.csv')).toBe(table(4));
  expect(await read('control\u0001\u0007\u001b[31m.csv')).toBe(table(2));
  expect(await read('a/b.csv')).toBe('x');
  await source.close?.();
  expect(issues.filter((one) => one.startsWith('outside-folder')).length).toBe(21);
  expect(issues.filter((one) => /The same of \d+ more/.test(one))).toEqual(['outside-folder: The same of 14 more.']);
  expect(issues.join('\n')).toContain('a file and a folder of one name: both/file.csv');
  expect(issues.join('\n')).toContain('part "." cannot be asked for');
  expect(issues.join('\n')).toContain('name of a folder was left out: folder/');
  expect(issues.join('\n')).toContain('limit depth');
});

test('a bucket that is empty has no runs, and one that is no bucket is said to be none', async () => {
  const empty = await readSource(sourceOf(await standIn()));
  expect(empty.issues.map(({ code, message }) => `${code} ${message}`)).toEqual(['unrecognised Nothing in s3://runs looks like a run.']);
  const [issue] = (await readSource(sourceOf(await standIn(), 's3://other'))).issues;
  expect(issue).toMatchObject({ code: 'not-found', message: expect.stringContaining('There is no bucket other at 127.0.0.1') });
  const page = await standIn({}, { before: (_, response) => Boolean(response.end('<!doctype html><p>Console</p>')) });
  expect((await readSource(sourceOf(page))).issues[0]).toMatchObject({ code: 'bad-answer', tip: expect.stringContaining('web page') });
});

test('a wrong key, a wrong secret, no key: each its own words, and no secret in them', async () => {
  const bucket = await standIn(tables(1));
  const told = async (env: Record<string, string>) => (await readSource(sourceOf({ env: { ...bucket.env, ...env } }))).issues[0];
  const wrong = await told({ AWS_SECRET_ACCESS_KEY: 'not-the-secret-of-anybody' });
  expect(wrong).toMatchObject({ code: 'unauthorised', message: expect.stringContaining('SignatureDoesNotMatch') });
  const stranger = await told({ AWS_ACCESS_KEY_ID: 'AKIDSTRANGER' });
  expect(stranger).toMatchObject({ code: 'unauthorised', message: expect.stringContaining('InvalidAccessKeyId') });
  expect(JSON.stringify([wrong, stranger])).not.toMatch(/not-the-secret|AKIDSTRANGER/);
  const nobody = await told({ AWS_ACCESS_KEY_ID: '' });
  expect(nobody).toMatchObject({ code: 'forbidden', message: expect.stringContaining('without keys'), tip: expect.stringContaining('AWS_ACCESS_KEY_ID') });
  expect(bucket.asked.at(-1)?.headers.authorization).toBeUndefined();
});

test('a public bucket is read without a signature; one that lists but hands out nothing is left after a few', async () => {
  const open = await standIn(tables(2), { isPublic: true });
  const nobody = { env: { AWS_ENDPOINT_URL_S3: open.url, HOME: '/nowhere' } };
  expect((await readSource(sourceOf(nobody))).runs.length).toBe(2);
  expect(open.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  const closed = await standIn(tables(200), {
    before: (_, response, __, what) => what.startsWith('GET') && refuse(response, 403, 'AccessDenied', 'Access Denied'),
  });
  const { runs, issues } = await readSource(sourceOf(closed));
  expect(runs).toEqual([]);
  expect(issues.at(-1)).toMatchObject({ code: 'forbidden', severity: 'critical', tip: expect.stringContaining('s3:GetObject') });
  expect(closed.log.length).toBeLessThan(100);
});

test('a session token goes along and is signed', async () => {
  const bucket = await standIn(tables(1));
  const { runs } = await readSource(sourceOf({ env: { ...bucket.env, AWS_SESSION_TOKEN: 'session+token/=' } }));
  expect(runs.length).toBe(1);
  expect(bucket.asked.every(({ headers }) => headers['x-amz-security-token'] === 'session+token/=')).toBe(true);
  expect(bucket.asked[0]?.headers.authorization).toContain('x-amz-security-token');
});

test('the region that a service names is taken, and a service that names none is left in words', async () => {
  const bucket = await standIn(tables(3), { region: 'eu-central-1' });
  expect((await readSource(sourceOf(bucket))).runs.length).toBe(3);
  expect(bucket.log.filter((what) => what.startsWith('LIST')).length).toBe(2);
  const other = await standIn({}, { isPublic: true });
  const away = await standIn({}, { before: (_, response) => Boolean(response.writeHead(307, { location: `${other.url}/runs/` }).end()) });
  const [issue] = (await readSource(sourceOf(away))).issues;
  expect(issue).toMatchObject({ code: 'redirected', tip: expect.stringContaining('region') });
  expect(other.asked).toEqual([]);
  // Such a region would become part of a host's name.
  const odd = await standIn({}, { before: (_, response) => refuse(response, 400, 'AuthorizationHeaderMalformed', 'no', '<Region>evil.example/x</Region>') });
  expect((await readSource(sourceOf(odd))).issues[0]?.code).toBe('bad-answer');
});

test('SlowDown is waited for; one that goes on ends the reading, keeps what was read, and the next time reads the rest', async () => {
  let slow = 2;
  const waits: number[] = [];
  const bucket = await standIn(tables(6), {
    before: (_, response, __, what) => {
      if (!what.includes('run3/') || slow-- <= 0) return false;
      response.setHeader('retry-after', '7');
      refuse(response, 503, 'SlowDown', 'Please reduce your request rate.');
      return true;
    },
  });
  const pause = async (ms: number) => void waits.push(ms);
  expect((await readSource(sourceOf(bucket, 's3://runs', { pause }))).runs.length).toBe(6);
  expect(waits).toEqual([7000, 7000]);
  slow = Number.POSITIVE_INFINITY;
  const first = await eventsOf(sourceOf(bucket, 's3://runs', { pause }), { known: {} });
  const [failure] = issuesIn(first);
  expect(failure).toMatchObject({ code: 'server-error', severity: 'critical', message: expect.stringContaining('Please reduce your request rate.') });
  expect(runsIn(first).length).toBeLessThan(6);
  expect(runsIn(first).every(({ series }) => series.every(({ count }) => count === 5))).toBe(true);
  slow = 0;
  const second = await eventsOf(sourceOf(bucket, 's3://runs', { pause }), { known: knownOf(first) });
  expect(issuesIn(second)).toEqual([]);
  expect(new Set([...runsIn(first), ...runsIn(second)].map(({ id }) => id)).size).toBe(6);
  expect(runsIn(second).length).toBe(6 - runsIn(first).length);
});

test('a connection that is cut is asked again', async () => {
  let cuts = 3;
  const bucket = await standIn(
    { 'a/metrics.csv': table(5000) },
    {
      before: (_, response, __, what) => {
        if (!what.startsWith('GET') || cuts-- <= 0) return false;
        response.writeHead(206, { 'content-length': '90000' });
        response.write('step,loss\n', () => response.destroy());
        return true;
      },
    },
  );
  const { runs, issues } = await readSource(sourceOf(bucket));
  expect(runs[0]?.run.series[0]?.count).toBe(5000);
  expect(issues).toEqual([]);
});

test('a refresh reads what has another ETag, also where size and time are the same, and nothing that has not', async () => {
  const bucket = await standIn(tables(4));
  const first = await eventsOf(sourceOf(bucket));
  expect(runsIn(first).length).toBe(4);
  const known = knownOf(first);
  bucket.objects.set('run1/metrics.csv', stored(table(5, 1), '2027-01-01T00:00:00.000Z'));
  expect(runsIn(await eventsOf(sourceOf(bucket), { known }))).toEqual([]);
  const changed = table(5, 2).replace('0.2', '0.3');
  const before = bucket.objects.get('run2/metrics.csv');
  bucket.objects.set('run2/metrics.csv', stored(changed));
  expect(before?.bytes.length).toBe(changed.length);
  expect(runsIn(await eventsOf(sourceOf(bucket), { known })).map(({ path }) => path)).toEqual(['run2']);
});

test('many small objects are asked for side by side, each once, and never too many at once', async () => {
  const files = filesBelow('test/fixtures/mlflow-file/sweep-2.14');
  const bucket = await standIn(files, { delayMs: 3 });
  expect((await readSource(sourceOf(bucket))).runs.length).toBeGreaterThan(1);
  expect(bucket.most()).toBeGreaterThan(4);
  expect(bucket.most()).toBeLessThanOrEqual(16);
  const asked = bucket.log.filter((what) => what.startsWith('GET'));
  expect(new Set(asked).size).toBe(asked.length);
});

test('no digest is made of files that are far away', async () => {
  const bucket = await standIn(tables(1));
  const [run] = runsIn(await eventsOf(sourceOf(bucket), { digestBytes: 1e9 }));
  expect(run?.sources[0]?.digests).toBeUndefined();
});

test('an object that grows is followed, and only its new bytes are asked for', async () => {
  const bucket = await standIn({ 'run/metrics.csv': table(20_000) });
  const follow = new Follow(sourceOf(bucket), optionsOf());
  const look = async () => {
    const runs: number[] = [];
    for await (const event of follow.look()) if (event.kind === 'run') runs.push(event.read.run.series[0]?.count ?? 0);
    return runs;
  };
  expect(await look()).toEqual([20_000]);
  expect(await look()).toEqual([]);
  bucket.objects.set('run/metrics.csv', stored(table(20_100)));
  bucket.log.length = 0;
  expect(await look()).toEqual([20_100]);
  const bytes = bucket.log
    .flatMap((what) => /(\d+)-(\d+)$/.exec(what)?.slice(1, 3).map(Number) ?? [])
    .reduce((sum, at, index) => sum + (index % 2 ? at + 1 : -at), 0);
  expect(bytes).toBeLessThan((bucket.objects.get('run/metrics.csv')?.bytes.length ?? 0) / 2);
  follow.close();
});

test('a followed bucket that is away says why, once, and is read again when it is back', async () => {
  let isAway = false;
  const bucket = await standIn(tables(2), {
    before: (_, response) => isAway && refuse(response, 403, 'ExpiredToken', 'The provided token has expired.'),
  });
  const follow = new Follow(sourceOf(bucket), optionsOf());
  const look = async () => {
    const told: string[] = [];
    for await (const event of follow.look()) told.push(event.kind === 'looked' ? event.look.state : event.kind === 'issue' ? event.issue.code : event.kind);
    return told;
  };
  expect(await look()).toEqual(['run', 'run', 'claims', 'changed']);
  isAway = true;
  expect(await look()).toEqual(['unauthorised', 'gone']);
  expect(await look()).toEqual(['gone']);
  isAway = false;
  bucket.objects.set('run7/metrics.csv', stored(table(3, 7)));
  expect(await look()).toEqual(['run', 'claims', 'changed']);
  follow.close();
});

test('an object that is written anew while it is read is no half of each', async () => {
  let reads = 0;
  const bucket: StandIn = await standIn(
    { 'run/metrics.csv': table(200_000) },
    {
      before: (_, __, ___, what) => {
        if (what.startsWith('GET') && ++reads === 2) bucket.objects.set('run/metrics.csv', stored(table(200_000, 5)));
        return false;
      },
    },
  );
  const events = await eventsOf(sourceOf(bucket));
  const issues = [...issuesIn(events), ...runsIn(events).flatMap((run) => run.issues)];
  expect(issues.map(({ code }) => code)).toContain('locked');
  expect(claimsIn(events).every(({ mark }) => mark === '')).toBe(true);
});

test('what was stored packed comes as it lies there', async () => {
  const packed = gzipSync(table(50));
  const bucket = await standIn({ 'logs/metrics.csv': '' });
  bucket.objects.set('logs/metrics.csv', { ...stored(packed), encoding: 'gzip' });
  const source = sourceOf(bucket);
  const { tree } = await scanned(source);
  const [file] = walkFiles(tree.root);
  expect(Buffer.from((await file?.read(0, 1e6)) ?? [])).toEqual(packed);
  await source.close?.();
});

test('a service without parts of objects hands out small ones whole, and large ones are refused', async () => {
  const large = table(20_000);
  const bucket = await standIn(
    { 'a/metrics.csv': table(9), 'b/metrics.csv': large },
    {
      before: (_, response, __, what) => what.startsWith('GET') && Boolean(response.writeHead(200).end(what.includes('a/') ? table(9) : large)),
    },
  );
  const read = await readSource(sourceOf(bucket));
  expect(read.runs.map(({ run }) => [run.path, run.series[0]?.count])).toContainEqual(['a', 9]);
  expect(
    allIssues(read)
      .map(({ message }) => message)
      .join(),
  ).toContain('hands out whole objects only');
});

function stopped(controller: AbortController): true {
  controller.abort(new Error('enough'));
  return true;
}

test('cancel does not wait for a service that says nothing', async () => {
  const controller = new AbortController();
  const bucket = await standIn(tables(3), { before: (_, __, ___, what) => what.startsWith('GET') && stopped(controller) });
  await expect(eventsOf(sourceOf(bucket), { signal: controller.signal })).rejects.toThrow('enough');
  const listing = new AbortController();
  const mute = await standIn({}, { before: () => stopped(listing) });
  await expect(eventsOf(sourceOf(mute), { signal: listing.signal })).rejects.toThrow('enough');
});
