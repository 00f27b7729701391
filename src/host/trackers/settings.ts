// Fills a tracker's form from what was entered, the environment, the file of the tracker's own client and `.netrc`.
import { type Field, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import type { TrackerForm } from '../../wire/trackers';
import type { Environment } from '../http/wire-up';
import { clientSettings } from './client-file';
import { netrcEntry } from './netrc';

/** Where a field's value came from: told to the person, and why a secret need not be asked. */
export type Origin = 'entered' | 'environment' | 'configuration' | 'netrc' | 'initial';

export interface FilledSettings {
  /** With secrets: for opening a connection, never to be kept or shown. */
  readonly settings: Settings;
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * What was entered counts first, then the environment, then the file of the tracker's own client, then `.netrc` of the address's host.
 * Credentials of the environment and of the file are taken only where the address is theirs too, or the service's own: a token must not go
 * to a host that somebody named.
 * @throws SettingsError where a field that is required is empty
 */
export function fillSettings(tracker: Pick<Tracker, 'form' | 'hosts' | 'file' | 'access'>, entered: Settings, env: Environment): FilledSettings {
  const settings: Record<string, string> = {};
  const origins: Record<string, Origin> = {};
  const put = (field: Field, value: string | undefined, origin: Origin): void => {
    if (!value || settings[field.id]) return;
    settings[field.id] = value;
    origins[field.id] = origin;
  };
  for (const field of tracker.form) put(field, entered[field.id]?.trim(), 'entered');
  const address = tracker.form.find(({ kind }) => kind === 'address');
  const kept = clientSettings(tracker.file, env);
  const told = address && kept[address.id];
  const named = (address && valueIn(env, address)) ?? told;
  if (address) {
    put(address, valueIn(env, address), 'environment');
    put(address, told, 'configuration');
    put(address, address.initial, 'initial');
  }
  const place = address ? settings[address.id] : undefined;
  const hostIn = (typed: string | undefined): string | null => hostOf(tracker, address?.id ?? '', typed);
  const host = hostIn(place);
  const isTheirs = (theirs: string | undefined): boolean =>
    host !== null && (hostIn(theirs) === host || (theirs === undefined && (tracker.hosts?.test(host) ?? false)));
  const [isEnvironments, isFiles] = [isTheirs(named), isTheirs(told)];
  const entry = host === null ? null : netrcEntry(host, env);
  for (const field of tracker.form) {
    if (field === address) continue;
    if (isEnvironments) put(field, valueIn(env, field), 'environment');
    if (isFiles) put(field, kept[field.id], 'configuration');
    if (field.netrc) put(field, entry?.[field.netrc], 'netrc');
    put(field, field.initial, 'initial');
  }
  const missing = tracker.form.find((field) => field.required && !settings[field.id]);
  if (missing) throw new SettingsError(missing.id, `${missing.label} is missing.${missing.help ? ` ${missing.help}` : ''}`);
  return { settings, origins };
}

/** The form as a page draws it, filled with what the environment says and is no secret. */
export function formOf(tracker: Tracker, env: Environment): TrackerForm {
  const { meta, form } = tracker;
  const kept = clientSettings(tracker.file, env);
  const fields = form.map((field) => ({
    id: field.id,
    label: field.label,
    kind: field.kind,
    required: field.required ?? false,
    placeholder: field.placeholder ?? '',
    help: field.help ?? '',
    value: field.kind === 'secret' ? '' : (valueIn(env, field) ?? kept[field.id] ?? field.initial ?? ''),
  }));
  const isNamed = form.some((field) => field.kind === 'address' && (valueIn(env, field) ?? kept[field.id]) !== undefined);
  return { id: meta.id, title: meta.tracker.name, accepts: meta.accepts, isNamed, fields };
}

/** What may be kept and shown: without secrets. */
export function withoutSecrets({ form }: Pick<Tracker, 'form'>, settings: Settings): Settings {
  return Object.fromEntries(form.flatMap(({ id, kind }) => (kind === 'secret' || settings[id] === undefined ? [] : [[id, settings[id]]])));
}

/** The values that no message may show. */
export const secretsOf = ({ form }: Pick<Tracker, 'form'>, settings: Settings): readonly string[] =>
  form.flatMap(({ id, kind }) => (kind === 'secret' && settings[id] ? [settings[id]] : []));

const valueIn = (env: Environment, { env: names = [] }: Field): string | undefined => names.map((name) => env[name]?.trim()).find((value) => value);

/** The host that would be asked: a person may enter the address of the page instead. Null for what is no address. */
function hostOf({ access }: Pick<Tracker, 'access'>, field: string, address: string | undefined): string | null {
  if (!address) return null;
  try {
    return new URL(access({ [field]: address }).base).hostname;
  } catch {
    return null;
  }
}
