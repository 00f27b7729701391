// The wire's contract, run over every transport: whoever passes it may carry the protocol.
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { connectOver } from '../../src/wire/client';
import { WireError } from '../../src/wire/errors';
import { hostApi, type SourceRef, wireVersion } from '../../src/wire/host-api';
import type { ImportEvent } from '../../src/wire/imports';
import { createPeer, type Handlers } from '../../src/wire/peer';
import { type Pair, pairs } from './transports';

const api = {
  double: { params: v.object({ n: v.number() }), result: v.number() },
  wait: { params: v.null(), result: v.null() },
  lie: { params: v.null(), result: v.number() },
  fail: { params: v.null(), result: v.null() },
  absent: { params: v.null(), result: v.null() },
} as const;

const none = { api: {}, handlers: {} };
const source: SourceRef = { id: 'abc', label: 'mlruns', path: '/data/mlruns', kind: 'folder' };

describe.each(pairs)('over a $name', ({ connect }) => {
  let pair: Pair | null = null;
  afterEach(async () => {
    await pair?.end();
    pair = null;
  });

  async function peers(handlers: Handlers<typeof api>, onEvent?: (event: unknown) => void) {
    pair = await connect();
    const host = createPeer(pair.host, { api, handlers }, {});
    const page = createPeer(pair.page, none, api, onEvent);
    return { host, page };
  }

  test('calls are answered, many at a time and out of order', async () => {
    const { page } = await peers({
      double: async ({ n }) => {
        await new Promise((done) => setTimeout(done, 20 - n));
        return n * 2;
      },
    });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => page.call('double', { n })));
    expect(answers).toEqual(Array.from({ length: 20 }, (_, n) => n * 2));
  });

  test('what is sent before anybody listens is not lost', async () => {
    pair = await connect();
    const page = createPeer(pair.page, none, api);
    const answer = page.call('double', { n: 4 });
    await new Promise((done) => setTimeout(done, 30));
    createPeer(pair.host, { api, handlers: { double: ({ n }) => n * 2 } }, {});
    expect(await answer).toBe(8);
  });

  test('parameters are checked by the host and results by the page', async () => {
    const { page } = await peers({ double: ({ n }) => n * 2, lie: () => 'a lie' as unknown as number });
    await expect(page.call('double', { n: 'x' as unknown as number })).rejects.toMatchObject({ code: 'bad-message' });
    await expect(page.call('lie', null)).rejects.toMatchObject({ code: 'bad-message' });
  });

  test('errors arrive with code, message and tip', async () => {
    const { page } = await peers({
      fail: () => {
        throw new WireError('refused', 'No.', 'Ask nicely.');
      },
      wait: () => {
        throw new TypeError('a bug');
      },
    });
    await expect(page.call('fail', null)).rejects.toMatchObject({ code: 'refused', message: 'No.', tip: 'Ask nicely.' });
    await expect(page.call('wait', null)).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('a bug') });
    await expect(page.call('absent', null)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(page.call('toString' as 'absent', null)).rejects.toMatchObject({ code: 'unknown-method' });
  });

  test('an abort reaches the handler', async () => {
    let seen: (() => void) | undefined;
    const aborted = new Promise<void>((done) => {
      seen = done;
    });
    const { page } = await peers({
      wait: (_, signal) =>
        new Promise((_done, fail) => {
          signal.addEventListener('abort', () => {
            seen?.();
            fail(new Error('stopped'));
          });
        }),
    });
    const controller = new AbortController();
    const call = page.call('wait', null, controller.signal);
    setTimeout(() => controller.abort(), 10);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await aborted;
  });

  test('closing either end fails open calls and aborts running handlers', async () => {
    let stopped: (() => void) | undefined;
    const aborted = new Promise<void>((done) => {
      stopped = done;
    });
    let begun: (() => void) | undefined;
    const running = new Promise<void>((done) => {
      begun = done;
    });
    const { page } = await peers({
      wait: (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => stopped?.());
          begun?.();
        }),
    });
    const call = page.call('wait', null);
    await running;
    page.close();
    await expect(call).rejects.toMatchObject({ code: 'closed' });
    await aborted;
    await expect(page.call('wait', null)).rejects.toMatchObject({ code: 'closed' });
  });

  test('garbage is ignored and the connection lives on', async () => {
    const { page } = await peers({ double: ({ n }) => n * 2 });
    for (const garbage of [null, 1, 'x', [], { id: 'x' }, { reply: 99, ok: 1 }, { cancel: 5 }, { __proto__: { id: 1 } }]) pair?.page.send(garbage);
    expect(await page.call('double', { n: 1 })).toBe(2);
  });

  describe('the host protocol', () => {
    async function connectHost(handlers: Handlers<typeof hostApi>) {
      pair = await connect();
      const host = createPeer(
        pair.host,
        { api: hostApi, handlers: { hello: () => ({ version: wireVersion, app: 'test', capabilities: ['browse' as const], sources: [source] }), ...handlers } },
        {},
      );
      const page = await connectOver(pair.page, async (id) => new Uint8Array([id]));
      return { host, page };
    }
    const tell = (host: { notify(event: unknown): void }, event: ImportEvent) => host.notify({ kind: 'import', import: 7, event });

    test('shakes hands', async () => {
      const { page } = await connectHost({});
      expect(page.hello).toEqual({ version: wireVersion, app: 'test', capabilities: ['browse'], sources: [source] });
    });

    test('refuses another version', async () => {
      await expect(connectHost({ hello: () => ({ version: 99, app: 'test', capabilities: [], sources: [] }) })).rejects.toMatchObject({ code: 'version' });
    });

    test('an import is a stream of events and batches, even when events overtake the reply', async () => {
      const { host, page } = await connectHost({
        startImport: ({ sources }) => {
          expect(sources).toEqual(['abc']);
          tell(host, { kind: 'batch', id: 3, bytes: 1, runs: 2 });
          tell(host, { kind: 'issue', source: 0, issue: { code: 'empty', severity: 'note', message: 'Nothing here.', tip: 'Look elsewhere.' } });
          tell(host, { kind: 'done', runs: 2, points: 5, bytes: 9, ms: 1 });
          return { import: 7 };
        },
      });
      const channel = page.startImport([source]);
      const kinds: string[] = [];
      for await (const event of channel.events) {
        kinds.push(event.kind);
        if (event.kind === 'batch') expect(await channel.fetchBatch(event.id)).toEqual(new Uint8Array([3]));
      }
      expect(kinds).toEqual(['batch', 'issue', 'done']);
    });

    test('cancel reaches the host, and a start that fails is an event', async () => {
      const cancelled: number[] = [];
      const { host, page } = await connectHost({
        startImport: () => ({ import: 7 }),
        cancelImport: ({ import: id }) => {
          cancelled.push(id);
          tell(host, { kind: 'cancelled' });
          return null;
        },
      });
      const channel = page.startImport([source]);
      channel.cancel();
      const events: ImportEvent[] = [];
      for await (const event of channel.events) events.push(event);
      expect(events).toEqual([{ kind: 'cancelled' }]);
      expect(cancelled).toEqual([7]);
    });

    test('a refused start and a lost connection both end the import with words', async () => {
      const { page } = await connectHost({
        startImport: () => {
          throw new WireError('unknown-id', 'Not a source.', 'Pick it again.');
        },
      });
      for await (const event of page.startImport([source]).events) expect(event).toEqual({ kind: 'failed', message: 'Not a source.', tip: 'Pick it again.' });
      page.close();
      const after: string[] = [];
      for await (const event of page.startImport([source]).events) after.push(event.kind);
      expect(after).toEqual(['failed']);
    });

    test('a connection lost in the middle ends the import', async () => {
      const { host, page } = await connectHost({ startImport: () => ({ import: 7 }) });
      const seen: string[] = [];
      setTimeout(() => host.close(), 30);
      for await (const event of page.startImport([source]).events) seen.push(event.kind);
      expect(seen).toEqual(['failed']);
    });

    test('sources handed over later are told', async () => {
      const { host, page } = await connectHost({});
      const told = new Promise((done) => page.onSources(done));
      host.notify({ kind: 'sources', sources: [source] });
      expect(await told).toEqual([source]);
    });
  });
});
