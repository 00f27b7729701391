// Profiles of Databricks' own tools: which server is asked, with which token, and that no token goes to another one.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { iniSections } from '../../../src/core/formats/ini';
import { tracker } from '../../../src/core/readers/mlflow-server/tracker';
import { SettingsError } from '../../../src/core/source/tracker';

import { recognise } from '../../../src/host/trackers/recognise';
import { fillSettings } from '../../../src/host/trackers/settings';
import { cli } from '../../cli/context';
import { json, serving } from '../http/serving';

const home = mkdtempSync(join(tmpdir(), 'diptych-profiles-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const file = `; made by hand
[DEFAULT]
host  = https://usual.cloud.databricks.com/
token = usual-token

[lab.eu]
HOST: https://lab.azuredatabricks.net/?o=42
token = a=b;c#d

[machine]
host = https://lab.azuredatabricks.net
client_id = 1
client_secret = two

[people]
host = https://people.gcp.databricks.com
auth_type = databricks-cli

[old]
host = https://old.example.org:8443/prefix
username = me
password = word
`;
writeFileSync(join(home, '.databrickscfg'), file);
const fill = (address: string, env: Readonly<Record<string, string>> = {}, more: Readonly<Record<string, string>> = {}) =>
  fillSettings(tracker, { address, ...more }, { HOME: home, ...env });

test.each([
  ['databricks', {}, 'https://usual.cloud.databricks.com', 'Bearer usual-token'],
  ['databricks://', {}, 'https://usual.cloud.databricks.com', 'Bearer usual-token'],
  ['databricks', { DATABRICKS_CONFIG_PROFILE: 'lab.eu' }, 'https://lab.azuredatabricks.net', 'Bearer a=b;c#d'],
  ['databricks://lab.eu', { DATABRICKS_HOST: 'https://other.example', DATABRICKS_TOKEN: 'x' }, 'https://lab.azuredatabricks.net', 'Bearer a=b;c#d'],
  ['databricks', { DATABRICKS_HOST: 'https://env.example', DATABRICKS_TOKEN: 'env-token' }, 'https://env.example', 'Bearer env-token'],
  ['databricks://old', {}, 'https://old.example.org:8443/prefix', `Basic ${btoa('me:word')}`],
  // The address of a workspace: the file's own word on that server.
  ['https://usual.cloud.databricks.com', {}, 'https://usual.cloud.databricks.com', 'Bearer usual-token'],
  ['lab.azuredatabricks.net', {}, 'https://lab.azuredatabricks.net', 'Bearer a=b;c#d'],
  ['https://elsewhere.cloud.databricks.com', {}, 'https://elsewhere.cloud.databricks.com', undefined],
  ['https://old.example.org', {}, 'https://old.example.org', undefined],
])('%s with %j is %s', (address, env, base, authorization) => {
  const access = tracker.access(fill(address, env).settings);
  expect(access.base).toBe(base);
  expect(access.headers.authorization).toBe(authorization);
});

test('what cannot be used is told with a way on, and a token that was entered stands for it', () => {
  for (const [address, word] of [
    ['databricks://nobody', /no profile nobody/],
    ['databricks://machine', /OAuth of a service principal.*address with a personal access token/],
    ['databricks://people', /databricks-cli.*databricks auth token/],
    ['databricks://scope:prefix', /names secrets/],
  ] as const)
    expect(() => fill(address)).toThrow(word);
  expect(() => fill('databricks', { DATABRICKS_CONFIG_FILE: join(home, 'none') })).toThrow(SettingsError);
  const { settings, origins } = fill('databricks://machine', {}, { token: 'typed' });
  expect(settings).toMatchObject({ address: 'https://lab.azuredatabricks.net', token: 'typed' });
  expect(origins.token).toBe('entered');
  const named = fill('databricks://lab.eu');
  expect(named.origins).toMatchObject({ token: 'profile' });
  // Which profile it was is kept, the token is not.
  expect(named.kept).toEqual({ address: 'databricks://lab.eu' });
});

test('the environment names a profile, and the address of a profile is known without asking anybody', async () => {
  const { settings } = fillSettings(tracker, {}, { HOME: home, MLFLOW_TRACKING_URI: 'databricks://lab.eu' });
  expect(settings.address).toBe('https://lab.azuredatabricks.net/?o=42');
  const signal = new AbortController().signal;
  expect((await recognise('databricks://lab.eu', { env: {}, version: '0', signal }))?.meta.id).toBe('mlflow-server');
});

test('a connection by a profile: the token in each request, and in nothing that is told', async () => {
  const server = await serving((request, response) => {
    if (request.headers.authorization !== 'Bearer dapi-secret') json(response, { message: 'dapi-secret is not known' }, 401);
    else if (request.url === '/version') response.writeHead(303, { location: 'https://login.example/' }).end();
    else if (request.url?.includes('experiments/search')) json(response, { experiments: [{ experiment_id: '7', name: '/Users/me/one' }] });
    else json(response, {});
  });
  writeFileSync(join(home, 'other.cfg'), `[stage]\nhost = ${server.url}\ntoken = dapi-secret\n[wrong]\nhost = ${server.url}\ntoken = other\n`);
  const env = { HOME: home, DATABRICKS_CONFIG_FILE: join(home, 'other.cfg') };
  const listed = await cli(['connect', 'databricks://stage', '--list', '--json'], { env });
  expect(listed.code, listed.err).toBe(0);
  expect(listed.out).toContain('/Users/me/one');
  expect(listed.out + listed.err).not.toContain('dapi-secret');
  const refused = await cli(['connect', 'databricks://wrong', '--list', '--json'], { env });
  expect(refused.code).toBe(3);
  expect(refused.err).toContain('401');
});

test('hostile files: names like members of objects, lines without sense, what is no file', () => {
  const sections = iniSections('key = before any section\n[__proto__]\n__proto__ = x\nhost=\n= y\n[a]\n[a]\nk: v = w\n\uFFFD\n[b');
  expect([...sections.keys()]).toEqual(['__proto__', 'a']);
  expect(Object.entries(sections.get('a') ?? {})).toEqual([['k', 'v = w']]);
  expect(Object.entries(sections.get('__proto__') ?? {})).toEqual([
    ['__proto__', 'x'],
    ['host', ''],
  ]);
  expect(() => fill('databricks', { DATABRICKS_CONFIG_FILE: home })).toThrow('cannot be read');
});
