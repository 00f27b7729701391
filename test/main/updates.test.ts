// The update check: off until it is wanted, one GET to the feed, and an answer for everything that a feed may say.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { releaseFeedOf } from '../../src/main/release-feed';
import { isNewer } from '../../src/main/updates';
import { channels } from '../../src/wire/desktop';
import type { FakeOptions } from './fake-electron';
import { fromPage, type Started, start } from './started';

const feed = 'https://example.org/releases/latest';
const page = 'https://example.org/releases/2.0.0';
const answering =
  (body: unknown, status = 200): FakeOptions['fetch'] =>
  async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
const newer = answering({ tag_name: 'v2.0.0', html_url: page, assets: [{ browser_download_url: 'https://example.org/x' }] });

beforeEach(() => {
  process.env.DIPTYCH_RELEASE_FEED = feed;
});
afterEach(() => {
  delete process.env.DIPTYCH_RELEASE_FEED;
  vi.useRealTimers();
});
const ask = ({ handler }: Started, channel: string, ...args: unknown[]): unknown => handler(`ipc ${channel}`)(fromPage(), ...args);

test('by default nothing is asked, at the start or later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const started = start({ fetch: newer });
  await started.ready();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([started.seen.fetched, started.seen.proxies]).toEqual([[], []]);
  expect(await ask(started, channels.updateState)).toEqual({ available: true, atStart: false });
});

test('when it is on, the feed is asked once after the start, and only something newer is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const first = start({ fetch: newer });
  await first.ready();
  expect(await ask(first, channels.updateAtStart, true)).toEqual({ available: true, atStart: true });

  const second = start({ fetch: newer });
  await second.ready();
  expect(second.seen.fetched).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(second.seen.fetched).toEqual([`GET ${feed}`]);
  expect(second.seen.windows[0]?.webContents.words).toEqual([{ kind: 'newer', release: { version: '2.0.0', page } }]);
  expect(second.seen.boxes).toEqual([]);

  for (const fetch of [answering({ tag_name: '1.2.3', html_url: page }), undefined]) {
    const quiet = start(fetch ? { fetch } : {});
    await quiet.ready();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([quiet.seen.fetched.length, quiet.seen.windows[0]?.webContents.words, quiet.seen.boxes]).toEqual([1, [], []]);
  }
  await ask(second, channels.updateAtStart, false);
  const off = start({ fetch: newer });
  await off.ready();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(off.seen.fetched).toEqual([]);
});

test('by hand it asks the person first, who may not want to', async () => {
  const no = start({ fetch: newer, answer: 'Cancel' });
  await no.ready();
  expect(await ask(no, channels.updateCheck)).toEqual({ kind: 'not-asked' });
  expect(no.seen.fetched).toEqual([]);
  expect(no.seen.boxes).toMatchObject([{ message: 'Ask example.org for the newest release?' }]);

  const how: unknown[] = [];
  const yes = start({
    fetch: async (url, options) => {
      how.push(options);
      return await (newer as NonNullable<typeof newer>)(url, options);
    },
    answer: 'Ask',
  });
  await yes.ready();
  expect(await ask(yes, channels.updateCheck)).toEqual({ kind: 'newer', release: { version: '2.0.0', page } });
  expect(yes.seen.fetched).toEqual([`GET ${feed}`]);
  // No cookies, no way to somewhere else, nothing of this machine.
  expect(how).toMatchObject([{ credentials: 'omit', redirect: 'error', headers: { accept: 'application/json' } }]);
  expect(yes.seen.opened).toEqual([]);
  // Its session reaches nothing but the feed.
  const passed: string[] = [];
  for (const url of [feed, `${feed}?x`, 'https://example.org/', 'http://example.org/releases/latest'])
    yes.handler('updates request')({ url }, ({ cancel }: { cancel: boolean }) => !cancel && passed.push(url));
  expect([passed, yes.seen.proxies]).toEqual([[feed], ['system']]);
});

test.each([
  ['an older release', answering({ tag_name: 'v0.9', html_url: page }), { kind: 'newest', version: '1.2.3' }],
  ['an error', answering('', 503), { kind: 'failed', message: expect.stringContaining('503') }],
  ['no JSON', answering('<html>'), { kind: 'failed' }],
  ['a page that is not https', answering({ tag_name: 'v9.0', html_url: 'javascript:alert(1)' }), { kind: 'failed' }],
  ['a version that is none', answering({ tag_name: 'v9.0<script>', html_url: page }), { kind: 'failed' }],
  ['nothing of use', answering([]), { kind: 'failed' }],
  ['more than is read', answering(`"${'x'.repeat(2_000_000)}"`), { kind: 'failed' }],
  ['no network', undefined, { kind: 'failed' }],
])('the feed says %s', async (_what, fetch, expected) => {
  const started = start({ ...(fetch && { fetch }), answer: 'Ask' });
  await started.ready();
  expect(await ask(started, channels.updateCheck)).toMatchObject(expected);
});

test('a build without a feed says so and asks nobody', async () => {
  delete process.env.DIPTYCH_RELEASE_FEED;
  const started = start({ fetch: newer });
  await started.ready();
  expect(await ask(started, channels.updateState)).toEqual({ available: false, atStart: false });
  expect(await ask(started, channels.updateCheck)).toMatchObject({ kind: 'failed' });
  expect([started.seen.fetched, started.seen.boxes]).toEqual([[], []]);
});

test('only https feeds are asked, or this machine itself', () => {
  const of = (address: string) => releaseFeedOf({ DIPTYCH_RELEASE_FEED: address });
  expect(of(feed)).toBe(feed);
  expect(of('http://127.0.0.1:8080/latest')).toBe('http://127.0.0.1:8080/latest');
  for (const address of ['http://example.org/', 'file:///etc/passwd', 'http://127.0.0.1.example.org/', ''])
    expect([address, of(address)]).toEqual([address, null]);
});

test('other pages are not answered', async () => {
  const started = start({ fetch: newer });
  await started.ready();
  const evil = fromPage('https://evil.example/');
  for (const channel of [channels.updateState, channels.updateCheck]) expect(await started.handler(`ipc ${channel}`)(evil)).toBeNull();
  expect(await started.handler(`ipc ${channels.updateAtStart}`)(evil, true)).toBeNull();
  expect(await ask(started, channels.updateAtStart, 'yes')).toBeNull();
  expect(started.seen.fetched).toEqual([]);
});

test.each([
  ['1.10.0', '1.9.0', true],
  ['1.2.3', '1.2.3', false],
  ['1.2', '1.2.0', false],
  ['2.0', '1.9.9', true],
  ['0.9.9', '1.0.0', false],
])('%s is newer than %s: %s', (one, other, expected) => {
  expect(isNewer(one, other)).toBe(expected);
});
