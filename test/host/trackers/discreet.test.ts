// What a connection says of trouble holds no secret, whoever wrote the words.
import { expect, test } from 'vitest';
import { issue } from '../../../src/core/base/issues';
import type { RunEvent } from '../../../src/core/model/events';
import { HttpError } from '../../../src/core/source/http';
import { type Connection, SettingsError } from '../../../src/core/source/tracker';
import { discreet, discreetError } from '../../../src/host/trackers/discreet';

const key = 'k3y-0f-somebody';
const words = `the header was Basic ${Buffer.from(`api:${key}`).toString('base64')}, the key ${key}`;
const struck = 'the header was Basic [secret], the key [secret]';
const { signal } = new AbortController();

async function* failing(): AsyncGenerator<never> {
  yield* [];
  throw new HttpError('bad-answer', words, 'https://tracker.test', 'Look.');
}

const connection: Connection = {
  server: 'Test 1',
  user: 'me',
  runsAtOnce: 1,
  projects: failing,
  runs: failing,
  async *read() {
    yield { kind: 'issue', run: 0, issue: issue('bad-record', words, { file: 'x' }) } as RunEvent;
    yield* failing();
  },
};

async function all<T>(items: AsyncIterable<T>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  try {
    for await (const item of items) found.push(item);
  } catch (error) {
    found.push(error);
  }
  return found;
}

test('errors of lists and of reading, and issues, are told without it', async () => {
  const { projects, runs, read } = discreet(connection, [key]);
  for (const found of [await all(projects(signal)), await all(runs({ projects: [], filter: null, since: null }, signal))])
    expect(found).toMatchObject([{ code: 'bad-answer', message: struck, tip: 'Look.' }]);
  const [event, error] = await all(read([], {} as never));
  expect(event).toMatchObject({ kind: 'issue', issue: { code: 'bad-record', message: struck, file: 'x' } });
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ message: struck });
});

test('an error without a secret stays what it is, and one of a form keeps its field', () => {
  const error = new HttpError('cut-off', 'gone', 'https://tracker.test');
  expect(discreetError(error, [key])).toBe(error);
  expect(discreetError(new SettingsError('key', `not ${key}`), [key])).toMatchObject({ field: 'key', message: 'not [secret]' });
  expect(discreet(connection, [])).toBe(connection);
});
