// Which items of media are kept: evenly spaced, always the first and the last, within the budgets, and told where some are not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MediaKeeper } from '../../../src/core/ingest/media-keeper';
import type { LoggedItem, MediaBytes } from '../../../src/core/model/events';
import { defaultLimits, type Limits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';
import { SourceError } from '../../../src/core/source/source';

const signal = new AbortController().signal;
const item = (step: number | null, index = 0): LoggedItem => ({ step, timeMs: null, index, form: 'image', type: 'image/png', caption: null });
const bytes = (length: number, fill = 1) => ({ bytes: new Uint8Array(length).fill(fill) });
const file = (path: string, content = 'x') => ({ file: scriptedFile(path, content), path });

interface Logged {
  readonly name?: string;
  readonly step: number | null;
  readonly index?: number;
  readonly from?: MediaBytes | null;
}

function keeperOf(logged: readonly Logged[], limits: Partial<Limits> = {}): MediaKeeper {
  const keeper = new MediaKeeper({ ...defaultLimits, ...limits });
  for (const { name = 'm', step, index = 0, from = bytes(1) } of logged) keeper.add({ of: { name, kind: 'image' }, item: item(step, index), from });
  return keeper;
}

const kept = async (logged: readonly Logged[], limits: Partial<Limits> = {}) => keeperOf(logged, limits).finish([], new Map(), signal);
const stepsOf = ({ media }: Awaited<ReturnType<typeof kept>>, name = 'm') => media.find(({ of }) => of.name === name)?.items.map(({ step }) => step);
const range = (count: number) => Array.from({ length: count }, (_, step) => ({ step }));

describe('too many items', () => {
  test('are thinned evenly, the first and the last stay, and it is told', async () => {
    const found = await kept(range(1001), { mediaItems: 10 });
    expect(stepsOf(found)).toEqual([0, 128, 256, 384, 512, 640, 768, 896, 1000]);
    expect(found.issues.map(({ code, severity }) => [code, severity])).toEqual([['too-large', 'info']]);
    expect(found.issues[0]?.message).toContain('9 of 1001 items');
  });

  test('keep all samples of a step together', async () => {
    const logged = range(64).flatMap(({ step }) => [0, 1, 2].map((index) => ({ step, index })));
    const { media } = await kept(logged, { mediaItems: 12 });
    const steps = media[0]!.items.map(({ step }) => step);
    expect(steps.length).toBeLessThanOrEqual(12);
    for (const step of new Set(steps)) expect(steps.filter((one) => one === step)).toHaveLength(3);
  });

  test('of one step are cut to the first', async () => {
    const found = await kept(
      Array.from({ length: 50 }, (_, index) => ({ step: 7, index })),
      { mediaItems: 5 },
    );
    expect(found.media[0]?.items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  });

  test('of a run are taken from the media with the most', async () => {
    const logged = [...range(100).map(({ step }) => ({ step, name: 'many' })), { step: 0, name: 'few' }, { step: 1, name: 'few' }];
    const found = await kept(logged, { mediaItemsPerRun: 20 });
    expect(stepsOf(found, 'few')).toEqual([0, 1]);
    expect(stepsOf(found, 'many')!.length).toBeLessThanOrEqual(18);
  });

  test('whatever comes, there are few enough, in order, with the first and the last', async () => {
    const logged = fc.array(fc.record({ step: fc.integer({ min: 0, max: 300 }), index: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(logged, fc.integer({ min: 2, max: 40 }), fc.boolean(), async (list, mediaItems, named) => {
        const sorted = named ? list : list.toSorted((a, b) => a.step - b.step);
        const found = await kept(
          sorted.map((one, i) => ({ ...one, from: named ? file(`f${i}`) : bytes(1) })),
          { mediaItems },
        );
        const items = found.media[0]!.items;
        expect(items.length).toBeLessThanOrEqual(mediaItems);
        const steps = sorted.map(({ step }) => step);
        expect(items[0]?.step).toBe(Math.min(...steps));
        for (const [i, one] of items.entries()) {
          const before = items[i - 1];
          if (before) expect(before.step! < one.step! || (before.step === one.step && before.index < one.index)).toBe(true);
        }
        const oneStep = Math.max(...[...new Set(steps)].map((step) => steps.filter((other) => other === step).length));
        if (2 * oneStep <= mediaItems) expect(items.at(-1)?.step).toBe(Math.max(...steps));
      }),
      { numRuns: 200 },
    );
  });
});

describe('bytes', () => {
  test('beyond what one item may have are only listed', async () => {
    const found = await kept([{ step: 0, from: bytes(101) }], { mediaItemBytes: 100 });
    expect(found.media[0]?.items[0]).toMatchObject({ content: null, size: 101 });
    expect(found.contents).toEqual([]);
    expect(found.issues[0]?.message).toContain('mediaItemBytes');
  });

  test('of all media stay within the budget while they come, by thinning and then by letting go', async () => {
    const limits = { mediaBytesPerRun: 1000, mediaItemBytes: 400 };
    const found = await kept(
      range(500).map(({ step }) => ({ step, from: bytes(100) })),
      limits,
    );
    expect(found.contents.reduce((sum, content) => sum + content.bytes.length, 0)).toBeLessThanOrEqual(1000);
    expect(stepsOf(found)?.[0]).toBe(0);
    expect(stepsOf(found)?.at(-1)).toBe(499);
    const wide = await kept(
      Array.from({ length: 20 }, (_, i) => ({ name: `m${i}`, step: 0, from: bytes(300) })),
      limits,
    );
    expect(wide.contents).toHaveLength(3);
    expect(wide.media.flatMap(({ items }) => items).filter(({ content }) => content === null)).toHaveLength(17);
    expect(wide.issues[0]?.message).toContain('17 are only listed, for want of room');
  });

  test('of a file that is known already are not held twice, and a file of several items takes room once', async () => {
    const known = new Map([['a.png', { path: 'a.png', bytes: new Uint8Array(3) }]]);
    const found = await keeperOf([
      { step: 0, from: file('a.png', 'abc') },
      { step: 1, from: file('b.png', 'abcd') },
      { step: 2, from: file('b.png', 'abcd') },
    ]).finish([], known, signal);
    expect(found.media[0]?.items.map(({ content, size }) => [content, size])).toEqual([
      ['a.png', 3],
      ['b.png', 4],
      ['b.png', 4],
    ]);
    expect(found.contents.map(({ path }) => path)).toEqual(['b.png']);
  });

  test('of a file that ends early are not there, and the run goes on', async () => {
    const short = { file: { ...scriptedFile('a', 'abc'), size: 10 }, path: 'a' };
    const found = await kept([
      { step: 0, from: short },
      { step: 1, from: file('b') },
    ]);
    expect(found.media[0]?.items.map(({ content }) => content)).toEqual([null, 'b']);
  });

  test('that are embedded never take the name of an artifact', async () => {
    const found = await keeperOf([{ step: 0 }]).finish(['@media/0', '@@media/x', 'a'], new Map(), signal);
    expect(found.contents.map(({ path }) => path)).toEqual(['@@@media/0']);
  });
});

test('a restart takes back later items; what is logged again is numbered on', async () => {
  const keeper = keeperOf(range(6));
  keeper.purge({ kind: 'media-purge', run: 0, of: { name: 'm', kind: 'image' }, fromStep: 3 });
  for (const step of [3, 3]) keeper.add({ of: { name: 'm', kind: 'image' }, item: item(step), from: bytes(1) });
  const { media } = await keeper.finish([], new Map(), signal);
  expect(media[0]?.items.map(({ step, index }) => [step, index])).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 1],
  ]);
});

test('items without a step come first, one by one', async () => {
  const { media } = await kept([{ step: 1 }, { step: null }, { step: null }]);
  expect(media[0]?.items.map(({ step, index }) => [step, index])).toEqual([
    [null, 0],
    [null, 1],
    [1, 0],
  ]);
});

test('a shape is asked only of what is kept, and may say another form', async () => {
  let asked = 0;
  const shape = () => {
    asked++;
    return { bytes: new Uint8Array(5), form: 'curve' as const, cut: true };
  };
  const found = await kept(
    range(100).map(({ step }) => ({ step, from: { ...bytes(1), shape } })),
    { mediaItems: 4 },
  );
  expect(asked).toBe(found.media[0]?.items.length);
  expect(found.media[0]?.items[0]).toMatchObject({ form: 'curve', size: 5 });
  expect(found.issues[0]?.message).toContain('kept in part');
});

test('a shape that fails costs its item, never the run, and is told', async () => {
  const shape = () => {
    throw new Error('no such luck');
  };
  const found = await kept([{ step: 0, from: { ...bytes(1), shape } }, { step: 1 }]);
  expect(found.media[0]?.items.map(({ content }) => content)).toEqual([null, '@media/0']);
  expect(found.issues.map(({ code, message }) => `${code}: ${message}`)).toEqual(['reader-error: 1 item of media could not be read: no such luck']);
});

describe('bytes that a server holds', () => {
  const served = (asked: number[], of: (step: number) => Uint8Array<ArrayBuffer> | Error, step: number): MediaBytes => ({
    fetch: async (mostBytes) => {
      asked.push(step);
      const found = of(step);
      if (found instanceof Error) throw found;
      if (found.length > mostBytes) throw new SourceError('too-large', 'too many bytes', `item ${step}`);
      return found;
    },
  });

  test('are asked for where the item is kept, and bounded', async () => {
    const asked: number[] = [];
    const logged = range(1001).map(({ step }) => ({ step, from: served(asked, () => bytes(3).bytes, step) }));
    const found = await kept(logged, { mediaItems: 10 });
    expect(asked).toEqual(stepsOf(found));
    expect(found.contents.length).toBe(asked.length);
    const large = await kept([{ step: 0, from: served([], () => bytes(50).bytes, 0) }, { step: 1 }], { mediaItemBytes: 20 });
    expect(large.media[0]?.items.map(({ content }) => content === null)).toEqual([true, false]);
    expect(large.issues[0]?.message).toContain('1 larger than 20 bytes is only listed');
    const many = range(5).map(({ step }) => ({ step, from: served([], () => bytes(10).bytes, step) }));
    const full = await kept(many, { mediaBytesPerRun: 25 });
    expect(full.media[0]?.items.filter(({ content }) => content !== null).length).toBe(2);
    expect(full.issues[0]?.message).toContain('3 are only listed, for want of room');
  });

  test('that cannot be had cost their item, and it is told', async () => {
    const from = (step: number) => served([], (at) => (at === 1 ? new Error('gone') : bytes(2).bytes), step);
    const found = await kept(range(3).map(({ step }) => ({ step, from: from(step) })));
    expect(found.media[0]?.items.map(({ content }) => content !== null)).toEqual([true, false, true]);
    expect(found.issues.map(({ message }) => message)).toEqual(['1 item of media could not be read: gone']);
  });
});
