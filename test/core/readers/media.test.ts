// Media out of hostile and odd logs: nothing is believed, nothing is decoded, what is damaged is listed and not shown.
import { describe, expect, test } from 'vitest';
import { parseHistogram, parseTable } from '../../../src/core/model/media-forms';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedTree } from '../../../src/core/source/scripted';
import { type Field, scalar, sessionStart, summary, version } from '../../support/event-file';
import { readTree } from '../../support/read';
import { frame, type Items, wandb } from '../../support/wandb-log';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const utf8 = (text: string) => new TextEncoder().encode(text);
const keeping = { keepContents: true } as const;

async function eventsRead(...records: readonly Uint8Array[]) {
  const { runs, issues } = await readTree(scriptedTree({ 'run/events.out.tfevents.1.h': Buffer.concat(records) }), keeping);
  return { runs, issues, read: runs[0] };
}

const image = (tag: string, bytes: Uint8Array): readonly Field[] => [
  [1, tag],
  [4, [[4, bytes]]],
];
const tensor = (tag: string, plugin: string, fields: readonly Field[]): readonly Field[] => [
  [1, tag],
  [9, [[1, [[1, plugin]]]]],
  [8, fields],
];
const doubles = (...values: readonly number[]) => new Uint8Array(new Float64Array(values).buffer);
const shape = (...sizes: readonly number[]): Field => [2, sizes.map((size): Field => [2, [[1, { varint: size }]]])];
const contentOf = (read: Awaited<ReturnType<typeof eventsRead>>['read'], name: string, at = 0) => {
  const item = read?.run.media.find((media) => media.name === name)?.items?.[at];
  return read?.contents.find(({ path }) => path === item?.content)?.bytes;
};

describe('event files', () => {
  test('a restart takes back pictures of the first generation, as it takes back their count', async () => {
    const log = [version(), scalar('loss', 1)];
    for (const step of [0, 1, 2]) log.push(summary([image('img', png)], { step }));
    const { read } = await eventsRead(...log, sessionStart(1), summary([image('img', png)], { step: 1 }));
    const [media] = read!.run.media;
    expect(media?.count).toBe(2);
    expect(media?.items?.map(({ step }) => step)).toEqual([0, 1]);
  });

  test('pictures alone are no run, and leave nothing behind', async () => {
    const { runs, issues } = await eventsRead(version(), summary([image('img', png)]));
    expect(runs).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(['empty']);
  });

  test('what calls itself a picture is a file unless its first bytes are those of one', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const { read } = await eventsRead(version(), scalar('loss', 1), summary([image('a', utf8(svg)), image('b', png)]));
    expect(read?.run.media.map(({ items }) => [items?.[0]?.form, items?.[0]?.type])).toEqual([
      ['file', 'application/octet-stream'],
      ['image', 'image/png'],
    ]);
  });

  test('a histogram of the first generation has its least and largest value as outer edges, empty bins around it left out', async () => {
    const histogram: readonly Field[] = [
      [1, 'w'],
      [
        5,
        [
          [1, { double: -1.5 }],
          [2, { double: 2.5 }],
          [6, doubles(-3, -2, -1, 0, 1, 3, 4)],
          [7, doubles(0, 0, 2, 0, 1, 4, 0)],
        ],
      ],
    ];
    const { read } = await eventsRead(version(), scalar('loss', 1), summary([histogram]));
    expect(parseHistogram(contentOf(read, 'w')!)).toEqual({ edges: [-1.5, -1, 0, 1, 2.5], counts: [2, 0, 1, 4] });
  });

  test('tensors whose shape and bytes disagree are listed and not shown', async () => {
    const dtype: Field = [1, { varint: 2 }];
    const { read } = await eventsRead(
      version(),
      scalar('loss', 1),
      summary([
        tensor('huge', 'histograms', [dtype, shape(2 ** 40, 3), [6, doubles(1)]]),
        tensor('flat', 'histograms', [dtype, shape(3), [4, doubles(1, 2, 3)]]),
        tensor('short', 'pr_curves', [dtype, shape(6, 9), [4, doubles(1, 2)]]),
        tensor('gap', 'histograms', [dtype, shape(2, 3), [4, doubles(0, 1, 5, 2, 3, 7)]]),
      ]),
    );
    const kept = Object.fromEntries(read!.run.media.map(({ name, items }) => [name, items?.[0]?.content !== null]));
    expect(kept).toEqual({ huge: false, flat: false, short: false, gap: true });
    expect(parseHistogram(contentOf(read, 'gap')!)).toEqual({ edges: [0, 1, 2, 3], counts: [5, 0, 7] });
  });

  test('many large pictures stay within the limits and are told', async () => {
    const log = [version(), scalar('loss', 1)];
    for (let step = 0; step < 300; step++) log.push(summary([image('img', new Uint8Array(2000).fill(0x89))], { step }));
    const tree = scriptedTree({ 'run/events.out.tfevents.1.h': Buffer.concat(log) });
    const { runs } = await readTree(tree, { ...keeping, limits: { ...defaultLimits, mediaBytesPerRun: 20_000 } });
    const bytes = runs[0]!.contents.reduce((sum, content) => sum + content.bytes.length, 0);
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(runs[0]!.run.media[0]).toMatchObject({ count: 300 });
    expect(runs[0]!.run.issues.map(({ code, severity }) => `${code} ${severity}`)).toContain('too-large info');
  });
});

test('readers that share the event folder tell its items', async () => {
  const log = (tag: string) => Buffer.concat([version(), scalar('loss', 1), summary([image(tag, png)], { step: 4 })]);
  const job = { '.hydra/config.yaml': 'lr: 1', '.hydra/hydra.yaml': 'hydra: {}', '.hydra/overrides.yaml': '[]', 'tb/events.out.tfevents.1.h': log('hydra') };
  const version0 = { 'hparams.yaml': 'lr: 1', 'events.out.tfevents.1.h': log('lightning') };
  const files = {
    ...Object.fromEntries(Object.entries(job).map(([path, bytes]) => [`outputs/1/${path}`, bytes])),
    ...Object.fromEntries(Object.entries(version0).map(([path, bytes]) => [`lightning_logs/version_0/${path}`, bytes])),
  };
  const { runs } = await readTree(scriptedTree(files), keeping);
  const media = runs.map(({ run }) => [run.format, run.media.map(({ name, context, count, items }) => [name, context, count, items?.map(({ step }) => step)])]);
  expect(media.sort()).toEqual([
    ['hydra', [['hydra', undefined, 1, [4]]]],
    ['lightning', [['lightning', undefined, 1, [4]]]],
  ]);
});

describe('W&B', () => {
  const row = (...items: Items) => wandb.row(0, ...items);
  const object = (name: string, members: object): Items => Object.entries(members).map(([key, value]) => [[name, key], JSON.stringify(value)] as const);

  async function runOf(rows: readonly Uint8Array[], files: Readonly<Record<string, string | Uint8Array>> = {}) {
    const below = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`run-20260101_000000-abc/files/${path}`, bytes]));
    const { runs } = await readTree(
      scriptedTree({ 'secret.png': png, 'run-20260101_000000-abc/run-abc.wandb': frame([wandb.run('abc'), ...rows]), ...below }),
      keeping,
    );
    return runs[0]!;
  }

  test('paths that lead out of the folder find nothing', async () => {
    const read = await runOf([row(...object('img', { _type: 'image-file', path: '../../secret.png' }))], { 'config.yaml': 'a: 1' });
    expect(read.run.media[0]?.items?.[0]).toMatchObject({ content: null, size: null });
  });

  test('a table keeps its pictures with it, and cells that are no plain values as text', async () => {
    const table = { columns: ['pic', 1], data: [[{ _type: 'image-file', path: 'media/a.png' }, { deep: [1] }], ['x', null], 'no row'] };
    const read = await runOf([row(...object('t', { _type: 'table-file', path: 'media/t.table.json' }))], {
      'media/a.png': png,
      'media/t.table.json': JSON.stringify(table),
    });
    const bytes = read.contents.find(({ path }) => path === read.run.media[0]?.items?.[0]?.content)?.bytes;
    expect(parseTable(bytes!)).toEqual({
      columns: ['pic', '1'],
      rows: [
        [{ content: 'files/media/a.png', form: 'image' }, '{"deep":[1]}'],
        ['x', null],
      ],
    });
    expect(read.contents.some(({ path }) => path === 'files/media/a.png')).toBe(true);
  });

  test('a table that is no JSON, and a histogram whose sides do not fit, are listed and not shown', async () => {
    const rows = [row(...object('t', { _type: 'table-file', path: 't.json' }), ...object('h', { _type: 'histogram', bins: [1, 2], values: [1, 2] }))];
    const read = await runOf(rows, { 't.json': '{"columns": [' });
    expect(read.run.media.map(({ name, items }) => [name, items?.[0]?.content])).toEqual([
      ['h', null],
      ['t', null],
    ]);
  });
});
