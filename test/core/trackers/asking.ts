// Connects to a server of this process by the real client, and reads what it lists.
import type { IngestEvent } from '../../../src/core/ingest/contract';
import { download } from '../../../src/core/ingest/download';
import { trackers } from '../../../src/core/readers';
import { defaultLimits } from '../../../src/core/source/reader';
import type { HttpTracker, ListedRun, RunQuery, Settings } from '../../../src/core/source/tracker';
import { openConnection } from '../../../src/host/trackers/open';
import { type Answering, serving } from '../../host/http/serving';

const { signal } = new AbortController();

/** @param query without projects: all of them */
export async function asked(id: string, answer: Answering, query: Partial<RunQuery> = {}) {
  const server = await serving(answer);
  return { ...(await readFrom(id, { address: server.url }, query)), paths: server.asked.map(({ url }) => url ?? '') };
}

/** Reads what a server lists. @param query without projects: all of them */
export async function readFrom(id: string, settings: Settings, query: Partial<RunQuery> = {}, keepContents = false) {
  const tracker = trackerOf(id);
  const { connection, close } = await openConnection(tracker, { settings, env: {}, version: 'test', signal });
  try {
    const projects: string[] = [];
    for await (const page of connection.projects(signal)) projects.push(...page.map((project) => project.id));
    const events: IngestEvent[] = [];
    const options = { signal, limits: defaultLimits, keepContents, asset: () => Promise.reject(new Error('none')) };
    for await (const event of download({ tracker, connection, query: { projects, filter: null, since: null, ...query }, source: 0 }, options))
      events.push(event);
    return {
      server: connection.server,
      user: connection.user,
      projects,
      runs: events.flatMap((event) => (event.kind === 'run' ? [event.read] : [])),
      issues: events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : [])),
    };
  } finally {
    await close();
  }
}

/** What a server lists, without reading it. */
export async function listedBy(id: string, settings: Settings, query: Partial<RunQuery> = {}): Promise<readonly ListedRun[]> {
  const { connection, close } = await openConnection(trackerOf(id), { settings, env: {}, version: 'test', signal });
  try {
    const projects: string[] = [];
    for await (const page of connection.projects(signal)) projects.push(...page.map((project) => project.id));
    const found: ListedRun[] = [];
    for await (const page of connection.runs({ projects, filter: null, since: null, ...query }, signal)) found.push(...page);
    return found;
  } finally {
    await close();
  }
}

export const trackerOf = (id: string): HttpTracker => trackers.find(({ meta }) => meta.id === id) as HttpTracker;
