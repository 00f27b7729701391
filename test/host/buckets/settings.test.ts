// Addresses, endpoints, regions and keys: what is understood, what is refused with a way on, and where keys may go.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addressText, bucketAddress, isAddress } from '../../../src/host/buckets/address';
import { sectionsOf } from '../../../src/host/buckets/profile';
import { bucketAccess, isNear } from '../../../src/host/buckets/settings';

const homes: string[] = [];
afterAll(() => homes.map((home) => rmSync(home, { recursive: true, force: true })));

/** A home with the files of the AWS command line. */
function homeWith(files: { readonly credentials?: string; readonly config?: string }): string {
  const home = mkdtempSync(join(tmpdir(), 'diptych-aws-'));
  homes.push(home);
  mkdirSync(join(home, '.aws'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, '.aws', name), text);
  return home;
}
const accessOf = (env: Record<string, string>, entered: Record<string, string> = {}) =>
  bucketAccess({ place: 's3://runs/p', ...entered }, { HOME: '/nowhere', ...env });

describe('addresses', () => {
  test.each([
    ['s3://runs', { bucket: 'runs', prefix: '', isFolder: false }],
    ['S3://runs/a b/%41?x#y', { bucket: 'runs', prefix: 'a b/%41?x#y', isFolder: false }],
    ['s3://my.old_Bucket/a/b/', { bucket: 'my.old_Bucket', prefix: 'a/b', isFolder: true }],
  ])('%s', (typed, found) => {
    expect(bucketAddress(typed)).toEqual(found);
    expect(bucketAddress(addressText(bucketAddress(typed)))).toEqual({ ...found, isFolder: false });
  });

  test.each([
    ['gs://b/p', /storage\.googleapis\.com/],
    ['az://b/p', /azcopy sync/],
    ['abfss://c@a.dfs.core.windows.net/p', /azcopy sync/],
    ['hf://datasets/x', /hf download/],
    ['ssh://gpu/home/me/runs', /diptych serve.*ssh -L 4747:127\.0\.0\.1:4747 HOST/],
    ['sftp://gpu/runs', /rsync/],
    ['https://tracker.example.org', /diptych connect URL/],
    ['s3a://b/p', /s3:\/\//],
    ['ftp://x/y', /Copy it to this machine/],
    ['s3://', /names no bucket/],
    ['s3://../etc', /names no bucket/],
    ['s3://a..b/x', /names no bucket/],
    ['s3://evil@host/x', /names no bucket/],
    ['s3://runs/a/../b', /cannot be asked for/],
    ['s3://runs/./b', /cannot be asked for/],
    ['s3://arn:aws:s3:eu-west-1:1:accesspoint/x/y', /Access points/],
    [`s3://runs/${'é'.repeat(600)}`, /longer than a key/],
    ['s3://runs/\ud800', /no valid text/],
    ['runs', /looks like s3:/],
  ])('%s is refused with a way on', (typed, words) => {
    expect(() => bucketAddress(typed)).toThrow(words);
  });

  test('paths are no addresses', () => {
    for (const path of ['C:\\runs', 'C:/runs', './a', 'a:b', '//server/share', 'runs/s3://x']) expect(isAddress(path)).toBe(false);
    for (const address of ['s3://b', 'gs://b', 'HTTPS://x']) expect(isAddress(address)).toBe(true);
  });
});

describe('where keys may go', () => {
  const own = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

  test('to AWS where the environment names no endpoint, to that of the environment where it names one, and to no other', () => {
    expect(accessOf(own)).toMatchObject({ endpoint: null, region: 'us-east-1', keys: { id: 'id', secret: 'secret', session: null } });
    expect(accessOf(own, { address: 'https://s3.eu-west-1.amazonaws.com' })).toMatchObject({ endpoint: null, region: 'eu-west-1', keys: { id: 'id' } });
    const minio = { ...own, AWS_ENDPOINT_URL: 'http://minio:9000' };
    expect(accessOf(minio)).toMatchObject({ endpoint: 'http://minio:9000', keys: { id: 'id' } });
    expect(accessOf(minio, { address: 'http://minio:9000/' })).toMatchObject({ keys: { id: 'id' } });
    for (const address of ['https://evil.example', 'https://amazonaws.com.evil.example', 'http://minio:9001', 'https://minio:9000', 'https://s3.amazonaws.com'])
      expect(accessOf(minio, { address })).toMatchObject({ keys: null, hint: expect.stringContaining('another endpoint') });
    expect(accessOf(own, { address: 'https://evil.example' }).keys).toBeNull();
    expect(accessOf(own, { address: 'https://notamazonaws.com' }).keys).toBeNull();
  });

  test('what was entered goes where it was entered for, as a whole: no token of the environment joins it', () => {
    const access = accessOf({ ...own, AWS_SESSION_TOKEN: 'env' }, { address: 'https://minio.example', key: 'k', secret: 's' });
    expect(access.keys).toEqual({ id: 'k', secret: 's', session: null });
    expect(() => accessOf({}, { key: 'k' })).toThrow(expect.objectContaining({ field: 'secret' }));
    expect(() => accessOf(own, { secret: 's' })).toThrow(expect.objectContaining({ field: 'key' }));
  });

  test('endpoints of the environment, the nearest first', () => {
    const all = { MLFLOW_S3_ENDPOINT_URL: 'http://c', AWS_ENDPOINT_URL: 'http://b', AWS_ENDPOINT_URL_S3: 'http://a/x/' };
    expect(accessOf(all).endpoint).toBe('http://a/x');
    expect(accessOf({ ...all, AWS_ENDPOINT_URL_S3: '' }).endpoint).toBe('http://b');
    expect(accessOf({ MLFLOW_S3_ENDPOINT_URL: 'http://c' }).endpoint).toBe('http://c');
    expect(accessOf({ ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }).endpoint).toBeNull();
    expect(() => accessOf({ AWS_ENDPOINT_URL: 'http://user:pw@host' })).toThrow('own fields');
    expect(isNear(accessOf({ AWS_ENDPOINT_URL: 'http://localhost:9000' }))).toBe(true);
    expect(isNear(accessOf(all))).toBe(false);
  });

  test('a region becomes part of a host, so it is checked', () => {
    expect(accessOf({ AWS_DEFAULT_REGION: 'eu-central-1' }).region).toBe('eu-central-1');
    expect(accessOf({ AWS_REGION: 'cn-north-1', AWS_DEFAULT_REGION: 'x' }).region).toBe('cn-north-1');
    expect(() => accessOf({ AWS_REGION: 'evil.example/' })).toThrow(expect.objectContaining({ field: 'region' }));
  });
});

describe('profiles', () => {
  test('sections, comments, nested settings, oddities of the files', () => {
    const sections = sectionsOf(
      '\uFEFF# x\n[ default ]\r\nregion = eu-west-1 # near\ns3 =\n  addressing_style = path\n  endpoint_url=http://in\n[profile "my one"]\naws_secret_access_key=a/b+c#d=\n;[x]\nloose\n[services local]\ns3 = \n  endpoint_url = http://minio:9000\n',
    );
    expect([...sections.keys()]).toEqual(['default', 'profile my one', 'services local']);
    expect(Object.fromEntries(sections.get('default') ?? [])).toEqual({
      region: 'eu-west-1',
      s3: '',
      's3.addressing_style': 'path',
      's3.endpoint_url': 'http://in',
    });
    expect(sections.get('profile my one')?.get('aws_secret_access_key')).toBe('a/b+c#d=');
    expect(sections.get('services local')?.get('s3.endpoint_url')).toBe('http://minio:9000');
    expect(sectionsOf('[__proto__]\nconstructor=1').get('__proto__')?.get('constructor')).toBe('1');
  });

  test('keys of the credentials file, region and endpoint of the config; the environment before both', () => {
    const HOME = homeWith({
      credentials: '[default]\naws_access_key_id=D\naws_secret_access_key=d\n[lab]\naws_access_key_id = L\naws_secret_access_key = l\naws_session_token = t\n',
      config: '[default]\nregion=eu-west-3\n[profile lab]\nregion=us-west-2\nservices = near\n[services near]\ns3 =\n  endpoint_url = http://minio:9000\n',
    });
    expect(accessOf({ HOME })).toMatchObject({ region: 'eu-west-3', endpoint: null, keys: { id: 'D', secret: 'd', session: null } });
    expect(accessOf({ HOME, AWS_PROFILE: 'lab' })).toMatchObject({
      region: 'us-west-2',
      endpoint: 'http://minio:9000',
      keys: { id: 'L', secret: 'l', session: 't' },
    });
    expect(accessOf({ HOME, AWS_ACCESS_KEY_ID: 'E', AWS_SECRET_ACCESS_KEY: 'e' }).keys).toEqual({ id: 'E', secret: 'e', session: null });
    expect(() => accessOf({ HOME, AWS_PROFILE: 'none' })).toThrow('There is no profile none');
  });

  test.each(['credential_process = /usr/bin/evil', 'sso_session = corp', 'role_arn = arn:aws:iam::1:role/x'])(
    '%s is not run: how to export keys is said',
    (line) => {
      const HOME = homeWith({ config: `[profile corp]\n${line}\n[default]\n${line}\n` });
      expect(() => accessOf({ HOME, AWS_PROFILE: 'corp' })).toThrow('aws configure export-credentials --profile corp --format env');
      // A public bucket needs no keys.
      expect(accessOf({ HOME })).toMatchObject({ keys: null, hint: expect.stringContaining('export-credentials') });
    },
  );
});
