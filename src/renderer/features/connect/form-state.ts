// What a person entered, and the way from there to an open connection.

import { shownBase, sqlAddress } from '../../../core/source/sql-address';
import type { HostResult } from '../../../wire/host-api';
import type { TrackerForm } from '../../../wire/trackers';
import type { TrackerDoor } from '../../boot/capabilities';

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
