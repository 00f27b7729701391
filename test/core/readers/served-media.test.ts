// Media that servers tell in odd forms: answers, never errors, and none that was not logged.
import { expect, test } from 'vitest';
import { mediaEvents } from '../../../src/core/readers/aim/server-media';
import { streamedRuns } from '../../../src/core/readers/aim/stream';
import { TensorBoardApi } from '../../../src/core/readers/tensorboard/server';
import { mediaOf, tagsIn } from '../../../src/core/readers/tensorboard/server-media';
import { servedHome } from '../../../src/core/readers/trackio/media';
import { defaultLimits, type ReadContext } from '../../../src/core/source/reader';

const context = { signal: new AbortController().signal, limits: defaultLimits } as ReadContext;

/** Every tag has the same answer. */
async function tensorboard(plugin: 'images' | 'audio' | 'text' | 'histograms', answer: unknown, status = 200) {
  const send = async () => ({ status, bytes: new TextEncoder().encode(JSON.stringify(answer)), header: () => 'application/json' });
  const api = new TensorBoardApi({ base: 'http://t', headers: {} }, { send });
  const tags = new Map([[plugin, new Map([['run', new Map([['tag', 1]])]])]]);
  const reading = mediaOf(0, [{ name: 'run', below: '.', tags: [], session: null }], tags, api, context);
  const items = [];
  for (;;) {
    const { value, done } = await reading.next();
    if (done) return { items, full: value };
    if (value.kind === 'media-item') items.push(value);
  }
}

const text = (from: unknown): string => new TextDecoder().decode((from as { readonly bytes: Uint8Array }).bytes);

test.each([
  ['images', [1, null, {}, { query: 7 }, [], 'x']],
  ['audio', { not: 'a list' }],
  ['histograms', [[], [1, 2], [1, 2, 3], [1, 2, [[1], 'x', [null, 'a', {}]]], {}]],
  ['text', [{ text: 5 }, { text: '<table><tr><td>' }, null]],
] as const)('TensorBoard: %s of no sense', async (plugin, answer) => {
  const { items } = await tensorboard(plugin, answer);
  for (const { item } of items) expect(item.step === null || Number.isFinite(item.step)).toBe(true);
});

test('TensorBoard: a tag that is gone has no items, as many as it keeps are a sample', async () => {
  expect((await tensorboard('images', 'gone', 404)).items).toEqual([]);
  const rows = Array.from({ length: 10 }, (_, step) => ({ step, wall_time: 1.5, query: `blob_key=${step}` }));
  expect((await tensorboard('images', rows)).full).toEqual(['tag']);
  expect((await tensorboard('images', rows.slice(1))).full).toEqual([]);
});

test('TensorBoard: texts of one cell are texts, of several a table, with their signs as they were', async () => {
  const one = await tensorboard('text', [{ step: 1, wall_time: 1, text: '<table>\n<tbody>\n<tr>\n<td>a &lt; b &amp;amp; c</td>\n</tr>\n</tbody>\n</table>' }]);
  expect(one.items.map(({ item, from }) => [item.form, text(from)])).toEqual([['text', 'a < b &amp; c']]);
  const two = await tensorboard('text', [{ step: 1, wall_time: 1, text: '<table>\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table>' }]);
  expect(two.items[0]?.item.form).toBe('table');
  expect(JSON.parse(text(two.items[0]?.from))).toMatchObject({ rows: [['a', 'b']] });
  expect((await tensorboard('text', [{ step: 1, wall_time: 1, text: 'a &lt;b&gt;' }])).items.map(({ from }) => text(from))).toEqual(['a <b>']);
});

test('TensorBoard: histograms of both generations, empty bins beyond the ends left out', async () => {
  const old = [
    [-3, -4, 0],
    [-4, -2, 5],
    [-2, 1, 0],
    [1, 2, 7],
    [2, 1.5, 0],
  ];
  const { items } = await tensorboard('histograms', [
    [1, 0, old],
    [
      1,
      1,
      [
        [0, 1, 0],
        [1, 2, 3],
      ],
    ],
    [1, 2, [[5, 5, 9]]],
  ]);
  expect(items.map(({ from }) => JSON.parse(text(from)))).toEqual([
    { edges: [-3, -2, 1, 1.5], counts: [5, 0, 7] },
    { edges: [0, 1, 2], counts: [0, 3] },
    { edges: [5, 5], counts: [9] },
  ]);
});

test('TensorBoard: tags as lists, as objects, and as nothing of the kind', () => {
  expect([...tagsIn({ a: ['y', 'x', 1], b: { t: { samples: 3 }, u: null }, c: 7 })].map(([run, tags]) => [run, [...tags]])).toEqual([
    [
      'a',
      [
        ['x', 1],
        ['y', 1],
      ],
    ],
    [
      'b',
      [
        ['t', 3],
        ['u', 1],
      ],
    ],
    ['c', []],
  ]);
});

test('Trackio: a path leads nowhere but below the folder of media', async () => {
  const asked: string[] = [];
  const home = servedHome(async (path) => {
    asked.push(path);
    return new Uint8Array(1);
  });
  for (const path of ['../secret', 'a/../../b', '/etc/passwd', 'a//b', '', 'a\\..\\b', '.']) expect(home.find(path), path).toBeNull();
  expect(home.find('run/3/a b%.png')?.path).toBe('media/run/3/a b%.png');
  expect(asked).toEqual([]);
});

test('Aim: an answer without runs, and traces of no sense', () => {
  expect(streamedRuns(new Uint8Array())).toEqual(new Map());
  const tree = { at: () => [null, { name: 3 }, { name: 'a', values: [null, 7, [{}], { blob_uri: 5 }], iters: 'x' }] };
  const run = { tree, columns: new Map(), blobs: new Map() } as unknown as Parameters<typeof mediaEvents>[2];
  const fetch = async () => new Uint8Array();
  for (const sequence of ['images', 'texts', 'distributions', 'figures', 'audios'] as const) {
    const events = [...mediaEvents(0, sequence, run, fetch)];
    expect(events.filter(({ kind }) => kind === 'media-item').length).toBe(2);
    expect(events.every((event) => event.kind !== 'media-item' || event.from === null)).toBe(true);
  }
});
