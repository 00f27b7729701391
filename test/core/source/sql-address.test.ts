// Addresses of databases: what is kept of them, what is not, and what is refused without being quoted.
import { expect, test } from 'vitest';
import { tracker } from '../../../src/core/readers/optuna/tracker';
import { dialectOf, shownBase, sqlAddress } from '../../../src/core/source/sql-address';
import { SettingsError } from '../../../src/core/source/tracker';

test.each([
  [
    'postgresql://h/db',
    { dialect: 'postgresql', base: 'postgresql://h:5432/db', host: 'h', port: 5432, database: 'db', user: '', password: '', tls: 'prefer' },
  ],
  ['postgres://u@h:1/db', { base: 'postgresql://h:1/db', user: 'u', password: '' }],
  [
    ' postgresql+psycopg2://u:p%40%2F%3A@H.Example:6543/my%20db ',
    { base: 'postgresql://h.example:6543/my%20db', database: 'my db', user: 'u', password: 'p@/:' },
  ],
  ['mysql+pymysql://u:p:q@h/db?charset=utf8mb4', { dialect: 'mysql', base: 'mysql://h:3306/db', address: 'mysql://h:3306/db', password: 'p:q' }],
  ['mysql://u:p@q@h/db', { user: 'u', password: 'p@q', host: 'h' }],
  ['mariadb+mysqldb://h', { dialect: 'mysql', base: 'mysql://h:3306', database: '' }],
  ['postgresql://[2001:db8::1]:5433/db', { base: 'postgresql://[2001:db8::1]:5433/db', host: '2001:db8::1', port: 5433 }],
  ['postgresql://u:p@h/db?application_name=x&sslmode=verify-full', { address: 'postgresql://h:5432/db?sslmode=verify-full', tls: 'verify-full' }],
  ['mysql://h/db?ssl_mode=VERIFY_IDENTITY', { address: 'mysql://h:3306/db?sslmode=verify-full', tls: 'verify-full' }],
  ['mysql://h/db?ssl-mode=REQUIRED', { tls: 'require' }],
])('%s', (typed, parts) => {
  expect(sqlAddress(typed)).toMatchObject(parts);
  const kept = sqlAddress(typed)?.address ?? '';
  expect(sqlAddress(kept)).toMatchObject({ base: sqlAddress(typed)?.base, tls: sqlAddress(typed)?.tls, user: '', password: '' });
});

test.each(['http://h', 'https://h/postgresql://x', 'sqlite:///a.db', 'h:5432', '', 'constructor://h/db', 'journal.log'])('%j is of no database', (typed) => {
  expect(dialectOf(typed)).toBeNull();
  expect(sqlAddress(typed)).toBeNull();
});

test.each([
  'postgresql:///hunter2-db?host=/var/run',
  'postgresql://u:hunter2@h1,h2/db',
  'postgresql://u:hunter2@h:99999/db',
  'postgresql://u:hunter2%zz@h/db',
  'postgresql://u:hunter2@h/db?sslmode=maybe',
  'postgresql://u:hunter2@/db',
  'mysql://u:hunter2@h:x/db',
])('%j is refused, and not quoted', (typed) => {
  expect(() => sqlAddress(typed)).toThrow(SettingsError);
  expect(() => sqlAddress(typed)).toThrow(/^((?!hunter2).)*$/s);
});

test('any address of a tracker has a base to show', () => {
  expect([shownBase('host:5000/'), shownBase('mysql://u:p@h/db')]).toEqual(['http://host:5000', 'mysql://h:3306/db']);
});

test('what the address does not say, the fields do', () => {
  expect(tracker.access({ address: 'mysql://h', user: 'u', password: 'p', database: 'd/b' })).toMatchObject({
    base: 'mysql://h:3306/d%2Fb',
    database: 'd/b',
    user: 'u',
  });
  expect(tracker.access({ address: 'postgresql://u:p@h/db', user: 'v' })).toMatchObject({ user: 'v', password: 'p', database: 'db' });
  for (const [settings, field] of [
    [{ address: 'postgresql://u@h' }, 'database'],
    [{ address: 'postgresql://h/db' }, 'user'],
    [{ address: 'sqlite:///study.db' }, 'address'],
  ] as const) {
    const error = (() => {
      try {
        return tracker.access(settings);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ name: 'SettingsError', field });
  }
});
