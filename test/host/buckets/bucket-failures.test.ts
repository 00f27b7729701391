// Every row of the table of buckets in docs/connections.md, by services that fail so: when they list, in the middle of reading, and well again after it.
import { expect, test } from 'vitest';
import type { Issue } from '../../../src/core/base/issues';
import { ingest } from '../../../src/core/ingest/ingest';
import { defaultLimits } from '../../../src/core/source/reader';
import { bucketSource } from '../../../src/host/buckets/bucket';
import { connectBucket } from '../../../src/host/buckets/connect';
import { bucketAccess } from '../../../src/host/buckets/settings';
import { memorySecrets } from '../../../src/host/secrets/memory';
import { bucketFailures, bucketTipOf, otherBucketFailures, service } from '../../support/bucket-failures';
import { asset } from '../../support/read';
import { refuse } from './service';
import { type StandIn, standIn } from './stand-in';

const { signal } = new AbortController();
const told = (text: string): string => text.replace(/127\.0\.0\.1:\d+/g, service);
const runs = 12;
const tables = Object.fromEntries(Array.from({ length: runs }, (_, at) => [`run${at}/metrics.csv`, `step,loss\n0,1\n1,${at}\n`]));

async function read({ env }: Pick<StandIn, 'env'>, known: Readonly<Record<string, string>> = {}) {
  const source = bucketSource(bucketAccess({ place: 's3://runs' }, env), { env, version: 'test', pause: async () => {} });
  const issues: Issue[] = [];
  const ids: string[] = [];
  const marks: Record<string, string> = {};
  for await (const event of ingest([source], { signal, limits: defaultLimits, keepContents: false, asset, known })) {
    if (event.kind === 'run') ids.push(event.read.run.id);
    else if (event.kind === 'issue') issues.push(event.issue);
    else if (event.kind === 'claims') for (const { key, mark } of event.claims) marks[key] = mark;
  }
  return { issues, ids, known: { ...known, ...marks } };
}

test.each(bucketFailures)('$what: what is said, what is kept, and how it goes on', async (failure) => {
  const { code, final, says } = failure;
  const refusing = await standIn(tables, {
    before: (request, response) => {
      failure.answer(request, response);
      return true;
    },
  });
  const [listing] = (await read(refusing)).issues;
  expect([told(listing?.message ?? ''), listing?.code, listing?.tip]).toEqual([says, code, bucketTipOf(failure)]);

  // In the middle: what came before it is kept, and no run is half.
  let isWell = false;
  const failing = await standIn(tables, {
    before: (request, response, _, what) => {
      if (isWell || !/^GET run(?:[5-9]|1\d)\//.test(what)) return false;
      failure.answer(request, response);
      return true;
    },
  });
  const first = await read(failing);
  const [found] = first.issues;
  expect(found?.code).toBe(code);
  expect(first.ids.length).toBeLessThan(runs);
  if (final) expect(first.issues).toHaveLength(1);
  else expect(first.ids.length).toBe(5);

  isWell = true;
  const second = await read(failing, first.known);
  expect(second.issues).toEqual([]);
  expect(new Set([...first.ids, ...second.ids]).size).toBe(runs);
  expect(first.ids.length + second.ids.length).toBe(runs);
});

test('nobody listens, nothing lies there, and nobody without keys is let in', async () => {
  const bucket = await standIn(tables);
  const refused = async (settings: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) => {
    const answer = await connectBucket({ tracker: 's3', settings }, { secrets: memorySecrets(), env: { HOME: '/nowhere', ...env }, version: 'test' }, signal);
    return 'message' in answer ? told(answer.message).replace('127.0.0.1:9', service) : null;
  };
  expect(await refused({ address: 'http://127.0.0.1:9', place: 's3://runs' })).toBe(otherBucketFailures.unreachable);
  expect(await refused({ address: bucket.url, place: 's3://runs' })).toBe(otherBucketFailures.nobody);
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = bucket.env as Record<string, string>;
  expect(await refused({ address: bucket.url, place: 's3://runs/none', key: AWS_ACCESS_KEY_ID, secret: AWS_SECRET_ACCESS_KEY })).toBe(
    otherBucketFailures.nothing,
  );
});

test('an object in an archive class, and one that is gone since it was listed: the other runs are read', async () => {
  for (const [says, answer] of [
    [otherBucketFailures.archived, (response: never) => refuse(response, 403, 'InvalidObjectState', 'The operation is not valid for the storage class')],
    [otherBucketFailures.gone, (response: never) => refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.')],
  ] as const) {
    const bucket = await standIn(tables, { before: (_, response, __, what) => what.startsWith('GET run1/') && answer(response as never) });
    const { ids, issues } = await read(bucket);
    expect(ids.length).toBe(runs - 1);
    expect(issues.map(({ message }) => message)).toEqual([says]);
  }
});

test('ten thousand objects: a thousand a page, each once', async () => {
  const many = await standIn(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`notes/${String(at).padStart(5, '0')}.bin`, 'x'])));
  const { env } = many;
  const source = bucketSource(bucketAccess({ place: 's3://runs' }, env), { env, version: 'test', pause: async () => {} });
  const counts: number[] = [];
  const { root } = await source.scan({ signal, limits: defaultLimits, issue: ({ message }) => expect.fail(message), progress: (count) => counts.push(count) });
  expect(root.dirs.get('notes')?.files.size).toBe(10_000);
  expect(many.log.filter((what) => what.startsWith('LIST'))).toHaveLength(10);
  expect(counts).toEqual(Array.from({ length: 10 }, (_, at) => (at + 1) * 1000));
});
