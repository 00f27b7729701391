// Connects to a server of this process by the real client, and reads what it lists.
import type { IngestEvent } from '../../../src/core/ingest/contract';
import { download } from '../../../src/core/ingest/download';
import { trackers } from '../../../src/core/readers';
import { defaultLimits } from '../../../src/core/source/reader';
import type { RunQuery, Tracker } from '../../../src/core/source/tracker';
import { openConnection } from '../../../src/host/trackers/open';
import { type Answering, serving } from '../../host/http/serving';

const { signal } = new AbortController();

/** @param query without projects: all of them */
export async function asked(id: string, answer: Answering, query: Partial<RunQuery> = {}) {
  const server = await serving(answer);
  const tracker = trackers.find(({ meta }) => meta.id === id) as Tracker;
  const { connection, close } = await openConnection(tracker, { settings: { address: server.url }, env: {}, version: 'test', signal });
  try {
    const projects: string[] = [];
    for await (const page of connection.projects(signal)) projects.push(...page.map((project) => project.id));
    const events: IngestEvent[] = [];
    const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
    for await (const event of download({ tracker, connection, query: { projects, filter: null, since: null, ...query }, source: 0 }, options))
      events.push(event);
    return {
      projects,
      runs: events.flatMap((event) => (event.kind === 'run' ? [event.read] : [])),
      issues: events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : [])),
      paths: server.asked.map(({ url }) => url ?? ''),
    };
  } finally {
    await close();
  }
}
