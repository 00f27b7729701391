// From the dialog to a place that is kept: no secret in it, each mistake at its field, and keys for the endpoint that they were entered for.
import { expect, test } from 'vitest';
import { connectBucket, isBucket } from '../../../src/host/buckets/connect';
import { bucketJob, bucketState, type Services } from '../../../src/host/buckets/kept';
import { memorySecrets } from '../../../src/host/secrets/memory';
import { Secret, secretKey } from '../../../src/host/secrets/secrets';
import { serving } from '../http/serving';
import { keys, stored } from './service';
import { standIn } from './stand-in';

const never = new AbortController().signal;
const table = 'step,loss\n0,1\n1,0.5\n';
const servicesOf = (env: Services['env'] = { HOME: '/nowhere' }): Services => ({ secrets: memorySecrets(), env, version: 'test' });

/** Hands keys over as the page does. */
async function keep({ secrets }: Services, address: string, { id, secret }: { readonly id: string; readonly secret: string }): Promise<void> {
  await secrets.set(secretKey('s3-key', address), new Secret(id), false);
  await secrets.set(secretKey('s3-secret', address), new Secret(secret), false);
}

test('what was entered is kept without its keys, and read again with those that the host keeps', async () => {
  const bucket = await standIn({ 'exp/run/metrics.csv': table });
  const services = servicesOf();
  await keep(services, bucket.url, keys);
  const place = await connectBucket({ tracker: 's3', settings: { address: bucket.url, place: ' s3://runs/exp/ ', region: 'us-east-1' } }, services, never);
  expect(place).toEqual({ settings: { address: bucket.url, place: 's3://runs/exp', region: 'us-east-1' } });
  if (!('settings' in place)) throw new Error('refused');
  const job = await bucketJob(place, services);
  expect(job.access.keys).toEqual({ ...keys, session: null });
  const state = await bucketState(place, services, never);
  expect(state).toMatchObject({ state: 'present', files: 1, bytes: table.length, newestMs: Date.parse('2026-11-02T10:00:00Z') });
  bucket.objects.set('exp/run/metrics.csv', stored(table.replace('0.5', '0.6')));
  expect((await bucketState(place, services, never)).fingerprint).not.toBe(state.fingerprint);
  bucket.objects.clear();
  expect((await bucketState(place, services, never)).state).toBe('gone');
});

test('keys that are kept for one endpoint do not go to the one that the environment names', async () => {
  const services = servicesOf({ HOME: '/nowhere', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  await keep(services, 'https://s3.amazonaws.com', keys);
  expect((await bucketJob({ settings: { place: 's3://runs' } }, services)).access).toMatchObject({ endpoint: 'http://127.0.0.1:1', keys: null });
});

test('each mistake at its field, or in words', async () => {
  const bucket = await standIn({ 'exp/metrics.csv': table });
  const refused = async (settings: Record<string, string>, services = servicesOf()) => connectBucket({ tracker: 's3', settings }, services, never);
  expect(await refused({ address: bucket.url })).toMatchObject({ tracker: 's3', field: 'place' });
  expect(await refused({ address: bucket.url, place: 'gs://x' })).toMatchObject({ field: 'place', message: expect.stringContaining('gcloud') });
  expect(await refused({ address: bucket.url, place: 's3://runs', region: 'no region' })).toMatchObject({ field: 'region' });
  expect(await refused({ address: bucket.url, place: 's3://runs' })).toMatchObject({
    field: null,
    code: 'forbidden',
    message: expect.stringContaining('without keys'),
  });
  const services = servicesOf();
  await keep(services, bucket.url, keys);
  expect(await refused({ address: bucket.url, place: 's3://runs/none' }, services)).toMatchObject({
    field: 'place',
    message: 'There is nothing at s3://runs/none.',
  });
  expect(await refused({ address: bucket.url, place: 's3://other' }, services)).toMatchObject({ code: 'not-found' });
  await keep(services, bucket.url, { id: keys.id, secret: 'wrong-secret-key' });
  const wrong = await refused({ address: bucket.url, place: 's3://runs' }, services);
  expect(wrong).toMatchObject({ code: 'unauthorised' });
  expect(JSON.stringify(wrong)).not.toContain('wrong-secret-key');
});

test('an address of a bucket that was pasted needs no form', async () => {
  const bucket = await standIn({ 'exp/metrics.csv': table });
  const asked = { tracker: null, settings: { address: 's3://runs/exp' } };
  expect(isBucket(asked)).toBe(true);
  for (const address of ['http://localhost:5000', 'localhost:5000', 'tracker.example.org', ''])
    expect(isBucket({ tracker: null, settings: { address } })).toBe(false);
  expect(await connectBucket(asked, servicesOf(bucket.env), never)).toEqual({ settings: { place: 's3://runs/exp' } });
  expect(await connectBucket({ tracker: null, settings: { address: 'ssh://gpu/runs' } }, servicesOf(), never)).toMatchObject({
    tracker: 's3',
    message: expect.stringContaining('ssh -L'),
  });
});

test('a certificate that nobody vouches for is shown, and trusted by choice', async () => {
  const bucket = await standIn({ 'metrics.csv': table }, { tls: true, isPublic: true });
  const settings = { address: bucket.url, place: 's3://runs' };
  const refused = await connectBucket({ tracker: 's3', settings }, servicesOf(), never);
  if (!('certificate' in refused) || !refused.certificate) throw new Error('no certificate was shown');
  const { pem } = refused.certificate;
  expect(await connectBucket({ tracker: 's3', settings, certificate: pem }, servicesOf(), never)).toEqual({ settings, trusted: pem });
});

test('what is no such service is said to be none', async () => {
  const page = await serving((_, response) => void response.end('<!doctype html><p>hello'));
  expect(await connectBucket({ tracker: 's3', settings: { address: page.url, place: 's3://runs' } }, servicesOf(), never)).toMatchObject({
    code: 'bad-answer',
  });
});
