// The host process may end at any time: it is started again, pages get new ports, and what was asked of it is asked again.
import { expect, test } from 'vitest';
import { channels } from '../../src/wire/desktop';
import { settled } from './fake-electron';
import { eventually, fileHere, fromPage, start } from './started';

test('a host process that crashes is started again at once, and every page gets a new port', async () => {
  const { app, handler, seen, ready } = start();
  await ready();
  const page = seen.windows[0]?.webContents;
  handler(`ipc ${channels.requestPort}`)(fromPage(undefined, page));
  expect(seen.forks).toHaveLength(1);
  seen.forks[0]?.emit('exit', 139);
  expect(seen.forks).toHaveLength(2);
  expect(seen.forks[1]?.received.map(({ message }) => [message.purpose, message.page])).toEqual([
    ['shell', null],
    ['page', 1],
  ]);
  expect(page?.sent.map(({ channel }) => channel)).toEqual([channels.port, channels.port]);
  app.emit('will-quit');
  expect(seen.forks[1]?.killed).toBe(true);
  expect(seen.forks).toHaveLength(2);
});

test('without a page it is not started again until it is needed', async () => {
  const { handler, seen, ready } = start();
  await ready();
  const page = seen.windows[0]?.webContents;
  handler(`ipc ${channels.requestPort}`)(fromPage(undefined, page));
  page?.emit('destroyed');
  seen.forks[0]?.emit('exit', 1);
  expect(seen.forks).toHaveLength(1);
  handler(`ipc ${channels.requestPort}`)(fromPage(undefined, page));
  expect(seen.forks).toHaveLength(2);
});

test('what the crashed one was asked to open is asked of the next', async () => {
  const file = fileHere('runs.csv');
  process.argv = ['diptych', file];
  const { host, seen, ready, admitted } = start();
  await ready();
  // The first ends before it answers.
  seen.forks[0]?.emit('exit', 1);
  await eventually(() => expect(seen.forks).toHaveLength(2));
  host();
  await eventually(() => expect(admitted).toMatchObject([{ paths: [file], offer: true }]));
  expect(seen.boxes).toEqual([]);
});

test.each([
  ['Start it again', 5],
  ['Leave it', 4],
])('one that ends again and again is asked about: %s', async (answer, forks) => {
  const { handler, seen, ready } = start({ answer });
  await ready();
  handler(`ipc ${channels.requestPort}`)(fromPage(undefined, seen.windows[0]?.webContents));
  for (let crash = 0; crash < 3; crash++) seen.forks.at(-1)?.emit('exit', 1);
  expect(seen.forks).toHaveLength(4);
  expect(seen.boxes).toEqual([]);
  seen.forks.at(-1)?.emit('exit', 1);
  await settled();
  expect(seen.boxes.map(({ message }) => message)).toEqual(['The part of Diptych that reads files stops again and again.']);
  expect(seen.forks).toHaveLength(forks);
});
