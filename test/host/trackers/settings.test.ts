// Where the fields of a form come from, and which host they may go to.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tracker } from '../../../src/core/readers/clearml/tracker';
import { fillSettings, formOf } from '../../../src/host/trackers/settings';

const home = mkdtempSync(join(tmpdir(), 'diptych-settings-'));
const bare = mkdtempSync(join(tmpdir(), 'diptych-settings-'));
afterAll(() => {
  for (const folder of [home, bare]) rmSync(folder, { recursive: true, force: true });
});
writeFileSync(join(home, 'clearml.conf'), 'api { api_server: http://lab.test:8008, credentials { access_key: "CONF", secret_key: "conf secret" } }');
writeFileSync(join(home, 'broken.conf'), 'api { credentials { access_key: "X", ');
const keys = { CLEARML_API_ACCESS_KEY: 'ENV', CLEARML_API_SECRET_KEY: 'env secret' };

test('a tracker’s own file names the server and the keys, and the environment counts before it', () => {
  const { settings, origins } = fillSettings(tracker, {}, { HOME: home });
  expect(settings).toEqual({ address: 'http://lab.test:8008', user: 'CONF', password: 'conf secret' });
  expect(origins).toEqual({ address: 'configuration', user: 'configuration', password: 'configuration' });
  expect(fillSettings(tracker, {}, { HOME: home, ...keys }).settings).toMatchObject({ address: 'http://lab.test:8008', user: 'ENV', password: 'env secret' });
  expect(fillSettings(tracker, { user: 'ME' }, { HOME: home }).settings).toMatchObject({ user: 'ME', password: 'conf secret' });
  expect(formOf(tracker, { HOME: home })).toMatchObject({ isNamed: true, fields: [{ value: 'http://lab.test:8008' }, { value: 'CONF' }, { value: '' }] });
  expect(formOf(tracker, { HOME: bare })).toMatchObject({ isNamed: false });
});

test('the address of the page is that of its server; keys go to no other', () => {
  expect(fillSettings(tracker, { address: 'lab.test:8080/projects' }, { HOME: home }).settings.password).toBe('conf secret');
  expect(() => fillSettings(tracker, { address: 'http://elsewhere.test:8008' }, { HOME: home })).toThrow('Access key is missing');
  expect(() => fillSettings(tracker, { address: 'http://elsewhere.test:8008' }, { HOME: bare, CLEARML_API_HOST: 'http://lab.test:8008', ...keys })).toThrow(
    'missing',
  );
  expect(fillSettings(tracker, { address: 'app.clear.ml' }, { HOME: bare, CLEARML_API_HOST: 'https://api.clear.ml', ...keys }).settings.user).toBe('ENV');
  expect(fillSettings(tracker, { address: 'app.clear.ml' }, { HOME: bare, ...keys }).settings.user).toBe('ENV');
});

test('a file that the environment names, that is not there, or that is broken', () => {
  writeFileSync(join(bare, 'mine.conf'), `api.credentials.access_key = \${MY_KEY}\napi.credentials.secret_key = s`);
  const named = { HOME: home, CLEARML_CONFIG_FILE: join(bare, 'mine.conf'), MY_KEY: 'MINE' };
  expect(fillSettings(tracker, {}, named).settings).toEqual({ address: 'https://api.clear.ml', user: 'MINE', password: 's' });
  for (const file of ['missing.conf', 'broken.conf'])
    expect(() => fillSettings(tracker, {}, { HOME: home, CLEARML_CONFIG_FILE: join(home, file) })).toThrow('Access key is missing');
});
