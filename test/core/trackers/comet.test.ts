import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseJson } from '../../../src/core/formats/json';
import { parseFilter, rulesOf } from '../../../src/core/readers/comet/filter';
import { HttpError } from '../../../src/core/source/http';
import { SettingsError } from '../../../src/core/source/tracker';
import { recognise } from '../../../src/host/trackers/recognise';
import { fillSettings, formOf } from '../../../src/host/trackers/settings';
import { json, serving } from '../../host/http/serving';
import { cometDouble, type DrawnExperiment, type DrawnPoint } from '../../live/comet-server/double';
import { drawnExperiments } from '../../live/comet-server/runs';
import { type Answer, compared } from '../../support/answer';
import { listedBy, readFrom, trackerOf } from './asking';

async function doubleOf(experiments: DrawnExperiment[] = drawnExperiments(), version?: string) {
  const double = await cometDouble(experiments, version);
  onTestFinished(() => double.close());
  return { ...double, settings: { address: double.url, key: double.key } };
}

/** Without the one with long curves. */
const brief = (): DrawnExperiment[] => drawnExperiments().filter(({ metadata }) => metadata.experimentName !== 'sampled');
const usual = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const points = (name: string, count: number, runContext: string | null = null): DrawnPoint[] =>
  Array.from({ length: count }, (_, step) => ({ metricName: name, metricValue: String(step), timestamp: step, step, epoch: null, runContext }));
const experiment = (key: string, more: Partial<DrawnExperiment> = {}, metadata: object = {}): DrawnExperiment => ({
  ...more,
  metadata: {
    experimentKey: key,
    experimentName: key,
    workspaceName: 'lab',
    projectName: 'größe',
    archived: false,
    running: false,
    hasCrashed: false,
    startTimeMillis: 1000,
    endTimeMillis: 2000,
    ...metadata,
  },
});

/** An experiment of a folder that cometx wrote, as the server had answered it. */
function downloaded(folder: string): DrawnExperiment {
  const text = (path: string): string | null => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : null);
  const lines = <T>(path: string): T[] => (text(path) ?? '').split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
  const { tags, cometDownloadVersion: _, ...metadata } = JSON.parse(text('metadata.json') ?? '{}') as DrawnExperiment['metadata'] & { tags: string[] };
  const byName = (list: readonly { readonly name: string; readonly valueCurrent: string }[]) =>
    Object.fromEntries(list.map(({ name, valueCurrent }) => [name, valueCurrent]));
  const named = lines<NonNullable<DrawnExperiment['assets']>[number] & { readonly diskFileName?: string }>('assets/assets_metadata.jsonl');
  const [patch, code, output] = ['run/git_diff.patch', 'run/script.py', 'run/output.txt'].map(text);
  const packages = text('run/requirements.txt')?.split('\n');
  return {
    metadata: metadata as DrawnExperiment['metadata'],
    tags,
    parameters: byName(JSON.parse(text('parameters.json') ?? '[]')),
    others: byName(lines('others.jsonl')),
    points: lines<DrawnPoint>('metrics.jsonl'),
    system: { ...JSON.parse(text('system_details.json') ?? '{}'), ...(packages ? { installedPackages: packages } : {}) },
    git: JSON.parse(text('run/git_metadata.json') ?? 'null'),
    assets: named.map(({ assetId, fileName, diskFileName, type, step }) => {
      return { assetId, fileName, type, step, text: text(`assets/${type}/${diskFileName ?? fileName}`) ?? '' };
    }),
    ...(patch ? { patch } : {}),
    ...(code ? { code } : {}),
    ...(output ? { output } : {}),
  };
}

describe('a server', () => {
  test('and the folder that cometx wrote of it say the same of an experiment', async () => {
    const fixture = 'test/fixtures/comet-download/project';
    const folders = readdirSync(join(fixture, 'input/lab/digits'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const experiments = folders.map(({ name }) => downloaded(join(fixture, 'input/lab/digits', name)));
    const { settings } = await doubleOf(experiments);
    const { runs } = await readFrom('comet', settings, { ids: experiments.map(({ metadata }) => metadata.experimentKey) }, true);
    const answer = parseJson(readFileSync(join(fixture, 'expected.json'), 'utf8')) as unknown as Answer;
    const fields = [...compared({ ...answer, format: 'comet' }, runs)];
    expect(fields.length).toBeGreaterThan(60);
    expect(fields.filter((line) => line !== null)).toEqual([]);
  });

  test('without the call for all metrics is asked metric by metric, and says the same', async () => {
    const [old, recent] = [await doubleOf(brief(), '3.10.2'), await doubleOf(brief())];
    const [asOld, asRecent] = [await readFrom('comet', old.settings), await readFrom('comet', recent.settings)];
    expect([asOld.server, asRecent.server, asRecent.user]).toEqual(['Comet 3.10.2', 'Comet 3.58.1', 'researcher']);
    expect(asOld.runs.length).toBe(4);
    const plain = ({ runs }: typeof asOld) =>
      runs.map(({ run, points: columns }) => [run.nativeId, run.series.map(({ name, context }) => [name, context]), columns]);
    expect(plain(asOld)).toEqual(plain(asRecent));
    expect(old.asked).toContain('experiment/metrics/get-metric');
    // One that no summary names, but the system details do.
    expect(recent.asked.filter((call) => call === 'experiment/metrics/get-metric').length).toBeGreaterThan(0);
  });

  test('gives files under the names that cometx gives them, and media by step; a name that leads out is none', async () => {
    const { settings } = await doubleOf();
    const { runs } = await readFrom('comet', settings, { ids: [usual] }, true);
    const [read] = runs;
    expect(read?.run.artifacts.map(({ path }) => path).sort()).toEqual([
      'assets/asset/notes/ü.txt',
      'assets/audio/beep-3.wav',
      'assets/image/samples.png',
      'assets/image/samples_1.png',
      'assets/model-element/model.pt',
      'run/git_diff.patch',
      'run/output.txt',
      'run/script.py',
    ]);
    expect(read?.run.media.map(({ name, kind, count, items }) => [name, kind, count, items?.map(({ step }) => step)])).toEqual([
      ['beep.wav', 'audio', 1, [3]],
      ['samples.png', 'image', 2, [0, 10]],
    ]);
    expect(read?.contents?.map(({ path }) => path)).toEqual(expect.arrayContaining(['run/script.py', 'run/git_diff.patch', 'assets/asset/notes/ü.txt']));
  });
});

describe('long curves', () => {
  test('are told as a sample, and whole where every point lies in a file', async () => {
    const { settings } = await doubleOf();
    const { runs } = await readFrom('comet', settings, { ids: ['aaaabbbbccccddddeeeeffff00001111'] });
    expect(runs[0]?.run.series.map(({ name, count, lastStep }) => [name, count, lastStep])).toEqual([
      ['full/loss', 16_000, 15_999],
      ['long', 15_000, 15_998],
      ['short', 3, 2],
    ]);
    expect(runs[0]?.run.issues).toMatchObject([{ code: 'sampled', where: 'long', message: expect.stringContaining('15000') }]);
  });

  test('of two metrics or contexts that share a file name are not taken from the file', async () => {
    const shared = [...points('a/b', 15_001), ...points('a_b', 15_001), ...points('c', 8000, 'train'), ...points('c', 8000, 'validate')];
    const { settings } = await doubleOf([experiment('x1', { points: shared, full: ['a/b', 'c'] })]);
    const { runs } = await readFrom('comet', settings);
    expect(runs[0]?.run.series.map(({ name, count }) => [name, count])).toEqual([
      ['a/b', 15_000],
      ['a_b', 15_000],
      ['c', expect.any(Number)],
      ['c', expect.any(Number)],
    ]);
    expect(runs[0]?.run.issues).toMatchObject([{ code: 'sampled', message: expect.stringMatching(/^3 metrics/) }]);
  });

  test('of an experiment that logged faster than it might say that points may be missing', async () => {
    const { settings } = await doubleOf([experiment('x1', { points: points('loss', 3) }, { throttle: true })]);
    expect((await readFrom('comet', settings)).runs[0]?.run.issues).toMatchObject([{ code: 'sampled' }]);
  });
});

describe('the list', () => {
  test('comes page by page, newest first, archived ones last; since when and ids choose', async () => {
    const many = Array.from({ length: 230 }, (_, at) => experiment(`k${at}`, {}, { startTimeMillis: at, archived: at === 200 }));
    const { settings, asked } = await doubleOf(many);
    const all = await listedBy('comet', settings);
    expect(all.length).toBe(230);
    expect([all[0]?.nativeId, all.at(-1)?.nativeId]).toEqual(['k229', 'k200']);
    expect(asked.filter((call) => call === 'experiments').length).toBe(4);
    expect((await listedBy('comet', settings, { since: 225 as never })).length).toBe(5);
    expect((await listedBy('comet', settings, { ids: ['k7', 'never'] })).map(({ nativeId }) => nativeId)).toEqual(['k7']);
    expect((await listedBy('comet', { ...settings, workspace: 'empty' })).length).toBe(0);
    expect((await listedBy('comet', { ...settings, project: 'other' })).length).toBe(0);
  });

  test('of an old server that knows no pages ends', async () => {
    const all = Array.from({ length: 100 }, (_, at) => ({ experimentKey: `k${at}`, workspaceName: 'w', projectName: 'p' }));
    const { url } = await serving((request, response) => answered(request.url ?? '', response, { experiments: { experiments: all } }));
    expect((await listedBy('comet', { address: url, key: 'k' })).length).toBe(200);
  });

  test('marks a running experiment anew with every point, and leaves that out for a glance', async () => {
    const going = experiment('x1', { points: points('loss', 3) }, { running: true, endTimeMillis: null });
    const more = { ...going, points: points('loss', 4) };
    const marks: string[] = [];
    for (const one of [going, more, more]) marks.push((await listedBy('comet', (await doubleOf([one])).settings))[0]?.mark ?? '');
    expect(marks[0]).not.toBe(marks[1]);
    expect(marks[1]).toBe(marks[2]);
    expect((await listedBy('comet', (await doubleOf([going])).settings, { glance: true }))[0]?.mark).toBe('');
  });
});

describe('filters', () => {
  const columns = [
    { name: 'loss', source: 'metrics', type: 'double' },
    { name: 'lr', source: 'params', type: 'string' },
  ];
  const rules = (text: string) => rulesOf(parseFilter(text)!, columns);

  test('become the rules that the official client sends', () => {
    const loss = { id: 'loss', field: 'loss', type: 'double', operator: 'less', value: 0.1, source: 'metrics' };
    const lr = { id: 'lr', field: 'lr', type: 'string', operator: 'equal', value: 'a "b"', source: 'params' };
    expect(rules('Metric("loss") < .1')).toEqual({ condition: 'AND', rules: [loss], valid: true });
    expect(rules(`(Metric('loss') < 1e-1) & (Parameter("lr") == "a \\"b\\"")`)).toEqual({ condition: 'AND', rules: [loss, lr], valid: true });
    const both = rules('~((Metric("loss") >= 0.1) | ~(Parameter("lr") == "a \\"b\\"")) & Tag("t")');
    const tag = { id: 't', field: 't', type: 'string', operator: 'equal', value: 't', source: 'tag' };
    expect(both).toEqual({
      condition: 'AND',
      rules: [
        { condition: 'AND', rules: [loss, lr], valid: true },
        { condition: 'AND', rules: [tag], valid: true },
      ],
      valid: true,
    });
    expect(rules('~(Metric("loss") == None)')).toMatchObject({ rules: [{ operator: 'is_not_null', value: null }] });
    expect(rules('Metric("loss").between(-1, 2)')).toMatchObject({ rules: [{ operator: 'between', value: ['-1', '2'] }] });
    expect(rules('Metric("unknown") > 1')).toBe(null);
    expect(rules('(Metric("unknown") > 1) | (Metric("loss") > 1)')).toMatchObject({ condition: 'OR', rules: [{ field: 'loss' }] });
    expect(parseFilter('  ')).toBe(null);
  });

  test('that are none say how one looks', () => {
    const none = ['loss < 1', 'Metric(loss) < 1', 'Metric("loss")', 'Metric("loss") < ', '(Tag("a")', 'Tag("a") Tag("b")', 'Metric("a").nearby(1)', '"', '~'];
    for (const text of [...none, '('.repeat(5000)]) expect(() => parseFilter(text)).toThrow(SettingsError);
  });

  test('of an old Comet without search say so', async () => {
    const { url } = await serving((request, response) =>
      answered(request.url ?? '', response, { 'project/column-names': { columns }, project: { projectId: 'p' }, experiments: { experiments: [] } }),
    );
    await expect(listedBy('comet', { address: url, key: 'k' }, { filter: 'Metric("loss") < 1' })).rejects.toMatchObject({
      code: 'not-found',
      tip: expect.stringContaining('Leave out the filter'),
    });
  });
});

describe('trouble', () => {
  test('a wrong key is told in the words of the server', async () => {
    const { url } = await doubleOf();
    const error = await readFrom('comet', { address: url, key: 'wrong' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ code: 'unauthorised', message: expect.stringContaining('API key is not valid') });
  });

  test('a server that asks to be asked less often is waited for', async () => {
    const { settings, fail } = await doubleOf([experiment('x1', { points: points('loss', 3) })]);
    fail(3, 429, { 'retry-after': '0' });
    expect((await readFrom('comet', settings)).runs.length).toBe(1);
  });

  test('a server that is busy is known as soon as it is not', async () => {
    const { url } = await serving((request, response, count) => {
      if (count <= 12) json(response, { msg: 'slow down' }, 429, { 'retry-after': '0' });
      else if (request.url === '/clientlib/isAlive/ver') json(response, { msg: 'Healthy Server', version: '3.58.1' });
      else response.writeHead(404).end();
    });
    const known = await recognise(url, { env: {}, version: 'test', signal: new AbortController().signal });
    expect(known?.meta.id).toBe('comet');
  });

  test('a run that is cut in the middle is left out, and what the server refuses of another is told', async () => {
    const { url } = await serving((request, response) => {
      const asked = request.url ?? '';
      if (asked.includes('get-metric') && asked.includes('cut'))
        response.writeHead(200, { 'content-length': '100' }).write('{"metrics": [', () => response.destroy());
      else if (asked.includes('git/')) json(response, { msg: 'not yours' }, 403);
      else {
        const metric = { metricName: 'loss', metricValue: '1', step: 0, timestamp: 5 };
        answered(asked, response, {
          experiments: asked.includes('archived=true')
            ? {}
            : { experiments: ['cut', 'whole'].map((experimentKey) => ({ experimentKey, workspaceName: 'w', projectName: 'p' })) },
          'experiment/metrics/summary': { values: [{ name: 'loss' }] },
          'experiment/metrics/get-metric': { metrics: [metric, { ...metric, metricValue: 'text' }] },
        });
      }
    });
    const { runs, issues } = await readFrom('comet', { address: url, key: 'k' });
    expect(runs.map(({ run }) => [run.nativeId, run.series.length, run.issues.map(({ code }) => code).sort()])).toEqual([
      ['whole', 1, ['bad-value', 'forbidden', 'forbidden']],
    ]);
    expect(issues).toMatchObject([{ code: 'cut-off' }]);
  }, 30_000);

  test('answers of odd shapes are read as nothing', async () => {
    const odd = {
      values: 7,
      metrics: [null, 'x', { metricName: 3 }],
      tags: 'no',
      assets: [{ fileName: 5 }, {}],
      installedPackages: [1],
      command: {},
      gpuStaticInfoList: 'x',
    };
    const { url } = await serving((request, response) =>
      answered(
        request.url ?? '',
        response,
        new Proxy({ experiments: { experiments: [{ experimentKey: 'x1' }, 'no', {}] } } as Record<string, unknown>, {
          has: () => true,
          get: (known, name: string) => known[name] ?? odd,
        }),
      ),
    );
    const { runs } = await readFrom('comet', { address: url, key: 'k' }, { projects: ['w/p'] });
    expect(runs.map(({ run }) => [run.nativeId, run.series.length])).toContainEqual(['x1', 0]);
  });
});

describe('the form', () => {
  const tracker = trackerOf('comet');
  const homeWith = (config: string): string => {
    const home = mkdtempSync(join(tmpdir(), 'diptych-comet-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    writeFileSync(join(home, '.comet.config'), config);
    return home;
  };

  test('takes address and key from the file of the client, the environment before it, and sends the key nowhere else', () => {
    const HOME = homeWith(
      '; by comet login\n[other]\napi_key = no\n[comet]\napi_key = "secret-1"\nurl_override=https://comet.lab.example/clientlib/\nworkspace=lab\n',
    );
    const found = fillSettings(tracker, {}, { HOME });
    expect(found.settings).toEqual({ address: 'https://comet.lab.example/clientlib/', key: 'secret-1', workspace: 'lab' });
    expect(tracker.access(found.settings)).toEqual({ base: 'https://comet.lab.example', headers: { authorization: 'secret-1' } });
    expect(fillSettings(tracker, {}, { HOME, COMET_API_KEY: 'secret-2' }).settings.key).toBe('secret-2');
    expect(() => fillSettings(tracker, { address: 'https://elsewhere.example' }, { HOME })).toThrow(SettingsError);
    expect(JSON.stringify(formOf(tracker, { HOME }))).not.toContain('secret-1');
    expect(fillSettings(tracker, {}, { HOME: '/nowhere', COMET_CONFIG: join(HOME, '.comet.config') }).settings.key).toBe('secret-1');
    expect(fillSettings(tracker, {}, { HOME: '/nowhere', COMET_CONFIG: HOME }).settings.key).toBe('secret-1');
  });

  test('knows the service by its names, and a key that belongs to another server', () => {
    const base = (address: string): string => tracker.access({ address, key: 'k' }).base;
    expect(['comet.com', 'https://www.comet.ml/lab/digits', 'https://www.comet.com/clientlib/'].map(base)).toEqual(Array(3).fill('https://www.comet.com'));
    expect(base('http://comet.lab.example:8080/clientlib')).toBe('http://comet.lab.example:8080');
    const newer = `abc*${Buffer.from('{"baseUrl": "https://comet.lab.example/"}').toString('base64')}`;
    expect(tracker.access({ address: 'https://comet.lab.example', key: newer }).headers).toEqual({ authorization: 'abc' });
    expect(() => tracker.access({ address: 'https://www.comet.com', key: newer })).toThrow('https://comet.lab.example');
    expect(tracker.access({ address: 'https://www.comet.com', key: 'abc*%%%' }).headers).toEqual({ authorization: 'abc' });
  });
});

/** Answers by call; JSON null for what it knows nothing of, and what a connection needs at least. */
function answered(url: string, response: ServerResponse, answers: Readonly<Record<string, unknown>>): void {
  const call = (url.split('?')[0] ?? '').replace('/api/rest/v2/', '');
  const usually: Readonly<Record<string, unknown>> = {
    'account-details': { userName: 'u' },
    workspaces: { workspaceNames: ['w'] },
    projects: { projects: [{ projectName: 'p' }] },
  };
  if (call in usually) json(response, usually[call]);
  else if (call in answers) json(response, answers[call]);
  else if (call.startsWith('experiment/') && !call.includes('get-all')) json(response, null);
  else json(response, { msg: 'no' }, 404);
}
