// The form of trackers that are databases, and what it says of where to go.

import type { SqlAccess } from '../../source/sql';
import { sqlAddress } from '../../source/sql-address';
import { type Field, type Settings, SettingsError } from '../../source/tracker';

/** @param env variables in which the tracker's own software looks for the address */
export const sqlForm = (env: readonly string[], example: string): readonly Field[] => [
  {
    id: 'address',
    label: 'Address',
    kind: 'address',
    required: true,
    placeholder: `postgresql://user@host/${example}`,
    env,
    help: 'postgresql:// or mysql://, with a driver or without. Add ?sslmode=verify-full to refuse a server whose certificate nobody vouches for.',
  },
  { id: 'user', label: 'User', kind: 'text', sqlEnv: { postgresql: ['PGUSER'], mysql: [] }, help: 'One that may only read is enough.' },
  {
    id: 'password',
    label: 'Password',
    kind: 'secret',
    sqlEnv: { postgresql: ['PGPASSWORD'], mysql: ['MYSQL_PWD'] },
    pgpass: true,
    help: 'One that stands in the address is moved here and not kept with it.',
  },
  { id: 'database', label: 'Database', kind: 'text', sqlEnv: { postgresql: ['PGDATABASE'], mysql: [] }, help: 'Where the address does not end with it.' },
];

/** @throws SettingsError where the address is none of a database, or lacks a part that no field says */
export function sqlAccess({ address = '', user, password, database }: Settings): SqlAccess {
  const parts = sqlAddress(address);
  if (!parts) throw new SettingsError('address', 'The address of a database begins with postgresql:// or mysql://. A file is opened, not connected to.');
  const { dialect, host, port, tls } = parts;
  const name = parts.database || database;
  const who = user || parts.user;
  if (!name) throw new SettingsError('database', 'Which database? Write it at the end of the address, or here.');
  if (!who) throw new SettingsError('user', 'Which user? Write it before the host (user@host), or here.');
  const base = parts.database === '' ? `${parts.base}/${encodeURIComponent(name)}` : parts.base;
  return { base, dialect, host, port, database: name, user: who, password: password || parts.password || null, tls };
}
