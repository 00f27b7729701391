// What is read of a tracker: from what is checked, filtered and narrowed; and the command that reads the same.
import { expect, test } from 'vitest';
import { type Choice, choiceOf } from '../../../src/renderer/features/connect/choice';
import { commandText } from '../../../src/renderer/features/connect/command-text';
import type { ListedTrackerRun } from '../../../src/wire/trackers';

const run = (id: string): ListedTrackerRun => ({ id, project: '1', name: id, status: 'finished', startedMs: null, user: null });
const items = ['a', 'b', 'c'].map(run);
const query = { projects: ['1'], filter: 'loss < 1', since: 1000 };
const chosen = { query, names: ['one'], picked: new Set<string>(), runs: { items, more: false, failure: null }, shown: items, isNarrowed: false };

test('all that the tracker finds; how many that are is known once all are listed', () => {
  expect(choiceOf(chosen)).toEqual({ query, names: ['one'], count: null, found: 3 });
  expect(choiceOf({ ...chosen, runs: { items, more: true, failure: null } })).toMatchObject({ count: null, found: null });
  expect(choiceOf({ ...chosen, runs: { items: [], more: true, failure: null }, shown: [] })).toMatchObject({ count: null, found: null });
});

test('runs that are checked, or that are shown by their names, are named one by one', () => {
  const named = { projects: ['1'], filter: null, since: null };
  expect(choiceOf({ ...chosen, picked: new Set(['b']) })).toEqual({ query: { ...named, ids: ['b'] }, names: ['one'], count: 1, found: null });
  expect(choiceOf({ ...chosen, shown: items.slice(1), isNarrowed: true })).toEqual({
    query: { ...named, ids: ['b', 'c'] },
    names: ['one'],
    count: 2,
    found: null,
  });
});

test('nothing is read where nothing is chosen, found, shown or could be listed', () => {
  expect(choiceOf({ ...chosen, names: [] })).toBeNull();
  expect(choiceOf({ ...chosen, shown: [], isNarrowed: true })).toBeNull();
  expect(choiceOf({ ...chosen, runs: { items: [], more: false, failure: null }, shown: [] })).toBeNull();
  expect(choiceOf({ ...chosen, runs: { items: [], more: false, failure: { message: 'no', tip: '' } }, shown: [] })).toBeNull();
});

const connected = {
  connection: 1,
  tracker: 'mlflow-server',
  server: 'MLflow 3',
  address: 'http://localhost:5000',
  user: null,
  origins: {},
  filterExample: '',
} as const;
const command = (choice: Partial<Choice['query']>, names: readonly string[] = ['one']) =>
  commandText(connected, { query: { projects: ['1'], filter: null, since: null, ...choice }, names, count: null, found: null }, 8 * 86_400_000);

test('the command has what was chosen, quoted for a shell', () => {
  expect(command({})).toBe('diptych connect http://localhost:5000 --tracker mlflow-server --project=one -o runs');
  expect(command({ filter: "params.optimizer = 'adam'", since: 86_400_000 }, ['-f', 'größe $(id)'])).toBe(
    String.raw`diptych connect http://localhost:5000 --tracker mlflow-server --project=-f '--project=größe $(id)' --since 7d '--filter=params.optimizer = '\''adam'\''' -o runs`,
  );
  expect(command({ ids: ['r1', 'r2'] })).toContain('--run=r1 --run=r2');
  expect(command({ ids: Array.from({ length: 51 }, (_, at) => `r${at}`) })).toBeNull();
  expect(command({ filter: 'a\nb' })).toBeNull();
});
