// A tracker that was connected to before: how it stands now, and the job that reads it again.
import { createHash } from 'node:crypto';
import { HttpError } from '../../core/source/http';
import { SettingsError } from '../../core/source/tracker';
import { WireError } from '../../wire/errors';
import type { SourceState } from '../../wire/host-api';
import type { Environment } from '../http/wire-up';
import type { SecretStore } from '../secrets/secrets';
import type { TrackerJob } from '../worker-messages';
import { runQuery, trackerOf } from './asked';
import { keptSecrets } from './kept-secrets';
import { openConnection } from './open';
import type { TrackerPlace } from './place';
import { fillSettings } from './settings';

interface Services {
  readonly secrets: SecretStore;
  readonly env: Environment;
  readonly version: string;
}

/** @throws WireError where its tracker is none any more, or a field is missing */
export async function trackerJob(place: TrackerPlace, { secrets, env, version }: Services): Promise<TrackerJob> {
  const tracker = trackerOf(place);
  try {
    const { settings } = fillSettings(tracker, { ...(await keptSecrets(tracker, place.settings, secrets)), ...place.settings }, env);
    return { tracker: place.tracker, settings, query: place.query, version, ...(place.trusted === undefined ? {} : { trusted: place.trusted }) };
  } catch (error) {
    if (error instanceof SettingsError) throw new WireError('refused', error.message, 'Connect again.');
    throw error;
  }
}

/** Whether the server answers, and a fingerprint over what its newest runs are like. */
export async function trackerState(place: TrackerPlace, services: Services, signal: AbortSignal): Promise<SourceState> {
  const job = await trackerJob(place, services);
  try {
    const { connection, close } = await openConnection(trackerOf(place), { ...job, env: services.env, signal });
    try {
      const hash = createHash('sha256');
      let runs = 0;
      for await (const page of connection.runs({ ...runQuery(place.query), newest: true }, signal)) {
        for (const { nativeId, mark } of page) hash.update(`${nativeId}\0${mark}\n`);
        runs += page.length;
        break;
      }
      return { state: 'present', fingerprint: hash.digest('hex'), files: runs, bytes: 0, newestMs: null, quietMs: null };
    } finally {
      await close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpError || error instanceof SettingsError)
      return { state: 'gone', fingerprint: null, files: 0, bytes: 0, newestMs: null, quietMs: null };
    throw error;
  }
}
