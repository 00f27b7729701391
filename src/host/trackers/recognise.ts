// Which tracker answers at an address: by its scheme, or each is asked its own short question, without credentials.
import { trackers } from '../../core/readers';
import { HttpError } from '../../core/source/http';
import { dialectOf } from '../../core/source/sql-address';
import { baseOf, type HttpTracker, type Tracker } from '../../core/source/tracker';
import { httpClient } from '../http/client';
import type { Environment } from '../http/wire-up';

const mostBytes = 1024 * 1024;

/**
 * The tracker at an address, or null where none says what it should.
 * @throws SettingsError for what is no address; HttpError where nothing can be asked at all
 */
export async function recognise(
  address: string,
  options: { readonly env: Environment; readonly version: string; readonly trusted?: string; readonly signal: AbortSignal },
): Promise<Tracker | null> {
  if (dialectOf(address) !== null) return trackers.find(({ speaks }) => speaks === 'sql') ?? null;
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
    const any = Array.from({ length: 500 }, (_, at) => at + 100);
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
  } finally {
    await http.close();
  }
}
