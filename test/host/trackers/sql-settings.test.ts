// Where user and password of a database come from, and that they go to nobody else.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { trackers } from '../../../src/core/readers';
import type { Tracker } from '../../../src/core/source/tracker';
import { pgpassOf } from '../../../src/host/trackers/pgpass';
import { recognise } from '../../../src/host/trackers/recognise';
import { fillSettings, formOf } from '../../../src/host/trackers/settings';

const home = mkdtempSync(join(tmpdir(), 'diptych-pgpass-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const trackerOf = (id: string): Tracker => trackers.find(({ meta }) => meta.id === id) as Tracker;
const optuna = trackerOf('optuna');
const filled = (entered: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) => fillSettings(optuna, entered, { HOME: home, ...env });

test('a password in an address is moved to its field, and what is kept has it no more', () => {
  const { settings, origins, kept } = filled({ address: 'postgresql+psycopg2://me:s3cret@db/optuna?sslmode=require' });
  expect(settings).toEqual({ address: 'postgresql://db:5432/optuna?sslmode=require', user: 'me', password: 's3cret' });
  expect(origins).toMatchObject({ user: 'address', password: 'address' });
  expect(kept).toEqual({ address: 'postgresql://db:5432/optuna?sslmode=require', user: 'me' });
  expect(filled({ address: 'mysql://me:old@db/optuna', password: 'typed' }).settings.password).toBe('typed');
});

test('the environment counts for the host that it names, in the words of that kind of database', () => {
  const env = { OPTUNA_STORAGE: 'postgresql://me:from-env@db/optuna', PGPASSWORD: 'pg', MYSQL_PWD: 'my', PGUSER: 'pguser' };
  expect(filled({}, env).settings).toEqual({ address: 'postgresql://db:5432/optuna', user: 'me', password: 'from-env' });
  expect(filled({ address: 'postgresql://db/optuna' }, { ...env, OPTUNA_STORAGE: 'postgresql://db/optuna' }).settings).toMatchObject({
    user: 'pguser',
    password: 'pg',
  });
  expect(filled({ address: 'postgresql://elsewhere/optuna' }, env).settings).toEqual({ address: 'postgresql://elsewhere:5432/optuna' });
  expect(filled({ address: 'postgresql://named/optuna' }, { PGHOST: 'named', PGPASSWORD: 'pg' }).settings.password).toBe('pg');
  expect(filled({ address: 'mysql://me@named/optuna' }, { PGHOST: 'named', PGPASSWORD: 'pg', MYSQL_PWD: 'my' }).settings.password).toBeUndefined();
  expect(filled({}, { OPTUNA_STORAGE: 'mysql://me@db/optuna', PGPASSWORD: 'pg', MYSQL_PWD: 'my' }).settings.password).toBe('my');
});

test('a variable that names a database is not for servers, nor the other way round', () => {
  const isNamed = (id: string, env: Readonly<Record<string, string>>) => formOf(trackerOf(id), env).isNamed;
  expect(isNamed('optuna', { OPTUNA_STORAGE: 'postgresql://db/optuna' })).toBe(true);
  expect(isNamed('optuna', { OPTUNA_STORAGE: 'sqlite:///study.db' })).toBe(false);
  expect(isNamed('mlflow-server', { MLFLOW_TRACKING_URI: 'postgresql://db/mlflow' })).toBe(false);
  expect(isNamed('mlflow-server', { MLFLOW_TRACKING_URI: 'http://db:5000' })).toBe(true);
  const form = formOf(optuna, { OPTUNA_STORAGE: 'postgresql://me:s3cret@db/optuna' });
  expect(JSON.stringify(form)).not.toContain('s3cret');
  expect(form.fields.find(({ id }) => id === 'address')?.value).toBe('postgresql://db:5432/optuna');
});

test('the password file: the first line that fits, escaped as libpq does, and only where others cannot read it', () => {
  const asked = { host: 'h', port: 5432, database: 'd:b', user: 'me' };
  expect(pgpassOf('# h:5432:d\\:b:me:comment\nh:1:*:me:port\r\nh:*:d\\:b:me:p\\:a\\\\ss\n*:*:*:*:late', asked)).toBe('p:a\\ss');
  expect(pgpassOf('h:5432:d:b:me:unescaped\nhost:*:*:*:x\n\nh:*:*:me', asked)).toBeNull();
  const file = join(home, '.pgpass');
  writeFileSync(file, 'db:5432:optuna:me:from-file\n', { mode: 0o600 });
  expect(filled({ address: 'postgresql://me@db/optuna' })).toMatchObject({ settings: { password: 'from-file' }, origins: { password: 'pgpass' } });
  expect(filled({ address: 'mysql://me@db:5432/optuna' }).settings.password).toBeUndefined();
  expect(filled({ address: 'postgresql://me@db/other' }).settings.password).toBeUndefined();
  if (process.platform === 'win32') return;
  chmodSync(file, 0o644);
  expect(filled({ address: 'postgresql://me@db/optuna' }).settings.password).toBeUndefined();
});

test('an address is recognised by its scheme, and nothing is asked', async () => {
  const { signal } = new AbortController();
  expect((await recognise('mysql+pymysql://me@nowhere.invalid/optuna', { env: {}, version: 'test', signal }))?.meta.id).toBe('optuna');
});
