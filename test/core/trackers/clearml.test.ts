// A ClearML server, by a stand-in that ClearML's own client accepts: lists, filters, pages that would lose events, tokens, failures.

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { IngestEvent } from '../../../src/core/ingest/contract';
import { download } from '../../../src/core/ingest/download';
import type { ReadRun } from '../../../src/core/model/run';
import { ClearmlApi } from '../../../src/core/readers/clearml/server';
import { apiOf, tracker } from '../../../src/core/readers/clearml/tracker';
import type { Http } from '../../../src/core/source/http';
import { defaultLimits } from '../../../src/core/source/reader';
import type { ListedRun, RunQuery } from '../../../src/core/source/tracker';
import { pathSource } from '../../../src/host/sources/folder';
import { openConnection } from '../../../src/host/trackers/open';
import { recognise } from '../../../src/host/trackers/recognise';
import { json, serving } from '../../host/http/serving';
import { clearmlDouble, type Double } from '../../live/clearml-server/double';
import { drawnServer, drawnTasks } from '../../live/clearml-server/runs';
import { sessionTask } from '../../live/clearml-server/session';
import type { DrawnEvent, DrawnTask, Sizes } from '../../live/clearml-server/store';
import { readSource } from '../../support/read';

const { signal } = new AbortController();
const projects = ['1', '2', '3'].map((digit) => digit.repeat(32));

async function doubled(tasks: DrawnTask[] = drawnTasks(), sizes?: Sizes): Promise<Double> {
  const double = await clearmlDouble(drawnServer(tasks), sizes);
  onTestFinished(() => double.close());
  return double;
}

async function opened({ url, keys }: Pick<Double, 'url' | 'keys'>, waiting?: (ms: number, why: string) => void) {
  const settings = { address: url, user: keys.access, password: keys.secret };
  const open = await openConnection(tracker, { settings, env: {}, version: 'test', signal, ...(waiting && { waiting }) });
  onTestFinished(open.close);
  return open.connection;
}

async function listed(double: Double, query: Partial<RunQuery> = {}): Promise<readonly ListedRun[]> {
  const connection = await opened(double);
  const runs: ListedRun[] = [];
  for await (const page of connection.runs({ projects, filter: null, since: null, ...query }, signal)) runs.push(...page);
  return runs;
}

const names = async (double: Double, query: Partial<RunQuery> = {}) => (await listed(double, query)).map(({ name }) => name);

async function read(double: Double, query: Partial<RunQuery> = {}, known?: Readonly<Record<string, string>>) {
  const events: IngestEvent[] = [];
  const options = { signal, limits: defaultLimits, keepContents: true, asset: () => Promise.reject(new Error('none')), ...(known && { known }) };
  const connection = await opened(double);
  for await (const event of download({ tracker, connection, query: { projects, filter: null, since: null, ...query }, source: 0 }, options)) events.push(event);
  return {
    runs: events.flatMap((event) => (event.kind === 'run' ? [event.read] : [])),
    issues: events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : [])),
    marks: Object.fromEntries(events.flatMap((event) => (event.kind === 'claims' ? event.claims.map(({ key, mark }) => [key, mark]) : []))),
  };
}

const [usual] = drawnTasks() as [DrawnTask];
const only = (events: readonly DrawnEvent[], task: object = {}): DrawnTask[] => [{ task: { ...usual.task, ...task }, events }];
const scalar = (metric: string, variant: string, iter: number, value: number): DrawnEvent => ({
  type: 'training_stats_scalar',
  metric,
  variant,
  iter,
  value,
  timestamp: 1_772_359_200_000 + iter,
});

describe('the address', () => {
  test.each([
    ['https://app.clear.ml/projects/abc/experiments', 'https://api.clear.ml'],
    ['api.clear.ml', 'https://api.clear.ml'],
    ['clear.ml', 'https://api.clear.ml'],
    ['lab.example:8080/dashboard', 'http://lab.example:8008'],
    ['http://localhost:8081', 'http://localhost:8008'],
    ['localhost:8008', 'http://localhost:8008'],
    ['https://app.lab.example', 'https://api.lab.example'],
    ['https://tracker.example/api', 'https://tracker.example/api'],
  ])('%s', (typed, base) => {
    expect(apiOf(typed)).toBe(base);
  });

  test('is known by what answers there: the API, or the page beside it', async () => {
    const options = { env: {}, version: 'test', signal };
    expect((await recognise((await doubled()).url, options))?.meta.id).toBe('clearml');
    const page = await serving((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>ClearML</title>'));
    expect((await recognise(page.url, options))?.meta.id).toBe('clearml');
    expect((await recognise('https://app.clear.ml/login', options))?.meta.id).toBe('clearml');
  });

  test('of a page says that the API is asked for, and a wrong key that it is wrong', async () => {
    const page = await serving((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>ClearML</title>'));
    await expect(opened({ url: page.url, keys: { access: 'a', secret: 'b' } })).rejects.toMatchObject({
      code: 'bad-answer',
      tip: expect.stringContaining('8008'),
    });
    const double = await doubled();
    await expect(opened({ url: double.url, keys: { ...double.keys, secret: 'wrong' } })).rejects.toMatchObject({
      code: 'unauthorised',
      message: expect.stringMatching(/does not know this access key with this secret key \(401\)\. It says.*failed to locate provided credentials/s),
    });
  });
});

describe('a list', () => {
  test('holds what changed last first, leaves out what was put away, and tells projects by their full names', async () => {
    const double = await doubled();
    const connection = await opened(double);
    expect([connection.server, connection.user]).toEqual(['ClearML 2.0.1', 'A. Researcher']);
    const found: string[] = [];
    for await (const page of connection.projects(signal)) found.push(...page.map(({ name }) => name));
    expect(found).toEqual(['lab/größe', 'lab/größe/deeper', 'lab']);
    const runs = await listed(double);
    expect(runs.map(({ name, status, project }) => [name, status, project])).toEqual([
      ['waits', 'unknown', projects[0]],
      ['media', 'finished', projects[0]],
      ['long', 'running', projects[1]],
      ['clean-wave-1 / größe', 'finished', projects[0]],
      ['edge', 'failed', projects[0]],
    ]);
    expect(await names(double, { projects: [] })).toEqual([]);
  });

  test('is filtered as `task_filter` filters, by a pattern of names, by time and by id', async () => {
    const double = await doubled();
    expect(await names(double, { filter: '{"status": ["failed", "queued"]}' })).toEqual(['waits', 'edge']);
    expect(await names(double, { filter: '{"tags": ["作者"]}' })).toEqual(['clean-wave-1 / größe']);
    expect(await names(double, { filter: '{"system_tags": ["archived"]}' })).toEqual(['put away']);
    expect(await names(double, { filter: '^(edge|long)$' })).toEqual(['long', 'edge']);
    expect(await names(double, { since: Date.parse('2026-03-01T10:00:00Z') as never, filter: 'edge' })).toEqual(['edge']);
    expect(await names(double, { since: Date.parse('2026-03-01T10:30:00Z') as never })).toEqual([]);
    expect(await names(double, { ids: ['9'.repeat(32), 'b'.repeat(32)] })).toEqual(['put away', 'edge']);
    await expect(names(double, { filter: '{"status": ' })).rejects.toMatchObject({ name: 'SettingsError', field: 'filter' });
    await expect(names(double, { filter: '(' })).rejects.toMatchObject({
      code: 'bad-answer',
      message: expect.stringContaining('Malformed regular expression'),
    });
  });

  test('of more tasks than a page holds has each once', async () => {
    const many = Array.from(
      { length: 1100 },
      (_, at): DrawnTask => ({ task: { ...usual.task, id: String(at).padStart(32, '0'), name: `task ${at}` }, events: [] }),
    );
    const double = await doubled(many);
    const runs = await listed(double);
    expect([runs.length, new Set(runs.map(({ nativeId }) => nativeId)).size]).toEqual([1100, 1100]);
    expect(double.asked.filter((call) => call === 'tasks.get_all_ex').length).toBe(3);
    const connection = await opened(double);
    const first = await connection.runs({ projects, filter: null, since: null, newest: true }, signal)[Symbol.asyncIterator]().next();
    expect((first.value as readonly ListedRun[]).length).toBe(100);
  });

  test('marks a task anew when something of it changed, and what is known is not read again', async () => {
    const double = await doubled();
    const first = await read(double, {}, {});
    expect(first.runs.length).toBe(5);
    const events = [...usual.events, scalar('loss', 'train', 2500, 0.1)];
    double.replace({ task: { ...usual.task, last_update: '2026-03-02T10:00:00.000000+00:00', last_iteration: 2500 }, events });
    const again = await read(double, {}, first.marks);
    expect(again.runs.map(({ run }) => [run.nativeId, run.series.find(({ name }) => name === 'loss/train')?.count])).toEqual([['a'.repeat(32), 2501]]);
    expect(again.runs[0]?.run.id).toBe(first.runs.find(({ run }) => run.nativeId === 'a'.repeat(32))?.run.id);
  });
});

describe('a task', () => {
  test('is told with its header, params, provenance, artifacts and models', async () => {
    const { runs } = await read(await doubled());
    const of = (digit: string) => runs.find(({ run }) => run.nativeId === digit.repeat(32))?.run;
    expect(of('a')).toMatchObject({
      format: 'clearml',
      name: 'clean-wave-1 / größe',
      experiment: 'lab/größe',
      user: 'A. Researcher',
      notes: 'the first – ök',
      jobType: 'training',
      status: 'finished',
      nativeStatus: 'completed',
      startedMs: Date.parse('2026-03-01T10:00:00Z'),
      endedMs: Date.parse('2026-03-01T11:00:00Z'),
      tags: { baseline: true, 作者: true },
      params: { 'Args/lr': '0.1', 'General/seed': '7', 'Args/empty': '', 'configuration/OmegaConf YAML': 'lr: 0.1\nopt:\n  name: adam\n' },
      summary: { best_acc: 0.96, epochs: 12 },
    });
    expect(Object.fromEntries((of('a')?.facts ?? []).map(({ kind, value }) => [kind, value]))).toMatchObject({
      git_commit: 'c'.repeat(40),
      git_branch: 'main',
      git_remote: 'https://git.test/x.git',
      git_dirty: true,
      command: 'src/train.py',
      python: '3.11.7',
      packages: { numpy: '2.1.0', torch: '2.13.0' },
      os: 'Linux-6.1.0-x86_64-with-glibc2.36',
      gpu: 'NVIDIA A100-SXM4-40GB',
      gpu_count: 2,
      cuda: '12.4',
      cpu_count: 16,
      host: 'lab-7',
      container: 'nvidia/cuda:12.4.1-runtime-ubuntu22.04',
      datasets: [{ name: 'mnist', digest: null, version: 'd'.repeat(32) }],
      seed: 7,
    });
    expect(of('a')?.artifacts.map(({ path, size, kind }) => [path, size, kind])).toEqual([
      ['models/best%20one.pt', null, 'reference'],
      ['models/input/resnet18.pt', null, 'reference'],
      ['models/last.pt', null, 'reference'],
      ['predictions', 12_345, 'reference'],
      ['summary', 18, 'reference'],
    ]);
    expect(
      of('a')
        ?.series.filter(({ system }) => system)
        .map(({ name }) => name),
    ).toEqual([':monitor:gpu/gpu_0_utilization', ':monitor:machine/cpu_usage']);
    // It has no `completed`: its status changed when it failed.
    expect(of('b')).toMatchObject({ status: 'failed', parent: 'a'.repeat(32), endedMs: Date.parse('2026-03-01T10:12:00Z') });
    expect(of('f')).toMatchObject({ status: 'unknown', nativeStatus: 'queued', startedMs: null, endedMs: null, series: [] });
  });

  test('keeps every number, and says where zeros look like lost ones', async () => {
    const { runs } = await read(await doubled(), { ids: ['b'.repeat(32)] });
    const [{ run, points }] = runs as [(typeof runs)[number]];
    const of = (name: string) => points[run.series.findIndex((series) => series.name === name)];
    expect([...(of('edge/value')?.values ?? [])]).toEqual([-0, 5e-324, 1e308, 1 / 3, 0, 9007199254740994, -1e-300]);
    expect([...(of('odd iterations/x')?.steps ?? [])]).toEqual([-5, 2 ** 40]);
    expect(run.issues.filter(({ code }) => code === 'nonfinite-lost').map(({ message }) => message)).toEqual([expect.stringContaining('loss/total')]);
  });

  test('has its plots as figures and tables, and its samples by their addresses', async () => {
    const { runs } = await read(await doubled(), { ids: ['e'.repeat(32)] });
    expect(runs[0]?.run.media.map(({ name, kind, count, items }) => [name, kind, count, items?.map(({ form, step }) => `${form} ${step}`)])).toEqual([
      ['confusion/val', 'plot', 1, ['figure 1']],
      ['samples/val', 'image', 3, ['image 0', 'image 1', 'image 2']],
      ['table/predictions', 'plot', 1, ['table 1']],
    ]);
  });

  test('that is gone since it was listed fails alone', async () => {
    const double = await doubled();
    const connection = await opened(double);
    const [run] = await listed(double, { ids: [usual.task.id] });
    double.held.tasks.splice(0, 1);
    const events = connection.read([run as ListedRun], { signal, limits: defaultLimits } as never)[Symbol.asyncIterator]();
    await expect(events.next()).rejects.toMatchObject({ code: 'bad-answer', isFinal: false, message: expect.stringContaining('Invalid task id') });
  });

  test('is told without its models and its media where those may not be seen', async () => {
    const tasks = drawnTasks().filter(({ task }) => task.name === 'media');
    const double = await doubled([{ task: { ...tasks[0]?.task, id: 'e'.repeat(32), metric_stats: undefined }, events: tasks[0]?.events ?? [] }]);
    double.refuse('models.get_all_ex', 403);
    expect((await read(double)).runs[0]?.run).toMatchObject({
      artifacts: [],
      media: [{ count: 1 }, { count: 3 }, { count: 1 }],
      issues: [{ code: 'forbidden' }],
    });
  });

  test('that reported no plots is not asked for any', async () => {
    const double = await doubled();
    await read(double, { ids: [usual.task.id] });
    expect(double.asked.filter((call) => call === 'events.get_task_events').length).toBe(1);
    const media = await doubled();
    await read(media, { ids: ['e'.repeat(32)] });
    expect(media.asked.filter((call) => call === 'events.get_task_events').length).toBe(3);
  });
});

test.each(['sweep-offline/input/offline-55346f4386b44993b36f4690c4ad09e4', 'media-forms/input/offline-d5270647eaf34fc1bef6b0ae76ac6f52'])(
  'a session and a server with the same task tell the same run: %s',
  async (folder) => {
    const { project, ...drawn } = sessionTask(join('test/fixtures/clearml', folder));
    const double = await doubled([drawn]);
    (double.held.projects[0] as { name: string }).name = project;
    const [served] = (await read(double)).runs;
    const [session] = (await readSource(pathSource(join('test/fixtures/clearml', folder)), { keepContents: true })).runs;
    const told = (one: ReadRun | undefined) => {
      const { name, experiment, notes, jobType, parent, params, tags, summary, media, facts, series, artifacts } = (one as ReadRun).run;
      return {
        ...{ name, experiment, notes, jobType, parent, params, tags, summary },
        facts: facts.map(({ kind, value }) => [kind, value]),
        series: series.map(({ name: key, system }, at) => [key, system, (one as ReadRun).points[at]]),
        media: media.map(({ name: key, kind, count, items }) => [key, kind, count, items?.map(({ step, timeMs, form }) => [step, timeMs, form])]),
        artifacts: artifacts.map(({ path }) => path).filter((path) => !/\.jsonl$/.test(path)),
      };
    };
    expect(told(served)).toEqual(told(session));
    expect(told(served).series.length + told(served).media.length).toBeGreaterThan(2);
  },
);

describe('pages of events', () => {
  const variants = (count: number, iter: number): DrawnEvent[] => Array.from({ length: count }, (_, at) => scalar('wide', `v${at}`, iter, at));
  const counts = async (double: Double) => {
    const { runs } = await read(double);
    return [runs[0]?.run.series.length, runs[0]?.run.series.reduce((sum, { count }) => sum + count, 0)];
  };

  test('that end within an iteration lose none of it', async () => {
    const events = Array.from({ length: 40 }, (_, iter) => variants(7, iter)).flat();
    const double = await doubled(only(events), { events: 50, ofOneIteration: 100 });
    expect(await counts(double)).toEqual([7, 280]);
    expect(double.asked.filter((call) => call === 'events.get_task_events').length).toBe(5);
  });

  test('that begin again at iteration 0 are not read twice', async () => {
    // The server cannot go on from 0; what lies below is asked for metric by metric.
    const events = [...variants(7, 1), ...variants(7, 0), scalar('Summary', 'best', -(2 ** 31), 3)];
    const double = await doubled(only(events), { events: 7, ofOneIteration: 100 });
    expect(await counts(double)).toEqual([7, 14]);
    expect(double.asked).toContain('events.get_scalar_metric_data');
  });

  test('of an iteration with more events than the server gives at once are made up for', async () => {
    const double = await doubled(only([...variants(1200, 3), ...variants(1200, 0)]), { events: 100, ofOneIteration: 100 });
    expect(await counts(double)).toEqual([1200, 2400]);
  });

  test('that the server gives again and again come to an end', async () => {
    const double = await doubled(only(variants(3, 0)), { events: 2, ofOneIteration: 1 });
    expect(await counts(double)).toEqual([3, 3]);
    const plots = Array.from({ length: 3 }, (_, at): DrawnEvent => ({ ...scalar('wide', `v${at}`, 0, at), type: 'plot', plot_str: '{}' }));
    const media = await read(await doubled(only(plots, { metric_stats: {} }), { events: 2, ofOneIteration: 1 }));
    expect(media.runs[0]?.run.issues.map(({ code, message }) => [code, message])).toEqual([['sampled', 'The server told 2 of the 3 plots that it counts.']]);
  });
});

describe('trouble', () => {
  test('a token that ends in the middle of a long read is renewed once', async () => {
    const double = await doubled();
    double.expireAfter(9);
    const { runs, issues } = await read(double);
    expect([runs.length, issues]).toEqual([5, []]);
    expect(double.asked.filter((call) => call === 'auth.login').length).toBe(2);
  });

  test('a login is made once for all who wait, and again where its asker went away', async () => {
    const logins: AbortSignal[] = [];
    const answer = (data: object) => ({ status: 200, bytes: new TextEncoder().encode(JSON.stringify({ data })), header: () => null });
    const http: Http = {
      send: async ({ url, headers }, asker) => {
        if (!url.endsWith('/auth.login')) return answer({ version: headers?.authorization });
        logins.push(asker);
        await new Promise((resolve, reject) => (logins.length === 1 ? asker.addEventListener('abort', () => reject(asker.reason)) : resolve(null)));
        return answer({ token: `t${logins.length}` });
      },
    };
    const api = new ClearmlApi({ base: 'http://lab.test', headers: {} }, { access: 'a', secret: 'b' }, http);
    const leaving = new AbortController();
    const asked = [leaving.signal, signal, signal].map((asker) => api.version(asker));
    leaving.abort(new Error('gone'));
    expect(await Promise.allSettled(asked)).toMatchObject([{ reason: { message: 'gone' } }, { value: 'Bearer t2' }, { value: 'Bearer t2' }]);
    expect(logins).toEqual([leaving.signal, signal]);
  });

  test('keys that are taken back in the middle end the read, and what was read stays', async () => {
    const double = await doubled();
    const connection = await opened(double);
    const before = [...double.asked].length;
    const events: IngestEvent[] = [];
    const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
    for await (const event of download(
      { tracker: { ...tracker, parallel: 1 }, connection, query: { projects, filter: null, since: null }, source: 0 },
      options,
    )) {
      events.push(event);
      if (event.kind === 'run') double.fail(1000, 401);
    }
    expect(events.filter(({ kind }) => kind === 'run').length).toBe(1);
    expect(events.flatMap((event) => (event.kind === 'issue' ? [event.issue.code] : []))).toEqual(['unauthorised']);
    expect(double.asked.length).toBeGreaterThan(before);
  });

  test('a server that asks for patience is given it, and a cut answer is asked for again', async () => {
    const double = await doubled();
    const waits: number[] = [];
    const connection = await opened(double, (ms) => waits.push(ms));
    double.fail(1, 429, { 'retry-after': '0' });
    double.cut(1);
    const runs: ListedRun[] = [];
    for await (const page of connection.runs({ projects, filter: null, since: null }, signal)) runs.push(...page);
    expect([runs.length, waits]).toEqual([5, [0, 500 * 2]]);
  });

  test('an answer full of what it should not hold gives the run without it', async () => {
    const events = ['training_stats_scalar', 7, undefined].map((type, iter) => ({ ...scalar('loss', 'train', iter, 1), type }));
    const odd = [
      ...events,
      { ...scalar('loss', 'train', 3, 1), value: 'high' },
      { ...scalar('loss', 'train', 4, 1), iter: null, timestamp: 'now' },
      'none',
      null,
      { type: 'plot' },
    ];
    const task = {
      id: 'a',
      name: 7,
      tags: 'x',
      hyperparams: { Args: 5, General: { __proto__: 1, lr: null } },
      configuration: [],
      script: 'no',
      runtime: { cpu_cores: -1, gpu_type: 5 },
      models: { output: [{}, 7] },
    };
    const server = await serving((request, response) => {
      const data: Readonly<Record<string, unknown>> = {
        '/auth.login': { token: 't' },
        '/server.info': { version: '1' },
        '/tasks.get_all_ex': { tasks: [{ id: 'a', project: 5, started: 'soon' }, { id: 6 }, 'x'] },
        '/tasks.get_by_id': { task },
        '/models.get_all_ex': { models: [{ id: 5, name: {}, uri: 'https://x/' }] },
        '/events.get_task_events': { events: odd, total: 'many', scroll_id: 5 },
      };
      json(response, { data: data[request.url ?? ''] ?? {} });
    });
    const { runs } = await read({ url: server.url, keys: { access: 'a', secret: 'b' } } as Double);
    expect(runs.map(({ run }) => [run.nativeId, run.name, run.startedMs, run.params])).toEqual([['a', null, null, { 'General/lr': null }]]);
    expect(runs[0]?.run.series).toMatchObject([{ name: 'loss/train', count: 4 }]);
    expect(runs[0]?.run.issues.map(({ code }) => code)).toContain('bad-value');
  });

  test('what is no ClearML at all is told as that', async () => {
    const other = await serving((_, response) => json(response, { data: null }));
    await expect(opened({ url: other.url, keys: { access: 'a', secret: 'b' } })).rejects.toMatchObject({ code: 'bad-answer' });
    const odd = await serving((_, response) => json(response, { meta: {}, data: { token: 'no.token', tasks: 5, projects: { a: 1 }, version: 7 } }));
    const connection = await opened({ url: odd.url, keys: { access: 'a', secret: 'b' } });
    expect([connection.server, connection.user]).toEqual(['ClearML', null]);
    for await (const page of connection.runs({ projects, filter: null, since: null }, signal)) expect(page).toEqual([]);
  });

  test('nothing that writes is ever asked', async () => {
    const double = await doubled();
    await read(double);
    const reading = /^(?:auth\.login|server\.info|(?:projects|tasks|models)\.get_\w+|events\.get_\w+)$/;
    expect(double.asked.filter((call) => !reading.test(call))).toEqual([]);
  });
});
