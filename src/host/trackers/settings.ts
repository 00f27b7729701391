// Fills a tracker's form from what was entered, the environment and `.netrc`.
import { type Field, type Settings, SettingsError, type Tracker } from '../../core/source/tracker';
import type { TrackerForm } from '../../wire/trackers';
import type { Environment } from '../http/wire-up';
import { netrcEntry } from './netrc';

/** Where a field's value came from: told to the person, and why a secret need not be asked. */
export type Origin = 'entered' | 'environment' | 'netrc' | 'initial';

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
export function fillSettings(tracker: Pick<Tracker, 'form' | 'hosts'>, entered: Settings, env: Environment): FilledSettings {
  const settings: Record<string, string> = {};
  const origins: Record<string, Origin> = {};
  const put = (field: Field, value: string | undefined, origin: Origin): void => {
    if (!value || settings[field.id]) return;
    settings[field.id] = value;
    origins[field.id] = origin;
  };
  for (const field of tracker.form) put(field, entered[field.id]?.trim(), 'entered');
  const address = tracker.form.find(({ kind }) => kind === 'address');
  const named = address && valueIn(env, address);
  if (address) {
    put(address, named, 'environment');
    put(address, address.initial, 'initial');
  }
  const place = address ? settings[address.id] : undefined;
  const host = hostOf(place);
  const isEnvironments = host !== null && (hostOf(named) === host || (named === undefined && (tracker.hosts?.test(host) ?? false)));
  const entry = host === null ? null : netrcEntry(host, env);
  for (const field of tracker.form) {
    if (field === address) continue;
    if (isEnvironments) put(field, valueIn(env, field), 'environment');
    if (field.netrc) put(field, entry?.[field.netrc], 'netrc');
    put(field, field.initial, 'initial');
  }
  const missing = tracker.form.find((field) => field.required && !settings[field.id]);
  if (missing) throw new SettingsError(missing.id, `${missing.label} is missing.${missing.help ? ` ${missing.help}` : ''}`);
  return { settings, origins };
}

/** The form as a page draws it, filled with what the environment says and is no secret. */
export function formOf(of: Pick<Tracker, 'form'> & { readonly meta: Pick<Tracker['meta'], 'id' | 'tracker' | 'accepts'> }, env: Environment): TrackerForm {
  const { meta, form } = of;
  const fields = form.map((field) => ({
    id: field.id,
    label: field.label,
    kind: field.kind,
    required: field.required ?? false,
    placeholder: field.placeholder ?? '',
    help: field.help ?? '',
    value: field.kind === 'secret' ? '' : (valueIn(env, field) ?? field.initial ?? ''),
  }));
  const isNamed = form.some((field) => field.kind === 'address' && valueIn(env, field) !== undefined);
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

function hostOf(address: string | undefined): string | null {
  if (!address) return null;
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`).hostname;
  } catch {
    return null;
  }
}
