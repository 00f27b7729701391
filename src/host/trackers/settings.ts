// Fills a tracker's form from what was entered, the environment, `.netrc` and `.pgpass`.
import type { SqlAccess } from '../../core/source/sql';
import { dialectOf, sqlAddress } from '../../core/source/sql-address';
import { type Field, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import type { TrackerForm } from '../../wire/trackers';
import type { Environment } from '../http/wire-up';
import { netrcEntry } from './netrc';
import { pgpassPassword } from './pgpass';

/** Where a field's value came from: told to the person, and why a secret need not be asked. */
export type Origin = 'entered' | 'address' | 'environment' | 'netrc' | 'pgpass' | 'initial';

type Form = Pick<Tracker, 'form' | 'hosts' | 'speaks'>;

export interface FilledSettings {
  /** With secrets: for opening a connection, never to be kept or shown. */
  readonly settings: Settings;
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * What was entered counts first, then the environment, then `.netrc` of the address's host. Credentials of the environment are taken only
 * where the address is the one of the environment too, or the service's own: a token must not go to a host that somebody named.
 * @throws SettingsError where a field that is required is empty
 */
export function fillSettings(tracker: Form, entered: Settings, env: Environment): FilledSettings {
  const settings: Record<string, string> = {};
  const origins: Record<string, Origin> = {};
  const put = (field: Field, value: string | undefined, origin: Origin): void => {
    if (!value || settings[field.id]) return;
    settings[field.id] = value;
    origins[field.id] = origin;
  };
  for (const field of tracker.form) put(field, entered[field.id]?.trim(), 'entered');
  const address = tracker.form.find(({ kind }) => kind === 'address');
  const named = address && namedAddress(tracker, address, env);
  if (address) {
    put(address, named, 'environment');
    put(address, address.initial, 'initial');
  }
  const place = address ? settings[address.id] : undefined;
  const host = hostOf(place);
  const dialect = dialectOf(place ?? '');
  const isEnvironments =
    host !== null && (hostOf(named) === host || (named === undefined && ((tracker.hosts?.test(host) ?? false) || isClientsHost(host, dialect, env))));
  // A password in an address would be kept with it.
  const parts = address && dialect !== null ? sqlAddress(place ?? '', address.id) : null;
  if (address && parts) {
    settings[address.id] = parts.address;
    for (const field of tracker.form) if (field.id === 'user' || field.id === 'password') put(field, parts[field.id], 'address');
  }
  const entry = host === null ? null : netrcEntry(host, env);
  for (const field of tracker.form) {
    if (field === address) continue;
    if (isEnvironments) put(field, valueIn(env, field, dialect), 'environment');
    if (field.netrc) put(field, entry?.[field.netrc], 'netrc');
    put(field, field.initial, 'initial');
  }
  const { user, database = '' } = settings;
  if (parts?.dialect === 'postgresql' && user) {
    const asked = { host: parts.host, port: parts.port, database: parts.database || database, user };
    for (const field of tracker.form) if (field.pgpass && !settings[field.id]) put(field, pgpassPassword(asked, env) ?? undefined, 'pgpass');
  }
  const missing = tracker.form.find((field) => field.required && !settings[field.id]);
  if (missing) throw new SettingsError(missing.id, `${missing.label} is missing.${missing.help ? ` ${missing.help}` : ''}`);
  return { settings, origins };
}

/** The form as a page draws it, filled with what the environment says and is no secret. */
export function formOf(tracker: Tracker, env: Environment): TrackerForm {
  const { meta, form } = tracker;
  const fields = form.map((field) => ({
    id: field.id,
    label: field.label,
    kind: field.kind,
    required: field.required ?? false,
    placeholder: field.placeholder ?? '',
    help: field.help ?? '',
    value: field.kind === 'secret' ? '' : field.kind === 'address' ? shownAddress(tracker, field, env) : (valueIn(env, field) ?? field.initial ?? ''),
  }));
  const isNamed = form.some((field) => field.kind === 'address' && namedAddress(tracker, field, env) !== undefined);
  return { id: meta.id, title: meta.tracker.name, accepts: meta.accepts, isNamed, fields };
}

/** What may be kept and shown: without secrets. */
export function withoutSecrets({ form }: Pick<Tracker, 'form'>, settings: Settings): Settings {
  return Object.fromEntries(form.flatMap(({ id, kind }) => (kind === 'secret' || settings[id] === undefined ? [] : [[id, settings[id]]])));
}

/** The values that no message may show. */
export const secretsOf = ({ form }: Pick<Tracker, 'form'>, settings: Settings): readonly string[] =>
  form.flatMap(({ id, kind }) => (kind === 'secret' && settings[id] ? [settings[id]] : []));

const valueIn = (env: Environment, { env: names = [], sqlEnv }: Field, dialect: SqlAccess['dialect'] | null = null): string | undefined =>
  [...names, ...(dialect === null ? [] : (sqlEnv?.[dialect] ?? []))].map((name) => env[name]?.trim()).find((value) => value);

/** What the environment says of where to go: a variable that names a database is not meant for trackers with a server, nor the other way round. */
function namedAddress({ speaks }: Pick<Form, 'speaks'>, field: Field, env: Environment): string | undefined {
  const named = valueIn(env, field);
  return named !== undefined && (dialectOf(named) !== null) === (speaks === 'sql') ? named : undefined;
}

/** As it may be shown: without a password that the environment has in it. */
function shownAddress(tracker: Pick<Form, 'speaks'>, field: Field, env: Environment): string {
  const named = namedAddress(tracker, field, env);
  if (named === undefined) return field.initial ?? '';
  try {
    return sqlAddress(named)?.address ?? named;
  } catch {
    return '';
  }
}

/** The host to which the clients of the database itself would go: its user's PGPASSWORD is meant for it. */
const isClientsHost = (host: string, dialect: SqlAccess['dialect'] | null, env: Environment): boolean =>
  (dialect === 'postgresql' && (env.PGHOST === host || env.PGHOSTADDR === host)) || (dialect === 'mysql' && env.MYSQL_HOST === host);

function hostOf(address: string | undefined): string | null {
  if (!address) return null;
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`).hostname;
  } catch {
    return null;
  }
}
