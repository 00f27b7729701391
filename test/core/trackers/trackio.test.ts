import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { serverOf } from '../../../src/core/readers/trackio/tracker';
import { json } from '../../host/http/serving';
import { asked } from './asking';

interface Question {
  readonly kwargs: { readonly query?: string };
}

/** A dashboard with one project that answers queries as told. */
const dashboard =
  (query: (sql: string, response: ServerResponse) => void, calls: Readonly<Record<string, unknown>> = { get_all_projects: ['p'] }) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      const call = (request.url ?? '').replace('/api/', '');
      if (call === '/version') json(response, { version: '0.43.0', api_transport: 'http' });
      else if (call in calls) json(response, { data: calls[call] });
      else if (call === 'query_project') query((JSON.parse(body) as Question).kwargs.query ?? '', response);
      else json(response, { error: `Unknown API: ${call}` }, 404);
    });
  };

const rows = (response: ServerResponse, list: readonly object[]): void => json(response, { data: { rows: list } });

test('a Space by its id, by its page, and every other address as it is', () => {
  expect(serverOf('user/My_space.v2')).toBe('https://user-my-space-v2.hf.space');
  expect(serverOf('https://huggingface.co/spaces/user/space')).toBe('https://user-space.hf.space');
  expect(serverOf('http://localhost:7860/?write_token=abc')).toBe('http://localhost:7860');
  expect(serverOf('host.example/trackio')).toBe('https://host.example/trackio');
  expect(serverOf('localhost/trackio')).toBe('http://localhost/trackio');
});

test('a run with an odd id is asked for as a text, and rows that are none are counted', async () => {
  const id = "x' OR 1=1 --";
  const queries: string[] = [];
  const { runs } = await asked(
    'trackio',
    dashboard((sql, to) => {
      queries.push(sql);
      if (sql.includes('sqlite_master')) rows(to, [{ name: 'metrics' }]);
      else if (sql.includes('GROUP BY')) rows(to, [{ run_id: id, run_name: 'odd', n: 3, last: 3, began: '2026-11-26T00:00:00+00:00' }, { run_id: 5 }]);
      else rows(to, [{ id: 1, step: 0, timestamp: 'x', metrics: '{"loss": "NaN", "deep": {"a": true}}' }, { id: 2, step: 1, metrics: 'no json' }, { id: 3 }]);
    }),
  );
  expect(queries.at(-1)).toContain("WHERE run_id = 'x'' OR 1=1 --' ORDER BY step, id");
  expect(runs.map(({ run }) => [run.nativeId, run.name])).toEqual([[id, 'odd']]);
  expect(runs[0]?.run.series.map(({ name, count }) => [name, count])).toEqual([
    ['deep/a', 1],
    ['loss', 1],
  ]);
  expect(runs[0]?.run.issues.map(({ code }) => code)).toEqual(['bad-value']);
});

test('a server that answers the same page again and again comes to an end', async () => {
  let pages = 0;
  const page = Array.from({ length: 4000 }, (_, at) => ({ id: at, step: at, metrics: '{"loss": 1}' }));
  const { runs } = await asked(
    'trackio',
    dashboard((sql, to) => {
      if (sql.includes('sqlite_master')) rows(to, [{ name: 'metrics' }]);
      else if (sql.includes('GROUP BY')) rows(to, [{ run_id: 'a', run_name: 'a', n: 1, last: 1 }]);
      else if (++pages < 50) rows(to, page);
      else rows(to, []);
    }),
  );
  expect(pages).toBe(2);
  expect(runs[0]?.run.series[0]?.count).toBe(8000);
});

test('a server without SQL, and one that is something else, are told as that', async () => {
  const old = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url === '/api/get_all_projects') json(response, { data: ['p'] });
    else json(response, { error: 'Unknown API' }, 404);
  };
  await expect(asked('trackio', old)).rejects.toMatchObject({ code: 'not-found', tip: expect.stringContaining('Update Trackio') });
  await expect(asked('trackio', (_, response) => json(response, { data: 3 }))).rejects.toMatchObject({ code: 'bad-answer' });
});
