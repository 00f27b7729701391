// What media views keep, and which media are found to differ: by bytes, and only where sizes do not tell.
import { describe, expect, test } from 'vitest';
import type { RunId } from '../../src/core/base/units';
import type { Media } from '../../src/core/model/media';
import type { Run } from '../../src/core/model/run';
import { job } from '../../src/renderer/features/media/job';
import { parseSlice } from '../../src/renderer/features/run/attributes/slice';
import { parseMediaSlice, toggleFolded } from '../../src/renderer/media/slice';
import type { JobContext } from '../../src/renderer/registry/jobs';
import { runFromText } from '../support/run-from-text';

describe('settings', () => {
  const standard = parseMediaSlice(undefined);

  test('are read back as they were, and as the standard where they are damaged', () => {
    const kept = { ...standard, step: 40.5, size: 'l', folded: ['a'], filter: 'differs', overSteps: true };
    expect(parseMediaSlice(kept)).toBe(kept);
    for (const bad of [null, 3, {}, { ...standard, step: Number.NaN }, { ...standard, size: 'xl' }, { ...standard, folded: [1] }, { ...standard, filter: 'x' }])
      expect(parseMediaSlice(bad)).toBe(standard);
    const order = { tree: 'path' };
    expect(parseSlice(order)).toBe(order);
    expect(parseSlice({ tree: 'sideways' })).toEqual({ tree: 'auto' });
  });

  test('folding twice is as before', () => {
    expect(toggleFolded(standard, 'a').folded).toEqual(['a']);
    expect(toggleFolded(toggleFolded(standard, 'a'), 'a').folded).toEqual([]);
  });
});

describe('what differs at a step', () => {
  const contents = new Map<string, string>();
  const reads: string[] = [];
  /** `0:same 10:abc`: an item a step, with its bytes as text; `10:` for bytes that were not kept. */
  const media = (run: string, name: string, steps: string): Media => {
    const items = steps.split(' ').map((part) => {
      const [step = '', text = ''] = part.split(':');
      const path = `${name}/${step}`;
      if (text !== '') contents.set(`${run} ${path}`, text);
      return { step: Number(step), timeMs: null, index: 0, form: 'image', type: 'image/png', content: path, size: 4, caption: null } as const;
    });
    return { name, kind: 'image', count: items.length, items };
  };
  const run = (id: string, names: Readonly<Record<string, string>>): Run => ({
    ...runFromText('step loss\n0 1', { id }),
    media: Object.entries(names).map(([name, steps]) => media(id, name, steps)),
  });
  const runs = [
    run('a', { same: '0:abcd 10:efgh', early: '0:abcd 10:efgh', bytes: '0:abcd', lost: '0:', alone: '0:abcd', shape: '0:abcd' }),
    run('b', { same: '0:abcd 10:efgh', early: '0:abcd', bytes: '0:abcX', lost: '0:abcd', shape: '5:abcd' }),
  ];
  const context: JobContext = {
    store: {
      runs: async (refs) => refs.flatMap(({ id }) => runs.find((one) => one.id === id) ?? []),
      points: async () => [],
      content: async (id, path) => {
        reads.push(path);
        const text = contents.get(`${id} ${path}`);
        return text === undefined ? null : new TextEncoder().encode(text);
      },
    },
    signal: new AbortController().signal,
    progress: () => {},
    breathe: async () => {},
  };
  const refs = runs.map(({ id }) => ({ id: id as RunId, stamp: 1 }));
  const names = (keys: readonly string[]) => keys.map((key) => key.split('\0')[0]);

  test('is told by bytes; what cannot be told is no difference', async () => {
    const { differing, unknown } = await job.run({ runs: refs, step: null }, context);
    expect(names(differing)).toEqual(['bytes', 'early']);
    expect(names(unknown)).toEqual(['lost']);
  });

  test('depends on the step', async () => {
    const { differing } = await job.run({ runs: refs, step: 0 }, context);
    // At step 0 the second run has nothing of `shape` yet.
    expect(names(differing)).toEqual(['bytes', 'shape']);
  });

  test('reads nothing of what only one run has', () => expect(reads.some((path) => path.startsWith('alone'))).toBe(false));
});
