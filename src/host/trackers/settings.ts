// Fills a tracker's form from what was entered, the environment, the file of the tracker's own client, profiles of its tools and `.netrc`.
import { type Field, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import type { TrackerForm } from '../../wire/trackers';
import type { Environment } from '../http/wire-up';
import { clientSettings } from './client-file';
import { netrcEntry } from './netrc';
import { profileOf } from './profiles';

/** Where a field's value came from: told to the person, and why a secret need not be asked. */
export type Origin = 'entered' | 'environment' | 'configuration' | 'profile' | 'netrc' | 'initial';

export interface FilledSettings {
  /** With secrets: for opening a connection, never to be kept or shown. */
  readonly settings: Settings;
  readonly origins: Readonly<Record<string, Origin>>;
  /** What may be kept and shown: without secrets, and with the name of a profile where that was the address. */
  readonly kept: Settings;
}

/**
 * What was entered counts first, then the environment, then the file of the tracker's own client, then `.netrc` of the address's host.
 * Credentials of the environment and of the file are taken only where the address is theirs too, or the service's own: a token must not go
 * to a host that somebody named. An address that names a profile becomes the server of that profile, with its credentials.
 * @throws SettingsError where a field that is required is empty, or a profile cannot be used
 */
export function fillSettings(
  tracker: Pick<Tracker, 'form' | 'hosts' | 'file' | 'profiles' | 'access'>,
  entered: Settings,
  env: Environment,
): FilledSettings {
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
  const told = address && stored[address.id];
  const named = (address && valueIn(env, address)) ?? told;
  if (address) {
    put(address, valueIn(env, address), 'environment');
    put(address, told, 'configuration');
    put(address, address.initial, 'initial');
  }
  const typed = address && settings[address.id];
  if (address && typed && tracker.profiles) {
    // Somebody who entered one secret does not mean another one beside it.
    const signsIn = tracker.form.some(({ id, kind }) => kind === 'secret' && entered[id]);
    const profile = profileOf(tracker.profiles, typed, env, signsIn);
    // The name of a profile is no address: the one that it stands for is.
    if (profile && tracker.profiles.named(typed) !== null) settings[address.id] = profile.settings[address.id] as string;
    if (profile && !signsIn) for (const field of tracker.form) put(field, profile.settings[field.id], profile.origin);
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
    if (isFiles) put(field, stored[field.id], 'configuration');
    if (field.netrc) put(field, entry?.[field.netrc], 'netrc');
    put(field, field.initial, 'initial');
  }
  const missing = tracker.form.find((field) => field.required && !settings[field.id]);
  if (missing) throw new SettingsError(missing.id, `${missing.label} is missing.${missing.help ? ` ${missing.help}` : ''}`);
  const kept = withoutSecrets(tracker, settings);
  return { settings, origins, kept: address && typed ? { ...kept, [address.id]: typed } : kept };
}

/** The form as a page draws it, filled with what the environment says and is no secret. */
export function formOf(tracker: Tracker, env: Environment): TrackerForm {
  const { meta, form } = tracker;
  const stored = clientSettings(tracker.file, env);
  const fields = form.map((field) => ({
    id: field.id,
    label: field.label,
    kind: field.kind,
    required: field.required ?? false,
    placeholder: field.placeholder ?? '',
    help: field.help ?? '',
    value: field.kind === 'secret' ? '' : (valueIn(env, field) ?? stored[field.id] ?? field.initial ?? ''),
  }));
  const isNamed = form.some((field) => field.kind === 'address' && (valueIn(env, field) ?? stored[field.id]) !== undefined);
  return { id: meta.id, title: meta.tracker.name, accepts: meta.accepts, isNamed, fields };
}

function withoutSecrets({ form }: Pick<Tracker, 'form'>, settings: Settings): Settings {
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
