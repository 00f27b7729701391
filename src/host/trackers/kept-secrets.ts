// Secrets of a form that were kept: by tracker, field and the origin that alone may get them.
import { baseOf, type Settings, type Tracker } from '../../core/source/tracker';
import { type SecretStore, secretKey } from '../secrets/secrets';

/** What has a form with secrets: a tracker, a bucket. */
interface Formed extends Pick<Tracker, 'form'> {
  readonly meta: Pick<Tracker['meta'], 'id'>;
}

/** The kind under which a field's secret is kept. */
export const secretKind = (tracker: Pick<Formed, 'meta'>, field: string): string => `${tracker.meta.id}-${field}`;

/** The secrets of a form for the address that was entered; fields that were entered are left out. */
export async function keptSecrets(tracker: Formed, entered: Settings, secrets: SecretStore): Promise<Settings> {
  const address = tracker.form.find(({ kind }) => kind === 'address');
  const typed = address && (entered[address.id] ?? address.initial);
  if (!typed) return {};
  const base = baseOf(typed);
  const found: Record<string, string> = {};
  for (const { id, kind } of tracker.form) {
    if (kind !== 'secret' || entered[id]) continue;
    const secret = await secrets.get(secretKey(secretKind(tracker, id), base));
    if (secret) found[id] = secret.reveal();
  }
  return found;
}
