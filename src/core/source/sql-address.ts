// Addresses of databases as SQLAlchemy and libpq write them: `postgresql+psycopg2://user:password@host:5432/database?sslmode=require`.

import type { Dialect, TlsMode } from './sql';
import { baseOf, SettingsError } from './tracker';

/** Scheme before its driver → the dialect that is spoken there. */
const dialects: Readonly<Record<string, Dialect>> = { postgresql: 'postgresql', postgres: 'postgresql', mysql: 'mysql', mariadb: 'mysql' };
const ports: Readonly<Record<Dialect, number>> = { postgresql: 5432, mysql: 3306 };

const libpqModes: Readonly<Record<string, TlsMode>> = {
  disable: 'disable',
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
  // Words of MySQL's own clients.
  disabled: 'disable',
  preferred: 'prefer',
  required: 'require',
  verify_ca: 'verify-ca',
  verify_identity: 'verify-full',
};

export interface SqlAddress {
  readonly dialect: Dialect;
  /** Without a driver, user, password and options: what may be shown and kept. */
  readonly base: string;
  /** The same with the option that says how much TLS is asked for, where there was one. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** '' where the address names none. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: TlsMode;
}

/** The dialect of an address by its scheme; null for what is no address of a database. */
export function dialectOf(typed: string): Dialect | null {
  const scheme = /^\s*([a-z]+)(?:\+[a-z0-9_]+)?:\/\//i.exec(typed)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(dialects, scheme) ? (dialects[scheme] ?? null) : null;
}

/**
 * Takes an address apart; null for what is no address of a database.
 * @throws SettingsError for one that cannot be right; it never quotes the address, as there may be a password in it
 */
export function sqlAddress(typed: string, field = 'address'): SqlAddress | null {
  const dialect = dialectOf(typed);
  if (dialect === null) return null;
  const rest = typed.trim().replace(/^[^:]+:\/\//, '');
  const [, who = '', where = '', path = '', query = ''] = /^(?:([^/?#]*)@)?([^@/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(rest) ?? [];
  const [, host = '', portText] = /^(\[[0-9a-f:.%]+\]|[^:[\],\s]+)(?::(\d{1,5}))?$/i.exec(where) ?? [];
  if (host === '') throw new SettingsError(field, `The address names no host that can be read: it looks like ${dialect}://user@host/database.`);
  const port = portText === undefined ? ports[dialect] : Number(portText);
  if (port < 1 || port > 65_535) throw new SettingsError(field, `${portText} is no port.`);
  const colon = who.indexOf(':');
  const mode = /(?:^|&)ssl[-_]?mode=([^&]*)/i.exec(query)?.[1] ?? null;
  const tls = mode === null ? 'prefer' : Object.hasOwn(libpqModes, mode.toLowerCase()) ? libpqModes[mode.toLowerCase()] : undefined;
  if (tls === undefined) throw new SettingsError(field, `sslmode is one of ${[...new Set(Object.values(libpqModes))].join(', ')}.`);
  const database = decoded(path, field);
  const base = `${dialect}://${host.toLowerCase()}:${port}${database === '' ? '' : `/${encodeURIComponent(database)}`}`;
  return {
    dialect,
    base,
    address: mode === null ? base : `${base}?sslmode=${tls}`,
    host: host.toLowerCase().replace(/^\[|\]$/g, ''),
    port,
    database,
    user: decoded(colon < 0 ? who : who.slice(0, colon), field),
    password: decoded(colon < 0 ? '' : who.slice(colon + 1), field),
    tls,
  };
}

/** Any address of a tracker, as it may be shown and kept. @throws SettingsError when it is none */
export const shownBase = (typed: string): string => sqlAddress(typed)?.base ?? baseOf(typed);

function decoded(text: string, field: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SettingsError(field, 'The address has a % that is no percent-encoding: write %25 for it.');
  }
}
