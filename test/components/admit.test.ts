// Showing stored runs at once, or in portions where there are many.
import { expect, test } from 'vitest';
import { changedRuns, createAdmit } from '../../src/renderer/boot/admit';
import type { Written } from '../../src/renderer/workers/importer';
import { runFromText } from '../support/run-from-text';

const written = (id: string, outcome: Written['outcome'] = 'added'): Written => ({ run: runFromText('step loss\n0 1', { id }), outcome });

test('few runs show at once, many in portions, and none is forgotten', () => {
  let many = 0;
  let busy = 0;
  const portions: string[][] = [];
  const timers: (() => void)[] = [];
  const admit = createAdmit({
    shown: () => many,
    show: (some) => void portions.push(some.map(({ run }) => run.id)),
    begin: () => {
      busy += 1;
      return () => {
        busy -= 1;
      };
    },
    later: (work) => void timers.push(work),
  });
  admit([written('a')]);
  many = 10_000;
  for (const id of ['b', 'c', 'd']) admit([written(id)]);
  expect([portions, timers.length, busy]).toEqual([[['a']], 1, 1]);
  timers[0]?.();
  expect([portions.at(-1), busy]).toEqual([['b', 'c', 'd'], 0]);
  admit([written('e')]);
  timers[1]?.();
  expect(portions.at(-1)).toEqual(['e']);
});

test('what did not change is not drawn anew', () => {
  expect(changedRuns([written('a', 'unchanged'), written('b', 'updated')]).map((run) => run.id)).toEqual(['b']);
});
