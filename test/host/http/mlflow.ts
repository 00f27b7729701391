// A small MLflow server in this process, which a test may make fail.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, type Serving, serving } from './serving';

/** An MLflow server with so many runs of one metric each, as far as it is asked; `before` may answer in its place. */
export function mlflow(
  runs: number,
  before: (request: IncomingMessage, response: ServerResponse, count: number) => boolean = () => false,
  tls = false,
): Promise<Serving> {
  const all = Array.from({ length: runs }, (_, at) => ({
    info: { run_id: `run${at}`, experiment_id: '1', run_name: `run ${at}`, status: 'FINISHED', start_time: 1000 + at, end_time: 2000 + at },
    data: { metrics: [{ key: 'loss', value: 0.5, timestamp: 1500, step: 1 }], params: [{ key: 'lr', value: '0.1' }], tags: [] },
  }));
  const answer = (request: IncomingMessage, response: ServerResponse, question: Record<string, never>): void => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/version') response.end('3.17.2');
    else if (url.pathname.endsWith('/experiments/search')) json(response, { experiments: [{ experiment_id: '1', name: 'one' }] });
    else if (url.pathname.endsWith('/runs/search')) {
      const from = Number(question.page_token ?? 0);
      const to = from + Number(question.max_results);
      json(response, { runs: all.slice(from, to), ...(to < all.length ? { next_page_token: String(to) } : {}) });
    } else if (url.pathname.endsWith('/get-history-bulk')) {
      const asked = url.searchParams.getAll('run_id').sort();
      json(response, { metrics: asked.map((run) => ({ run_id: run, key: 'loss', value: 0.5, timestamp: 1500, step: 1 })) });
    } else if (url.pathname.endsWith('/artifacts/list')) json(response, {});
    else json(response, { metrics: [{ key: 'loss', value: 0.5, timestamp: 1500, step: 1 }] });
  };
  return serving((request, response, count) => {
    if (before(request, response, count)) return;
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => answer(request, response, JSON.parse(Buffer.concat(parts).toString() || '{}')));
  }, tls);
}
