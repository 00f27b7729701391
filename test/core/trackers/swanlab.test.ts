import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseJson } from '../../../src/core/formats/json';
import { parseYaml } from '../../../src/core/formats/yaml';
import type { ReadRun } from '../../../src/core/model/run';
import { HttpError } from '../../../src/core/source/http';
import { SettingsError } from '../../../src/core/source/tracker';
import { pathSource } from '../../../src/host/sources/folder';
import { openConnection } from '../../../src/host/trackers/open';
import { recognise } from '../../../src/host/trackers/recognise';
import { fillSettings, formOf } from '../../../src/host/trackers/settings';
import { json, serving } from '../../host/http/serving';
import { cometDouble } from '../../live/comet-server/double';
import { type DrawnRun, swanlabDouble } from '../../live/swanlab-server/double';
import { drawnRuns } from '../../live/swanlab-server/runs';
import { type Answer, compared } from '../../support/answer';
import { readSource } from '../../support/read';
import { listedBy, readFrom, trackerOf } from './asking';

async function doubleOf(runs: DrawnRun[] = drawnRuns(), isOld = false) {
  const double = await swanlabDouble(runs, isOld);
  onTestFinished(() => double.close());
  return { ...double, settings: { address: double.url, key: double.key } };
}

const run = (cuid: string, more: Partial<DrawnRun> = {}): DrawnRun => ({ cuid, name: cuid, state: 'FINISHED', createdAt: '2026-03-01T10:00:00.000Z', ...more });

/** A run of a folder, as its upload would have made it. */
function uploaded({ run: read, points }: ReadRun): DrawnRun {
  const text = (name: string): string => readFileSync(join('test/fixtures/swanlab/v2-sweep/input', read.path, 'files', name), 'utf8');
  const columns = read.series.map(({ name }, at) => {
    const { steps, values, times } = points[at]!;
    return [name, [...values].map((value, place) => [steps?.[place] ?? 0, value, Math.round(times?.[place] ?? 0)] as const)] as const;
  });
  return run(read.nativeId ?? '', {
    name: read.name ?? '',
    state: (read.nativeStatus ?? '').toUpperCase(),
    labels: Object.keys(read.tags),
    ...(read.group ? { cluster: read.group } : {}),
    createdAt: new Date(read.startedMs ?? 0).toISOString(),
    finishedAt: new Date(read.endedMs ?? 0).toISOString(),
    profile: { config: parseYaml(text('config.yaml')), metadata: JSON.parse(text('swanlab-metadata.json')), requirements: text('requirements.txt') },
    scalars: Object.fromEntries(columns),
  });
}

describe('a server', () => {
  test('and the folders that the SDK wrote say the same of runs, but for infinities, which the SDK uploads as NaN', async () => {
    const folder = await readSource(pathSource('test/fixtures/swanlab/v2-sweep/input'));
    const { settings } = await doubleOf(folder.runs.map(uploaded));
    const { runs } = await readFrom('swanlab', settings);
    const text = readFileSync('test/fixtures/swanlab/v2-sweep/expected.json', 'utf8').replace(/"-?Infinity"/g, '"NaN"');
    const answer = parseJson(text) as unknown as Answer;
    const fields = [...compared({ ...answer, runs: answer.runs.map(({ experiment: _, artifacts: __, ...rest }) => rest) }, runs)];
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter((line) => line !== null)).toEqual([]);
  });

  test('before 0.8 is asked scalar by scalar, and says the same of points', async () => {
    const [old, recent] = [await doubleOf(drawnRuns(), true), await doubleOf()];
    const plain = async ({ settings }: typeof old) => {
      const { runs, user } = await readFrom('swanlab', settings);
      return [user, runs.map(({ run: one, points }) => [one.nativeId, one.name, one.series.map(({ name, system }) => [name, system]), points])];
    };
    expect(await plain(old)).toEqual(await plain(recent));
    expect(old.asked.some((call) => call.endsWith('column/csv'))).toBe(true);
    expect(recent.asked.some((call) => call.endsWith('column/csv'))).toBe(false);
  });

  test('gives media by step with captions; of a run that goes on they are counted', async () => {
    const drawn = drawnRuns().filter(({ name }) => name === 'media');
    const { settings } = await doubleOf(drawn);
    const [read] = (await readFrom('swanlab', settings, {}, true)).runs;
    expect(read?.run.media.map(({ name, kind, count, items }) => [name, kind, count, items?.map(({ step, form, caption }) => [step, form, caption])])).toEqual([
      [
        'samples',
        'media',
        3,
        [
          [0, 'image', 'zero'],
          [0, 'image', null],
          [5, 'image', null],
        ],
      ],
      ['words', 'media', 1, [[1, 'text', 'größe']]],
    ]);
    expect(read?.contents?.map(({ bytes }) => new TextDecoder().decode(bytes)).sort()).toEqual(['größe', 'png a', 'png b', 'png c']);
    const going = await doubleOf(drawn.map((one) => ({ ...one, state: 'RUNNING' })));
    const [open] = (await readFrom('swanlab', going.settings, {}, true)).runs;
    expect(open?.run.media.map(({ count, items }) => [count, items ?? []])).toEqual([
      [3, []],
      [1, []],
    ]);
    expect(open?.run.endedMs).toBe(null);
  });

  test('that closes the session is logged in to again', async () => {
    const { settings, asked, logOut } = await doubleOf();
    const { signal } = new AbortController();
    const { connection, close } = await openConnection(trackerOf('swanlab'), { settings, env: {}, version: 'test', signal });
    onTestFinished(close);
    const names: string[] = [];
    for await (const page of connection.projects(signal)) names.push(...page.map(({ id }) => id));
    const before = asked.length;
    logOut();
    let runs = 0;
    for await (const page of connection.runs({ projects: names, filter: null, since: null }, signal)) runs += page.length;
    expect([before > 0, runs]).toEqual([true, 6]);
  });

  test('is known by its answers without a key', async () => {
    const [swanlab, comet] = [await doubleOf(), await cometDouble([])];
    onTestFinished(() => comet.close());
    const known = async (url: string) => (await recognise(url, { env: {}, version: 'test', signal: new AbortController().signal }))?.meta.id;
    expect([await known(swanlab.url), await known(comet.url)]).toEqual(['swanlab', 'comet']);
    expect(swanlab.asked).toEqual([]);
  });
});

describe('the list', () => {
  test('comes page by page; since when and ids choose', async () => {
    const many = Array.from({ length: 230 }, (_, at) => run(`k${at}`, { createdAt: new Date(1e12 + at * 1000).toISOString() }));
    const { settings, asked } = await doubleOf(many);
    expect((await listedBy('swanlab', settings)).length).toBe(230);
    expect(asked.filter((call) => call.endsWith('/runs')).length).toBe(3);
    expect((await listedBy('swanlab', settings, { since: (1e12 + 225_000) as never })).length).toBe(5);
    expect((await listedBy('swanlab', settings, { ids: ['k7', 'never'] })).map(({ nativeId }) => nativeId)).toEqual(['k7']);
    expect((await listedBy('swanlab', { ...settings, workspace: 'team' })).length).toBe(0);
  });

  test('marks a running run anew with every point, and leaves that out for a glance', async () => {
    const going = (steps: number): DrawnRun =>
      run('x1', { state: 'RUNNING', scalars: { loss: Array.from({ length: steps }, (_, step) => [step, 1, step] as const) } });
    const marks: string[] = [];
    for (const steps of [3, 4, 4]) marks.push((await listedBy('swanlab', (await doubleOf([going(steps)])).settings))[0]?.mark ?? '');
    expect(marks[0]).not.toBe(marks[1]);
    expect(marks[1]).toBe(marks[2]);
    expect((await listedBy('swanlab', (await doubleOf([going(3)])).settings, { glance: true }))[0]?.mark).toBe('');
  });

  test('is filtered in the words of the client, one rule or a list; what is none says how one looks', async () => {
    const { settings } = await doubleOf();
    const rule = '{"type": "CONFIG", "key": "lr", "op": "EQ", "value": ["1"]}';
    for (const filter of [rule, `[${rule}]`]) expect((await listedBy('swanlab', settings, { filter })).map(({ name }) => name)).toEqual(['just begun']);
    for (const filter of ['lr = 1', '[]', '{"type": "CONFIG"}', rule.replace('EQ', 'LIKE'), rule.replace('["1"]', '"1"')])
      await expect(listedBy('swanlab', settings, { filter })).rejects.toThrow(SettingsError);
  });
});

describe('tables', () => {
  /** A server with one run whose keys are as told and whose table is as written. */
  const tableOf = async (keys: readonly string[], table: string) => {
    const { url } = await serving((request, response) => {
      const call = (request.url ?? '').split('?')[0]?.replace('/api/', '') ?? '';
      const one = { cuid: 'x1', name: 'a', state: 'FINISHED', createdAt: '2026-03-01T10:00:00.000Z' };
      const at = `http://${request.headers.host}/table.csv`;
      answered(call, response, {
        'project/u/p/runs': { list: [one], pages: 1 },
        'project/u/p/runs/x1': one,
        'house/metrics/scalar/keys': { keys },
        'house/metrics/scalar/export': { cosKey: 'c' },
        'files/presigned/get': { urls: [at] },
        '/table.csv': table,
      });
    });
    return readFrom('swanlab', { address: url, key: 'k' });
  };

  test('are read by the names of their columns; where none fits, in the order that was asked', async () => {
    const swapped = await tableOf(['x', 'y', 'gone'], 'step,a-y_step,a-y_timestamp,a-x_step,a-x_timestamp\r\n0,1,5,2,6\r\n1,,,nan,7');
    expect(swapped.runs[0]?.run.series.map(({ name, count }) => [name, count])).toEqual([
      ['x', 2],
      ['y', 1],
    ]);
    expect([...(swapped.runs[0]?.points[0]?.values ?? [])]).toEqual([2, Number.NaN]);
    const renamed = await tableOf(['x', 'y'], 'step,p,q,r,s\n0,1,5,2,6\nno,1,5,2,6\n9007199254740993,text,5,-0,\n');
    expect(renamed.runs[0]?.run.series.map(({ name, count, lastStep }) => [name, count, lastStep])).toEqual([
      ['x', 1, 0],
      ['y', 2, 9007199254740992],
    ]);
    expect(renamed.runs[0]?.run.issues.map(({ code }) => code)).toEqual(['precision']);
    expect(Object.is(renamed.runs[0]?.points[1]?.values[1], -0)).toBe(true);
  });

  test('that do not fit what was asked are no run', async () => {
    const { runs, issues } = await tableOf(['x', 'y'], 'step,p,q\n0,1,5\n');
    expect(runs).toEqual([]);
    expect(issues).toMatchObject([{ code: 'bad-answer', message: expect.stringContaining('3 columns for 2 scalars') }]);
  });
});

describe('trouble', () => {
  test('a wrong key is told as that, and is not asked with again', async () => {
    const { url, asked } = await doubleOf();
    const error = await readFrom('swanlab', { address: url, key: 'wrong' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ code: 'unauthorised', message: expect.stringContaining('does not know this API key') });
    expect(asked).toEqual([]);
  });

  test('a server that asks to be asked less often is waited for', async () => {
    const { settings, fail } = await doubleOf([run('x1')]);
    fail(3, 429, { 'retry-after': '0' });
    expect((await readFrom('swanlab', settings)).runs.length).toBe(1);
  });

  test('a run whose table is cut in the middle is left out, and the others are kept', async () => {
    const { url } = await serving((request, response) => {
      const asked = request.url ?? '';
      if (asked.startsWith('/table')) return void response.writeHead(200, { 'content-length': '100' }).write('step,a', () => response.destroy());
      const runs = ['cut', 'whole'].map((cuid) => ({ cuid, name: cuid, state: 'FINISHED', createdAt: '2026-03-01T10:00:00.000Z' }));
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () =>
        answered(asked.split('?')[0]?.replace('/api/', '') ?? '', response, {
          'project/u/p/runs': { list: runs, pages: 1 },
          'project/u/p/runs/cut': runs[0],
          'project/u/p/runs/whole': runs[1],
          'house/metrics/scalar/keys': { keys: body.includes('"cut"') ? ['loss'] : [] },
          'house/metrics/scalar/export': { cosKey: 'c' },
          'files/presigned/get': { urls: ['table.csv'] },
        }),
      );
    });
    const { runs, issues } = await readFrom('swanlab', { address: url, key: 'k' });
    expect(runs.map(({ run: one }) => one.nativeId)).toEqual(['whole']);
    expect(issues).toMatchObject([{ code: 'cut-off' }]);
  }, 30_000);

  test('answers of odd shapes are read as nothing, and pages that never end are turned no more', async () => {
    const one = {
      cuid: 'x1',
      name: 5,
      state: 7,
      labels: 'x',
      user: [],
      profile: { config: 3, metadata: [], requirements: 9 },
      createdAt: 'never',
      rootExpId: 4,
    };
    let keys = 0;
    const { url } = await serving((request, response) => {
      const call = (request.url ?? '').split('?')[0]?.replace('/api/', '') ?? '';
      if (call.endsWith('/keys')) keys++;
      answered(call, response, {
        'project/u/p/runs': { list: [one, {}, 'x', { cuid: 9 }] },
        'project/u/p/runs/x1': one,
        'house/metrics/scalar/keys': { keys: [3, null], hasMore: true, nextCursor: 'again' },
        'house/metrics/media/keys': { keys: ['m'], hasMore: true, nextCursor: 'again' },
        'house/metrics/f_media': [null, { key: 'm', metrics: [7, { data: [null, 'a.png'], more: 'x' }] }, { key: 4 }],
      });
    });
    const { runs } = await readFrom('swanlab', { address: url, key: 'k' }, {}, true);
    expect(runs.map(({ run: read }) => [read.nativeId, read.status, read.series.length, read.media.map(({ count }) => count)])).toEqual([
      ['x1', 'unknown', 0, [1]],
    ]);
    expect(keys).toBe(4);
  });
});

describe('the form', () => {
  const tracker = trackerOf('swanlab');

  test('takes address and key from the file of the client, and puts the key into no header', () => {
    const HOME = mkdtempSync(join(tmpdir(), 'diptych-swanlab-'));
    onTestFinished(() => rmSync(HOME, { recursive: true, force: true }));
    mkdirSync(join(HOME, '.swanlab'));
    writeFileSync(join(HOME, '.swanlab/.netrc'), 'machine https://swanlab.lab.example/api\n\tlogin https://swanlab.lab.example\n\tpassword secret-1\n');
    const found = fillSettings(tracker, {}, { HOME });
    expect(found.settings).toEqual({ address: 'https://swanlab.lab.example/api', key: 'secret-1' });
    expect(tracker.access(found.settings)).toEqual({ base: 'https://swanlab.lab.example', headers: {} });
    expect(fillSettings(tracker, {}, { HOME, SWANLAB_API_KEY: 'secret-2' }).settings.key).toBe('secret-2');
    expect(() => fillSettings(tracker, { address: 'https://elsewhere.example' }, { HOME })).toThrow(SettingsError);
    expect(JSON.stringify(formOf(tracker, { HOME }))).not.toContain('secret-1');
    expect(fillSettings(tracker, {}, { HOME: '/nowhere', SWANLAB_SAVE_DIR: join(HOME, '.swanlab') }).settings.key).toBe('secret-1');
  });

  test('knows the service by its page and its interface', () => {
    const bases = ['swanlab.cn', 'https://swanlab.cn/@lab/digits/runs/x/chart', 'https://api.swanlab.cn/api'].map(
      (address) => tracker.access({ address }).base,
    );
    expect(bases).toEqual(Array(3).fill('https://api.swanlab.cn'));
    expect(tracker.access({ address: 'http://localhost:8000/api' }).base).toBe('http://localhost:8000');
  });
});

/** Answers by call, and what a connection needs at least; a text is a file. */
function answered(call: string, response: ServerResponse, answers: Readonly<Record<string, unknown>>): void {
  const usually: Readonly<Record<string, unknown>> = {
    'login/api_key': { sid: 's', expiredAt: '2099-01-01T00:00:00.000Z', userInfo: { username: 'u' } },
    'user/u/groups': [],
    'project/u': { list: [{ name: 'p', path: 'u/p', cuid: 'p1' }], pages: 1 },
    'project/u/p': { cuid: 'p1' },
    'house/metrics/media/keys': { keys: [] },
    'house/metrics/summaries': {},
  };
  const answer = { ...usually, ...answers }[call];
  if (answer === undefined) json(response, { code: 'NotFound', message: 'no' }, 404);
  else if (typeof answer === 'string') response.end(answer);
  else json(response, answer);
}
