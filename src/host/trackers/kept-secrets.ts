// Secrets of a form that were kept: by tracker, field and the origin that alone may get them.
import { shownBase, sqlAddress } from '../../core/source/sql-address';
import type { Settings, Tracker } from '../../core/source/tracker';
import { type SecretStore, secretKey } from '../secrets/secrets';

/** What has a form with secrets: a tracker, a bucket. */
interface Formed extends Pick<Tracker, 'form'>, Partial<Pick<Tracker, 'profiles'>> {
  readonly meta: Pick<Tracker['meta'], 'id'>;
}

/** The kind under which a field's secret is kept. */
export const secretKind = (tracker: Pick<Formed, 'meta'>, field: string): string => `${tracker.meta.id}-${field}`;

/** The secrets of a form for the address that was entered; fields that were entered are left out. */
export async function keptSecrets(tracker: Formed, entered: Settings, secrets: SecretStore): Promise<Settings> {
  const address = tracker.form.find(({ kind }) => kind === 'address');
  const typed = address && (entered[address.id] ?? address.initial);
  // The name of a profile brings its own.
  if (!typed || (tracker.profiles?.named(typed) ?? null) !== null) return {};
  const base = shownBase(typed);
  const found: Record<string, string> = {};
  for (const { id, kind } of tracker.form) {
    // A password that was just written into the address counts more than one of before.
    if (kind !== 'secret' || entered[id] || (id === 'password' && sqlAddress(typed)?.password)) continue;
    const secret = await secrets.get(secretKey(secretKind(tracker, id), base));
    if (secret) found[id] = secret.reveal();
  }
  return found;
}
