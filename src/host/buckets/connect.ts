// From what a person entered to a bucket that is kept as a place: asked once, so that what is wrong is said in the dialog.
import { issueCatalogue } from '../../core/base/issues';
import { HttpError } from '../../core/source/http';
import { SourceError } from '../../core/source/source';
import { type Settings, SettingsError } from '../../core/source/tracker';
import type { Refused } from '../../wire/trackers';
import { certificateOf } from '../http/certificate';
import { keptSecrets } from '../trackers/kept-secrets';
import { addressText, isAddress } from './address';
import { BucketClient } from './client';
import { bucketForm } from './form';
import type { Services } from './kept';
import { isThere } from './listing';
import type { BucketPlace } from './place';
import { bucketAccess } from './settings';

export interface AskedBucket {
  readonly tracker: string | null;
  readonly settings: Settings;
  readonly certificate?: string | undefined;
}

/** It is a bucket that was named: by its form, or by its address where no form was chosen. */
export const isBucket = ({ tracker, settings }: AskedBucket): boolean =>
  tracker === bucketForm.meta.id || (tracker === null && isAddress(settings.address ?? '') && !/^https?:/i.test(settings.address ?? ''));

/** Asks for the first objects. Nothing is kept of secrets. */
export async function connectBucket(asked: AskedBucket, { secrets, env, version }: Services, signal: AbortSignal): Promise<BucketPlace | Refused> {
  const { certificate: trusted } = asked;
  const entered: Settings = asked.tracker === null ? { place: asked.settings.address ?? '' } : asked.settings;
  let client: BucketClient | null = null;
  try {
    const kept = entered.address === undefined ? {} : await keptSecrets(bucketForm, entered, secrets);
    const access = bucketAccess({ ...kept, ...entered }, env);
    client = new BucketClient(access, { env, version, ...(trusted === undefined ? {} : { trusted }) });
    if (!(await isThere(client, access.address, signal))) throw new SettingsError('place', `There is nothing at ${addressText(access.address)}.`);
    const open = Object.fromEntries(bucketForm.form.flatMap(({ id, kind }) => (kind === 'secret' || !entered[id]?.trim() ? [] : [[id, entered[id].trim()]])));
    return { settings: { ...open, place: addressText(access.address) }, ...(trusted === undefined ? {} : { trusted }) };
  } catch (error) {
    signal.throwIfAborted();
    const shared = { tracker: bucketForm.meta.id, certificate: null } as const;
    if (error instanceof SettingsError) return { ...shared, field: error.field, code: 'settings', message: error.message, tip: '' };
    if (!(error instanceof SourceError)) throw error;
    const tip = (error instanceof HttpError ? error.tip : undefined) ?? issueCatalogue[error.code].tip;
    const certificate = error.code === 'certificate' && client ? await certificateOf(client.origin) : null;
    return { ...shared, field: null, code: error.code, message: error.message, tip, certificate };
  } finally {
    await client?.close();
  }
}
