// What a person entered, and the way from there to an open connection.

import { shownBase, sqlAddress } from '../../../core/source/sql-address';
import type { HostResult } from '../../../wire/host-api';
import type { TrackerForm } from '../../../wire/trackers';
import type { TrackerDoor } from '../../boot/capabilities';
import type { KnownConnection } from '../../state/settings';

/** Any tracker: whichever answers at the address. */
export const anyTracker = 'any';

export interface Entered {
  readonly tracker: string;
  /** By field; secrets too, until they are handed over. */
  readonly values: Readonly<Record<string, string>>;
  readonly remember: boolean;
  /** A certificate (PEM) that the person chose to trust. */
  readonly certificate: string | null;
}

/** An address as a base, or null while it is none. */
export function baseOrNull(address: string): string | null {
  try {
    return address.trim() === '' ? null : shownBase(address);
  } catch {
    return null;
  }
}

/** User and password that stand in the address of a database, moved into their fields: an address is kept, a password is not. */
export function withoutPassword(form: TrackerForm | null, values: Entered['values']): Entered['values'] {
  const has = (id: string): boolean => form?.fields.some((field) => field.id === id) ?? false;
  if (!has('user') || !has('password')) return values;
  try {
    const parts = sqlAddress(values.address ?? '');
    if (!parts || (parts.user === '' && parts.password === '')) return values;
    return { ...values, address: parts.address, user: parts.user || (values.user ?? ''), password: parts.password || (values.password ?? '') };
  } catch {
    return values;
  }
}

/**
 * What a person typed, as far as another form asks for the same. What the form before had filled in by itself is not theirs; and a secret is meant
 * for the address that it was typed beside, so it goes along with that alone.
 * @param form null: only the address is asked for
 */
export function carried(before: TrackerForm | null, form: TrackerForm | null, values: Entered['values']): Entered['values'] {
  if (before === null) return values;
  type Field = TrackerForm['fields'][number];
  const isTyped = ({ id, value }: Field): boolean => (values[id] ?? '') !== value;
  const keepsAddress = before.fields.some((field) => field.kind === 'address' && isTyped(field));
  const isAsked = ({ id, kind, label }: Field): boolean =>
    form?.fields.some((field) => field.id === id && field.kind === kind && field.label === label) ?? false;
  const goes = (field: Field): boolean => field.kind === 'address' || (isAsked(field) && (field.kind !== 'secret' || keepsAddress));
  return Object.fromEntries(before.fields.filter((field) => isTyped(field) && goes(field)).map(({ id }) => [id, values[id] ?? '']));
}

/** What is kept of a connection, so that it need not be entered again: nothing that is secret. */
export function knownConnection(form: TrackerForm, values: Entered['values']): KnownConnection {
  const shown = withoutPassword(form, values);
  return {
    tracker: form.id,
    values: Object.fromEntries(form.fields.flatMap(({ id, kind }) => (kind === 'secret' || !shown[id]?.trim() ? [] : [[id, shown[id].trim()]]))),
  };
}

/** Fields that are empty get what the environment says of them. An address that is a place within a service goes where the form asks for that. */
export function filled({ fields }: TrackerForm, { address = '', ...values }: Entered['values']): Entered['values'] {
  const isPlace = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(address.trim()) && fields.some(({ id }) => id === 'place');
  const entered = isPlace ? { place: address.trim(), ...values } : { address, ...values };
  return Object.fromEntries(fields.map(({ id, value }) => [id, (entered as Entered['values'])[id] || value]));
}

/** The name under which the host keeps the token of a field. */
export const secretKind = (tracker: string, field: string): string => `${tracker}-${field}`;

/**
 * Hands over what is secret, then says hello.
 * @throws WireError where the host itself fails
 */
export async function connectWith(
  door: TrackerDoor,
  form: TrackerForm | null,
  { tracker, values, remember, certificate }: Entered,
  signal: AbortSignal,
): Promise<HostResult<'connect'>> {
  const base = baseOrNull(values.address ?? '');
  const settings: Record<string, string> = {};
  for (const { id, kind } of form?.fields ?? [{ id: 'address', kind: 'address' as const }]) {
    const value = values[id]?.trim() ?? '';
    if (value === '') continue;
    if (kind !== 'secret') settings[id] = value;
    else if (base) await door.keepSecret({ kind: secretKind(tracker, id), address: base, secret: value, remember }, signal);
  }
  return door.connect({ tracker: tracker === anyTracker ? null : tracker, settings, ...(certificate === null ? {} : { certificate }) }, signal);
}
