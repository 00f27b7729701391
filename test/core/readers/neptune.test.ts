// Neptune's runs in parts and in odd shapes: what a person still has, whichever piece of it.
import { describe, expect, test } from 'vitest';
import { scriptedTree } from '../../../src/core/source/scripted';
import { filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { allIssues, readTree } from '../../support/read';

const filesOfCase = (id: string) => filesOf(fixtureCases.find((fixture) => fixture.id === id)!);
const codes = (read: Parameters<typeof allIssues>[0]) => allIssues(read).map(({ code }) => code);
const idsOf = ({ runs }: Awaited<ReturnType<typeof readTree>>) => runs.map(({ run }) => run.id).sort();

describe('an export', () => {
  const files = filesOfCase('neptune-export/n3-lr-sweep');
  const data = Object.entries(files).filter(([path]) => path.startsWith('data/'));

  test('is the same runs without its files, as a project folder, and as parts alone', async () => {
    const whole = await readTree(treeOf(files));
    const without = await readTree(treeOf(Object.fromEntries(data)));
    const project = await readTree(treeOf(Object.fromEntries(data.map(([path, bytes]) => [path.split('/').slice(2).join('/'), bytes]))));
    expect(idsOf(without)).toEqual(idsOf(whole));
    expect(idsOf(project)).toEqual(idsOf(whole));
    expect(codes(whole)).toEqual([]);
    expect(new Set(codes(without))).toEqual(new Set(['missing-file']));
  });

  test('under a name of its own is still known by its columns', async () => {
    const [, bytes] = data[0]!;
    const { runs } = await readTree(treeOf({ 'kept/my run.parquet': bytes }));
    expect(runs.map(({ run }) => [run.format, run.nativeId])).toEqual([['neptune-export', 'sweep-lr0.02']]);
  });

  test('whose part 0 never came is read and told', async () => {
    const parts = Object.entries(filesOfCase('neptune-export/n3-edge-multipart')).filter(([path]) => !/edge.*_part_0/.test(path));
    const read = await readTree(treeOf(Object.fromEntries(parts)));
    expect(read.runs).toHaveLength(2);
    expect(read.runs.flatMap(({ run }) => run.issues.map(({ code }) => code))).toEqual(['truncated']);
  });

  test('of the model registry is told apart by its folders, and finds its files there', async () => {
    const moved = Object.entries(filesOfCase('neptune-export/codecs')).flatMap(([path, bytes]): [string, Uint8Array][] => {
      const [top, project, ...rest] = path.split('/') as [string, string, ...string[]];
      return /snappy-v2/.test(path) ? [[`model_${top}/${project}/model_versions/${rest.join('/')}`, bytes]] : [];
    });
    const { runs } = await readTree(treeOf(Object.fromEntries(moved)));
    const sizes = runs.map(({ run }) => run.artifacts.find(({ path }) => path === 'snappy-v2/model/w.bin')?.size);
    expect(runs.map(({ run }) => [run.nativeId, run.jobType])).toEqual([['snappy-v2', 'model_version']]);
    expect(sizes).toEqual([3]);
    expect(runs.flatMap(({ run }) => run.issues)).toEqual([]);
  });

  test('keeps texts and histograms as files, by step', async () => {
    const { runs } = await readTree(treeOf(filesOfCase('neptune-export/codecs')), { keepContents: true });
    const { run, contents } = runs.find((read) => read.run.nativeId === 'zstd-v1')!;
    const text = (path: string) => new TextDecoder().decode(contents.find((content) => content.path === path)?.bytes);
    expect(text('logs/out.jsonl').split('\n')[1]).toBe('{"step":1,"time_ms":1700000001001,"value":"Zeile 1"}');
    expect(text('hist.jsonl').split('\n')[4]).toBe('{"step":4,"time_ms":1700000001004,"value":{"type":"COUNTING","edges":[0,1,2],"values":[1,4]}}');
    expect(run.media).toMatchObject([
      { name: 'hist', kind: 'histogram', count: 5 },
      { name: 'logs/out', kind: 'text', count: 5 },
    ]);
    expect(run.series.find(({ name }) => name === 'm/steps')?.exactSteps).toBeUndefined();
    expect(runs.filter((read) => read.run.deleted).map((read) => read.run.nativeId)).toEqual(['gzip-v2']);
  });
});

const uuid = 'f0205687-5fde-4a13-a5ae-e96b3c1f3b06';
const operations = (...objects: object[]) => objects.map((obj, at) => JSON.stringify({ obj, version: at + 1 }));
const float = (value: unknown, step: number | null, ts = 1_700_000_000 + (step ?? 0)) => ({
  type: 'LogFloats',
  path: ['m', 'loss'],
  values: [{ value, step, ts }],
});
const scalar = (path: string, value: unknown, type = 'AssignFloat') => ({ type, path: path.split('/'), value });
const inFolder = (lines: string, folder = `offline/run__${uuid}`) => ({ [`.neptune/${folder}/data-1.log`]: lines });

describe('an operation log', () => {
  test('of an old client has no metadata and may have no line feeds; NaN and infinities are bare', async () => {
    const lines = operations(scalar('sys/name', 'fox', 'AssignString'), float('@nan', 0), float('@inf', 1), float(0.5, 2)).join('');
    const { runs } = await readTree(scriptedTree(inFolder(lines.replace('"@nan"', 'NaN').replace('"@inf"', '-Infinity'))));
    const [{ run, points }] = runs as [(typeof runs)[number]];
    expect(run).toMatchObject({ nativeId: uuid, name: 'fox', startedMs: null, status: 'unknown', format: 'neptune-offline' });
    expect([...points[0]!.values]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY, 0.5]);
    expect(run.issues).toEqual([]);
  });

  test('of several executions is one run, folded in their order', async () => {
    const tree = scriptedTree({
      ...inFolder(`${operations(scalar('p/lr', 1), float(3, 0)).join('\n')}\n`, `async/run__${uuid}/exec-1700000000-a-1`),
      ...inFolder(`${operations(scalar('p/lr', 2), float(2, 1)).join('\n')}\n`, `async/run__${uuid}/exec-1700009999-b-2`),
    });
    const { runs } = await readTree(tree);
    expect(runs.map(({ run, points }) => [run.nativeId, run.params, [...points[0]!.values]])).toEqual([[uuid, { 'p/lr': 2 }, [3, 2]]]);
  });

  test('of an execution that was resumed under another name comes after the first; a copy elsewhere is no execution', async () => {
    const part = (folder: string, created: string, value: number) => ({
      [`${folder}/data-1.log`]: `${operations(float(value, value)).join('\n')}\n`,
      [`${folder}/metadata.json`]: JSON.stringify({ mode: 'async', containerId: uuid, containerType: 'run', createdAt: created }),
    });
    const [first, second] = [`.neptune/async/run__${uuid}__20__zzzzzzzz`, `.neptune/async/run__${uuid}__30__aaaaaaaa`];
    const tree = { ...part(first, '2026-01-01T00:00:00+00:00', 1), ...part(second, '2026-01-02T00:00:00+00:00', 2) };
    const { runs } = await readTree(scriptedTree({ ...tree, ...part(`backup/${first}`, '2026-01-01T00:00:00+00:00', 1) }));
    expect(runs.map(({ run, points }) => [run.path, run.startedMs, [...points[0]!.values]])).toContainEqual([first, Date.UTC(2026, 0, 1), [1, 2]]);
  });

  test('obeys clearing and deleting, and tells what it cannot follow', async () => {
    const lines = operations(
      float(9, 0),
      { type: 'ClearFloatLog', path: ['m', 'loss'] },
      float(1, null),
      float(2, null),
      scalar('p/gone', 1),
      { type: 'DeleteAttribute', path: ['p', 'gone'] },
      { type: 'AddStrings', path: ['sys', 'tags'], values: ['b', 'a'] },
      { type: 'RemoveStrings', path: ['sys', 'tags'], values: ['b'] },
      { type: 'CopyAttribute', path: ['p', 'copy'], container_id: 'x', source_path: ['p', 'lr'] },
      { type: 'FromTheFuture', path: ['x'] },
    );
    const read = await readTree(scriptedTree(inFolder(`${lines.join('\n')}\n`)));
    const [{ run, points }] = read.runs as [(typeof read.runs)[number]];
    expect(run.params).toEqual({});
    expect(run.tags).toEqual({ a: true });
    expect(points[0]).toMatchObject({ steps: null, values: Float64Array.of(1, 2) });
    expect(codes(read)).toEqual(['unsupported', 'unsupported']);
  });

  test('holds pictures and content itself; what lies in upload_path is found, packages are read', async () => {
    const lines = operations(
      { type: 'LogImages', path: ['pic'], values: [{ value: { data: btoa('\x89PNG…'.slice(0, 4)), name: null, description: null }, step: 3, ts: 1 }] },
      { type: 'UploadFileContent', path: ['card'], ext: 'md', file_content: btoa('# card') },
      { type: 'UploadFile', path: ['source_code', 'requirements'], ext: 'txt', file_path: null, tmp_file_name: 'req.txt' },
      { type: 'UploadFile', path: ['far'], ext: 'bin', file_path: '/train/far.bin', tmp_file_name: null },
    );
    const files = { ...inFolder(`${lines.join('\n')}\n`), [`.neptune/offline/run__${uuid}/upload_path/req.txt`]: 'numpy==2.1.0\nrequests>=2\n' };
    const { runs } = await readTree(scriptedTree(files), { keepContents: true });
    const [{ run, contents }] = runs as [(typeof runs)[number]];
    expect(run.artifacts.map(({ path, size, kind }) => [path, size, kind])).toEqual([
      ['card', 6, 'file'],
      ['far', null, 'reference'],
      ['pic', null, 'file'],
      ['pic/3.png', 4, 'file'],
      ['source_code/requirements', 25, 'file'],
    ]);
    expect(new TextDecoder().decode(contents.find(({ path }) => path === 'card')?.bytes)).toBe('# card');
    expect(run.facts.find(({ kind }) => kind === 'packages')).toMatchObject({ value: { numpy: '2.1.0' } });
  });

  test('of which the beginning was sent, or the end is missing, says so', async () => {
    const lines = [float(1, 0), float(2, 1)].map((obj, at) => JSON.stringify({ obj, version: at + 41 }));
    const tail = await readTree(scriptedTree(inFolder(`${lines.join('\n')}\n`)));
    expect(codes(tail)).toEqual(['missing-file']);
    const counted = { ...inFolder(`${operations(float(1, 0)).join('\n')}\n`), [`.neptune/offline/run__${uuid}/last_put_version`]: '7' };
    expect(codes(await readTree(scriptedTree(counted)))).toEqual(['truncated']);
  });
});

describe('a database of Neptune Scale', () => {
  test('keeps its histograms with edges and counts', async () => {
    const { runs } = await readTree(treeOf(filesOfCase('neptune-scale/oddities')), { keepContents: true });
    const [{ contents }] = runs as [(typeof runs)[number]];
    const lines = new TextDecoder().decode(contents.find(({ path }) => path === 'hist.jsonl')?.bytes).split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ step: 1, value: { edges: [0, 1, 2], counts: [3, 4] } });
  });

  test('without its log, where the main file is empty, is told and not passed over', async () => {
    const { '.neptune/lab_digits_diverges_1795424124100988928/run_operations.sqlite3': main } = filesOfCase('neptune-scale/killed-diverged-wal');
    const read = await readTree(treeOf({ 'x/run_operations.sqlite3': main!.subarray(0, 100) }));
    expect(read.runs).toEqual([]);
    expect(codes(read)).toEqual(['bad-record']);
  });
});
