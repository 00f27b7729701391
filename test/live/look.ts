// One look at a tracker, as the follower looks: the runs that it gives, and what they cost.
import { download } from '../../src/core/ingest/download';
import type { ReadRun } from '../../src/core/model/run';
import type { Http } from '../../src/core/source/http';
import { defaultLimits, type ReadMemory } from '../../src/core/source/reader';
import type { HttpTracker, Settings } from '../../src/core/source/tracker';
import { httpClient } from '../../src/host/http/client';

const { signal } = new AbortController();

export interface LookedAt {
  readonly runs: readonly ReadRun[];
  readonly requests: number;
  /** Of all answers, unpacked. */
  readonly bytes: number;
}

/** Reads every run of some projects anew. @param memory of earlier looks */
export async function lookAt(tracker: HttpTracker, settings: Settings, projects: readonly string[], memory?: ReadMemory): Promise<LookedAt> {
  const access = tracker.access(settings);
  const client = httpClient({ access, secrets: [], parallel: tracker.parallel, env: {}, agent: 'diptych/test' });
  let requests = 0;
  const http: Http = {
    send: (request, stop) => {
      requests++;
      return client.send(request, stop);
    },
  };
  try {
    const connection = await (await tracker.load()).connect(access, settings, http, signal);
    const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
    const query = { projects, filter: null, since: null };
    const runs: ReadRun[] = [];
    for await (const event of download({ tracker, connection, query, source: 0, ...(memory && { memory }) }, options))
      if (event.kind === 'run') runs.push(event.read);
    return { runs: runs.sort((a, b) => (a.run.id < b.run.id ? -1 : 1)), requests, bytes: client.received() };
  } finally {
    await client.close();
  }
}

export const told = ({ requests, bytes }: LookedAt): string => `${requests} requests, ${bytes} bytes`;
