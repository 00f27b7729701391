// Media by step and side by side: which steps there are, what stands at one of them, and which rows a filter leaves.
import { describe, expect, test } from 'vitest';
import type { Media, MediaItem } from '../../../src/core/model/media';
import type { Run } from '../../../src/core/model/run';
import { cellAt, filterRows, hiddenMedia, mediaRows } from '../../../src/core/view/media-rows';
import { indexAt, keptText, mediaAt, movedStep, orderedMedia, searchMedia, stepsOf } from '../../../src/core/view/media-steps';
import { runFromText } from '../../support/run-from-text';

/** `0 0 10`: an item a step; `.` for one without a step. */
function media(name: string, steps: string, more: Partial<Media> = {}): Media {
  const items = steps
    .split(' ')
    .filter(Boolean)
    .map((text, index): MediaItem => {
      const step = text === '.' ? null : Number(text);
      return { step, timeMs: null, index, form: 'image', type: 'image/png', content: `${name}/${index}.png`, size: 10, caption: null };
    });
  return { name, kind: 'images', count: items.length, ...(items.length > 0 ? { items } : {}), ...more };
}
const holding = (id: string, ...all: readonly Media[]): Run => ({ ...runFromText('step loss\n0 1', { id, name: id }), media: all });

describe('steps', () => {
  const examples = media('examples', '0 0 10 20 .');

  test('each once, those without a step apart', () => {
    expect(stepsOf([examples, media('other', '5 10')])).toEqual([0, 5, 10, 20]);
    expect(stepsOf([media('bare', '. .')])).toEqual([]);
  });

  test('the nearest at or before, the last where none is asked for', () => {
    const steps = [0, 10, 20];
    expect([-1, 0, 9, 10, 19.5, 20, 1e9].map((step) => indexAt(steps, step))).toEqual([-1, 0, 0, 1, 1, 2, 2]);
    expect(indexAt(steps, null)).toBe(2);
    expect(indexAt([], 5)).toBe(-1);
  });

  test('moving stops at both ends and needs no exact step', () => {
    const steps = [0, 10, 20];
    expect([movedStep(steps, null, 1), movedStep(steps, null, -1), movedStep(steps, 15, 1), movedStep(steps, 15, -1), movedStep(steps, -5, 1)]).toEqual([
      20, 10, 20, 0, 0,
    ]);
    expect(movedStep([], 3, 1)).toBeNull();
  });

  test('items of a step, with those that have none', () => {
    expect(mediaAt(examples, 12)).toMatchObject({ step: 10, later: null, items: [{ index: 2 }, { index: 4 }] });
    expect(mediaAt(media('late', '30 40'), 12)).toMatchObject({ step: null, later: 30, items: [] });
    expect(mediaAt(media('nothing', ''), null)).toMatchObject({ step: null, later: null, items: [] });
  });

  test('what is kept of what was logged', () => {
    expect([
      keptText(media('a', '1')),
      keptText(media('a', '1 2', { count: 4000 })),
      keptText(media('a', '', { count: 4000 })),
      keptText(media('a', '1 1', { count: 1 })),
    ]).toEqual(['1 item', '2 of 4,000 kept', '4,000 logged, none kept', '2 items, logged 1 time']);
  });
});

test('a run’s media by name with numbers as numbers, those with nothing to see last', () => {
  const run = holding('a', media('layer10/w', '1'), media('empty', ''), media('layer2/w', '1'));
  expect(orderedMedia(run).map(({ name }) => name)).toEqual(['layer2/w', 'layer10/w', 'empty']);
  expect(searchMedia(orderedMedia(run), 'W LAYER1').map(({ name }) => name)).toEqual(['layer10/w']);
  expect(searchMedia(orderedMedia(run), 'image').map(({ name }) => name)).toEqual(['layer2/w', 'layer10/w', 'empty']);
});

describe('side by side', () => {
  const runs = [
    holding('a', media('shared', '0 10'), media('only a', '0'), media('listed', '')),
    holding('b', media('shared', '5', { kind: 'image-file' }), media('shared', '5', { context: { subrun: 'x' } })),
  ];
  const rows = mediaRows(runs);
  const titles = (some: typeof rows) => some.map(({ title }) => title);

  test('a row a name and context, with the kinds that were logged under it', () => {
    expect(titles(rows)).toEqual(['only a', 'shared', 'shared [subrun=x]']);
    expect(rows[1]?.kinds).toEqual(['image-file', 'images']);
    expect(hiddenMedia(runs)).toBe(1);
  });

  test('filters', () => {
    const shared = rows[1]?.key ?? '';
    expect(titles(filterRows(rows, 'shared', 2, new Set()))).toEqual(['shared']);
    expect(titles(filterRows(rows, 'missing', 2, new Set()))).toEqual(['only a', 'shared [subrun=x]']);
    expect(titles(filterRows(rows, 'differs', 2, new Set()))).toEqual(['only a', 'shared [subrun=x]']);
    expect(titles(filterRows(rows, 'differs', 2, new Set([shared])))).toEqual(titles(rows));
  });

  test('a cell says that it shows an earlier step', () => {
    const says = (steps: string, step: number | null) => cellAt(media('m', steps), step, String).says;
    expect([says('0 10', 10), says('0 10', 12), says('0 10', null), says('20', 12), says('.', 3)]).toEqual([
      'step 10',
      'step 10, the nearest before',
      'step 10',
      'nothing yet: the first is at step 20',
      null,
    ]);
  });
});
