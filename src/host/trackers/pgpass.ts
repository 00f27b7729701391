// The password file of PostgreSQL's clients: `host:port:database:user:password`, `*` for any.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SqlAccess } from '../../core/source/sql';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;
const shared = 0o077;

type Asked = Pick<SqlAccess, 'host' | 'port' | 'database' | 'user'>;

/** The password for a database, or null. A file that cannot be read, or that others may read (libpq takes none of those), has none. */
export function pgpassPassword(asked: Asked, env: Environment): string | null {
  const windows = process.platform === 'win32';
  const usual = windows ? join(env.APPDATA ?? homedir(), 'postgresql', 'pgpass.conf') : join(env.HOME ?? homedir(), '.pgpass');
  const file = env.PGPASSFILE || usual;
  try {
    const { size, mode } = statSync(file);
    if (size > mostBytes || (!windows && (mode & shared) !== 0)) return null;
    return pgpassOf(readFileSync(file, 'utf8'), asked);
  } catch {
    return null;
  }
}

/** The first line that fits counts. A backslash takes the next character as it is. */
export function pgpassOf(text: string, { host, port, database, user }: Asked): string | null {
  const asked = [host, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, field = '']) => field);
    const password = fields[asked.length];
    if (password && asked.every((value, at) => fields[at] === '*' || plain(fields[at] ?? '') === value)) return plain(password);
  }
  return null;
}

const plain = (field: string): string => field.replace(/\\(.)/g, '$1');
