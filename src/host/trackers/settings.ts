// Fills a tracker's form from what was entered, the environment, and files in which people keep addresses and keys.
import type { Dialect } from '../../core/source/sql';
import { dialectOf, sqlAddress } from '../../core/source/sql-address';
import { type Field, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import type { TrackerForm } from '../../wire/trackers';
import type { Environment } from '../http/wire-up';
import { clientSettings } from './client-file';
import { netrcEntry } from './netrc';
import { pgpassPassword } from './pgpass';
import { profileOf } from './profiles';

/** Where a field's value came from: told to the person, and why a secret need not be asked. */
export type Origin = 'entered' | 'address' | 'environment' | 'configuration' | 'profile' | 'netrc' | 'pgpass' | 'initial';

export interface FilledSettings {
  /** With secrets: for opening a connection, never to be kept or shown. */
  readonly settings: Settings;
  readonly origins: Readonly<Record<string, Origin>>;
  /** What may be kept and shown: without secrets, and with the name of a profile where that was the address. */
  readonly kept: Settings;
}

type Form = Pick<Tracker, 'form' | 'hosts' | 'file' | 'profiles' | 'speaks' | 'access'>;

/**
 * What was entered counts first, then the environment, then the file of the tracker's own client, then `.netrc` of the address's host, or
 * `.pgpass` of the database. Credentials of the environment and of the client's file are taken only where the address is theirs too, or the
 * service's own: a token must not go to a host that somebody named. An address that names a profile becomes the server of that profile, with
 * its credentials; a password in the address of a database moves into its field.
 * @throws SettingsError where a field that is required is empty, or a profile cannot be used
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
  const stored = clientSettings(tracker.file, env);
  const set = address && addressIn(env, address, tracker);
  const told = address && stored[address.id];
  if (address) {
    put(address, set, 'environment');
    put(address, told, 'configuration');
    put(address, address.initial, 'initial');
  }
  let shown = address && settings[address.id];
  if (address && shown && tracker.profiles) {
    // Somebody who entered one secret does not mean another one beside it.
    const signsIn = tracker.form.some(({ id, kind }) => kind === 'secret' && entered[id]);
    const profile = profileOf(tracker.profiles, shown, env, signsIn);
    // The name of a profile is no address: the one that it stands for is.
    if (profile && tracker.profiles.named(shown) !== null) settings[address.id] = profile.settings[address.id] as string;
    if (profile && !signsIn) for (const field of tracker.form) put(field, profile.settings[field.id], profile.origin);
  }
  const database = sqlAddress((address && settings[address.id]) ?? '', address?.id);
  const hostIn = (typed: string | undefined): string | null => hostOf(tracker, address?.id ?? '', typed);
  const host = hostIn(address && settings[address.id]);
  const isTheirs = (theirs: string | undefined): boolean =>
    host !== null && (theirs === undefined ? (tracker.hosts?.test(host) ?? false) : hostIn(theirs) === host);
  const isEnvironments = isTheirs(set ?? told) || ((set ?? told) === undefined && host !== null && isClientsHost(host, database?.dialect, env));
  const isFiles = isTheirs(told);
  if (address && database) {
    // A password in an address would be kept with it.
    shown = settings[address.id] = database.address;
    for (const field of tracker.form) if (field.id === 'user' || field.id === 'password') put(field, database[field.id], 'address');
  }
  const entry = host === null ? null : netrcEntry(host, env);
  for (const field of tracker.form) {
    if (field === address) continue;
    if (isEnvironments) put(field, valueIn(env, field, database?.dialect), 'environment');
    if (isFiles) put(field, stored[field.id], 'configuration');
    if (field.netrc) put(field, entry?.[field.netrc], 'netrc');
    put(field, field.initial, 'initial');
  }
  const { user } = settings;
  if (database?.dialect === 'postgresql' && user) {
    const asked = { host: database.host, port: database.port, database: database.database || (settings.database ?? ''), user };
    for (const field of tracker.form) if (field.pgpass && !settings[field.id]) put(field, pgpassPassword(asked, env) ?? undefined, 'pgpass');
  }
  const missing = tracker.form.find((field) => field.required && !settings[field.id]);
  if (missing) throw new SettingsError(missing.id, `${missing.label} is missing.${missing.help ? ` ${missing.help}` : ''}`);
  const kept = withoutSecrets(tracker, settings);
  return { settings, origins, kept: address && shown ? { ...kept, [address.id]: shown } : kept };
}

/** What has a form: a tracker, a bucket. */
interface Formed extends Pick<Tracker, 'form'>, Partial<Pick<Tracker, 'file' | 'speaks' | 'hasEnded'>> {
  readonly meta: Pick<Tracker['meta'], 'id' | 'title' | 'accepts'>;
}

/** The form as a page draws it, filled with what the environment says and is no secret. */
export function formOf(tracker: Formed, env: Environment): TrackerForm {
  const { meta, form } = tracker;
  const stored = clientSettings(tracker.file, env);
  const shown = (field: Field): string | undefined => {
    if (field.kind === 'secret') return undefined;
    const set = field.kind === 'address' ? addressIn(env, field, tracker) : valueIn(env, field);
    return set === undefined ? stored[field.id] : field.kind === 'address' ? withoutPassword(set) : set;
  };
  const fields = form.map((field) => ({
    id: field.id,
    label: field.label,
    kind: field.kind,
    required: field.required ?? false,
    placeholder: field.placeholder ?? '',
    help: field.help ?? '',
    page: field.page ?? '',
    value: field.kind === 'secret' ? '' : (shown(field) ?? field.initial ?? ''),
  }));
  const isNamed = form.some((field) => field.kind === 'address' && shown(field) !== undefined);
  return { id: meta.id, title: meta.title, accepts: meta.accepts, isNamed, hasEnded: tracker.hasEnded ?? false, fields };
}

function withoutSecrets({ form }: Pick<Tracker, 'form'>, settings: Settings): Settings {
  return Object.fromEntries(form.flatMap(({ id, kind }) => (kind === 'secret' || settings[id] === undefined ? [] : [[id, settings[id]]])));
}

/** What must be in no message. */
export const secretsOf = ({ form }: Pick<Tracker, 'form'>, settings: Settings): readonly string[] =>
  form.flatMap(({ id, kind }) => (kind === 'secret' && settings[id] ? [settings[id]] : []));

const valueIn = (env: Environment, { env: names = [], sqlEnv }: Field, dialect?: Dialect): string | undefined =>
  [...names, ...((dialect && sqlEnv?.[dialect]) ?? [])].map((name) => env[name]?.trim()).find((value) => value);

/** What the environment says of where to go: a variable that names a database is not meant for trackers with a server, nor the other way round. */
function addressIn(env: Environment, field: Field, { speaks }: Partial<Pick<Tracker, 'speaks'>>): string | undefined {
  const named = valueIn(env, field);
  return named !== undefined && (dialectOf(named) !== null) === (speaks === 'sql') ? named : undefined;
}

/** An address as it may be shown. */
function withoutPassword(address: string): string {
  try {
    return sqlAddress(address)?.address ?? address;
  } catch {
    return '';
  }
}

/** The host to which the clients of the database itself would go: its user's PGPASSWORD is meant for it. */
const isClientsHost = (host: string, dialect: Dialect | undefined, env: Environment): boolean =>
  (dialect === 'postgresql' && (env.PGHOST === host || env.PGHOSTADDR === host)) || (dialect === 'mysql' && env.MYSQL_HOST === host);

/** The host that would be asked: a person may enter the address of the page instead. Null for what is no address. */
function hostOf({ access }: Pick<Form, 'access'>, field: string, address: string | undefined): string | null {
  if (!address) return null;
  try {
    return sqlAddress(address)?.host ?? new URL(access({ [field]: address }).base).hostname;
  } catch {
    return null;
  }
}
