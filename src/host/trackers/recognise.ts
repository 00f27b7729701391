// Which tracker answers at an address: a database by its tables, a server by its own short question, without credentials.
import { trackers } from '../../core/readers';
import { HttpError } from '../../core/source/http';
import { dialectOf, sqlAddress } from '../../core/source/sql-address';
import { baseOf, type HttpTracker, type Settings, SettingsError, type SqlTracker, type Tracker } from '../../core/source/tracker';
import { certificateOf } from '../http/certificate';
import { httpClient } from '../http/client';
import type { Environment } from '../http/wire-up';
import { databaseTrackers, trackerIn } from './databases';
import { shownWith } from './open';
import { ownerOf } from './profiles';
import { fillSettings } from './settings';

const mostBytes = 1024 * 1024;

interface RecogniseOptions {
  readonly env: Environment;
  readonly version: string;
  readonly trusted?: string;
  readonly signal: AbortSignal;
  /** What was entered, for a database, which tells nothing without user and password. */
  entered?(tracker: SqlTracker): Promise<Settings>;
}

/**
 * The tracker at an address, or null where none says what it should.
 * @throws SettingsError for what is no address; HttpError where nothing can be asked at all, UntrustedError where its certificate is not trusted
 */
export async function recognise(address: string, options: RecogniseOptions): Promise<Tracker | null> {
  const owner = ownerOf(address, trackers);
  if (owner) return owner;
  if (dialectOf(address) !== null) return await recogniseDatabase(address, options);
  const servers = trackers.filter((tracker): tracker is HttpTracker => tracker.speaks === undefined);
  const base = baseOf(address);
  const { hostname } = new URL(base);
  const hosted = servers.find(({ hosts }) => hosts?.test(hostname));
  if (hosted) return hosted;
  const { env, version, trusted, signal } = options;
  const http = httpClient({
    access: { base, headers: {} },
    secrets: [],
    parallel: servers.length,
    env,
    agent: `diptych/${version}`,
    ...(trusted === undefined ? {} : { trusted }),
  });
  try {
    // A server that is busy says nothing of what it is: it is asked again.
    const any = Array.from({ length: 500 }, (_, at) => at + 100).filter((status) => status !== 429);
    const answers = await Promise.all(
      servers.map(async (tracker) => {
        try {
          const { status, bytes } = await http.send({ url: `${base}${tracker.hello.path}`, also: any, mostBytes }, signal);
          return { tracker, sure: tracker.hello.sure(status, new TextDecoder().decode(bytes)) };
        } catch (error) {
          // A page that is too long, or leads elsewhere, is not what was asked for.
          if (error instanceof HttpError && (error.code === 'too-large' || error.code === 'redirected')) return { tracker, sure: 0 };
          throw error;
        }
      }),
    );
    return answers.filter(({ sure }) => sure > 0).sort((a, b) => b.sure - a.sure)[0]?.tracker ?? null;
  } catch (error) {
    throw await shownWith(error, () => certificateOf(base));
  } finally {
    await http.close();
  }
}

/** A database that lets nobody in yet is guessed by its name: whoever enters a password next may choose otherwise. */
async function recogniseDatabase(address: string, { env, trusted, signal, entered }: RecogniseOptions): Promise<SqlTracker | null> {
  const { database = '' } = sqlAddress(address) ?? {};
  const guessed = databaseTrackers.find(({ meta }) => database.toLowerCase().includes(meta.family)) ?? databaseTrackers[0] ?? null;
  if (!guessed) return null;
  try {
    const access = guessed.access(fillSettings(guessed, { ...(await entered?.(guessed)), address }, env).settings);
    const { sqlClient } = await import('../sql/client');
    const client = sqlClient({ access, parallel: 1, ...(trusted === undefined ? {} : { trusted }) });
    try {
      const view = await client.view(signal);
      const tracker = await trackerIn(view);
      await view.close();
      return tracker ?? guessed;
    } finally {
      await client.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    // It is told again when the connection is opened.
    if (error instanceof HttpError || error instanceof SettingsError) return guessed;
    throw error;
  }
}
