// A bucket that was connected to before: the job that reads it again, and how it stands now.
import { createHash } from 'node:crypto';
import { SourceError } from '../../core/source/source';
import { SettingsError } from '../../core/source/tracker';
import { WireError } from '../../wire/errors';
import type { SourceState } from '../../wire/host-api';
import type { Environment } from '../http/wire-up';
import type { SecretStore } from '../secrets/secrets';
import type { BucketJob } from '../sources/source-at';
import { keptSecrets } from '../trackers/kept-secrets';
import { BucketClient } from './client';
import { bucketForm } from './form';
import { pages } from './listing';
import type { BucketPlace } from './place';
import { bucketAccess } from './settings';

export interface Services {
  readonly secrets: SecretStore;
  readonly env: Environment;
  readonly version: string;
}

/** @throws WireError where something is missing */
export async function bucketJob(place: BucketPlace, { secrets, env, version }: Services): Promise<BucketJob> {
  try {
    // Keys that were entered belong to the endpoint that was entered with them.
    const kept = place.settings.address === undefined ? {} : await keptSecrets(bucketForm, place.settings, secrets);
    const access = bucketAccess({ ...place.settings, ...kept }, env);
    return { access, version, ...(place.trusted === undefined ? {} : { trusted: place.trusted }) };
  } catch (error) {
    if (error instanceof SettingsError) throw new WireError('refused', error.message, 'Connect again.');
    throw error;
  }
}

const gone: SourceState = { state: 'gone', fingerprint: null, files: 0, bytes: 0, newestMs: null, quietMs: null };
/** A state is asked for often: of more objects the first are looked at. */
const mostCompared = 10_000;

/** Whether anything is there, and a fingerprint over keys, sizes and ETags. */
export async function bucketState(place: BucketPlace, services: Services, signal: AbortSignal): Promise<SourceState> {
  let client: BucketClient | null = null;
  try {
    const { access, version, trusted } = await bucketJob(place, services);
    client = new BucketClient(access, { env: services.env, version, ...(trusted === undefined ? {} : { trusted }) });
    const { prefix, isFolder } = access.address;
    const state = await stateBelow(client, prefix === '' ? '' : `${prefix}/`, () => true, signal);
    return state.files > 0 || prefix === '' || isFolder ? state : await stateBelow(client, prefix, (key) => key === prefix, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SourceError || error instanceof WireError) return gone;
    throw error;
  } finally {
    await client?.close();
  }
}

async function stateBelow(client: BucketClient, prefix: string, wanted: (key: string) => boolean, signal: AbortSignal): Promise<SourceState> {
  const hash = createHash('sha256');
  let files = 0;
  let bytes = 0;
  let newestMs = 0;
  for await (const { objects } of pages(client, prefix, signal)) {
    for (const { key, size, etag, modifiedMs } of objects) {
      if (!wanted(key)) continue;
      hash.update(`${key}\0${size}\0${etag ?? modifiedMs}\n`);
      files++;
      bytes += size;
      newestMs = Math.max(newestMs, modifiedMs ?? 0);
    }
    if (files >= mostCompared) break;
    // One object: it comes first.
    if (!prefix.endsWith('/') && prefix !== '') break;
  }
  if (files === 0 && prefix !== '') return gone;
  const newest = newestMs > 0 ? { newestMs, quietMs: Math.max(0, Date.now() - newestMs) } : { newestMs: null, quietMs: null };
  return { state: 'present', fingerprint: hash.digest('hex'), files, bytes, ...newest };
}
