// Messages of strangers: whatever is said, a host answers each request once, does nothing it was not asked for, and lives on; so does a page.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createBatches } from '../../src/host/batches';
import { createPlaces } from '../../src/host/places';
import { memorySecrets } from '../../src/host/secrets/memory';
import { openSession } from '../../src/host/session';
import { connectOver } from '../../src/wire/client';
import { type HostEvent, hostApi, hostEvent, wireVersion } from '../../src/wire/host-api';
import type { ImportEvent } from '../../src/wire/imports';
import { createPeer, type Handlers, mostRunning } from '../../src/wire/peer';
import { notUnderstood, readerMessage } from '../../src/wire/reading';
import { createInbox, type Transport } from '../../src/wire/transport';

/** Two ends in one turn; messages are copied as a wire copies them. */
function pair(): { host: Transport; page: Transport } {
  const [toHost, toPage] = [createInbox(), createInbox()];
  const end = (mine: typeof toHost, theirs: typeof toHost): Transport => ({
    send: (message) => queueMicrotask(() => theirs.deliver(structuredClone(message))),
    receive: mine.receive,
    onClose: mine.onClose,
    close() {
      mine.closed();
      theirs.closed();
    },
  });
  return { host: end(toHost, toPage), page: end(toPage, toHost) };
}

const folder = mkdtempSync(join(tmpdir(), 'diptych-hostile-'));
const settled = () => new Promise((next) => setTimeout(next, 0));
const methods = Object.keys(hostApi) as (keyof typeof hostApi)[];
const json = fc.jsonValue({ maxDepth: 4 });
/** Params that are nearly right: the names are known, the values are anything. */
const nearly = fc.dictionary(
  fc.constantFrom('place', 'places', 'source', 'sources', 'html', 'url', 'kind', 'import', 'secret', 'limits', '__proto__', 'constructor'),
  json,
);
const request = fc.record({
  id: fc.nat(1_000_000),
  method: fc.oneof(fc.constantFrom(...methods, 'toString', '__proto__'), fc.string()),
  params: fc.oneof(nearly, json),
});
const message = fc.oneof(
  request,
  json,
  fc.record({ cancel: json }),
  fc.record({ reply: fc.nat(), ok: json }),
  fc.record({ reply: fc.nat(), error: fc.record({ code: fc.string(), message: fc.string(), tip: json }) }),
  fc.record({ event: json }),
  fc.record({ id: fc.nat(1_000_000), method: json, params: json, more: json }),
);
const idOf = (raw: unknown): number | null => {
  const found = v.safeParse(v.object({ id: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }), raw);
  return found.success ? found.output.id : null;
};

test('a session answers every request once, with words, and goes on serving', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(message, { maxLength: 40, selector: (raw) => idOf(raw) ?? Symbol() }), async (messages) => {
      const { host, page } = pair();
      const opened: string[] = [];
      openSession(host, {
        app: 'test',
        places: createPlaces(folder),
        batches: createBatches(),
        secrets: memorySecrets(),
        takeWaiting: () => [],
        shell: { browseFrom: folder, openExternal: async (url) => void opened.push(url) },
      });
      const answers: { reply: number; ok?: unknown; error?: { code: string; message: string } }[] = [];
      page.receive((raw) => answers.push(raw as (typeof answers)[number]));
      for (const raw of messages) page.send(raw);
      page.send({ id: 2_000_000, method: 'hello', params: { version: wireVersion } });
      // Browsing reads a folder, so not all answers come in the same turn.
      const asked = [...messages.map(idOf).filter((id) => id !== null), 2_000_000];
      for (let turn = 0; turn < 200 && answers.length < asked.length; turn++) await settled();
      expect(answers.map(({ reply }) => reply).sort((a, b) => a - b)).toEqual(asked.sort((a, b) => a - b));
      expect(answers.find(({ reply }) => reply === 2_000_000)?.ok).toMatchObject({ version: wireVersion });
      for (const { error } of answers) if (error) expect(error.message).not.toBe('');
      expect(opened).toEqual([]);
      page.close();
    }),
    { numRuns: 150 },
  );
});

test('a handler sees only params of its schema, and nothing of a prototype', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
      const { host, page } = pair();
      const wrong: unknown[] = [];
      const handlers = Object.fromEntries(
        methods.map((method) => [
          method,
          (params: unknown) => {
            if (!v.is(hostApi[method].params as v.GenericSchema, params)) wrong.push(params);
            throw new Error('seen');
          },
        ]),
      ) as Handlers<typeof hostApi>;
      createPeer(host, { api: hostApi, handlers }, {});
      for (const raw of requests) page.send(raw);
      await settled();
      expect(wrong).toEqual([]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

test('what is refused says where and what is wanted', async () => {
  const { host, page } = pair();
  createPeer(
    host,
    {
      api: hostApi,
      handlers: {
        startImport: () => ({ import: 1 }),
        browse: () => {
          throw new Error('seen');
        },
      },
    },
    {},
  );
  const caller = createPeer(page, { api: {}, handlers: {} }, hostApi);
  const refused = (params: unknown) =>
    caller.call('startImport', params as never).catch((error: { code: string; message: string }) => [error.code, error.message]);
  const good = { sources: ['abc'], keepContents: true, limits: {} };
  expect(await refused(good)).toEqual({ import: 1 });
  expect(await refused({ ...good, sources: ['../../etc'] })).toEqual(['bad-message', "'startImport': `sources.0` wants /^[a-z0-9]{1,64}$/."]);
  expect(await refused({ ...good, path: '/etc' })).toEqual(['bad-message', "'startImport': `path` is not known."]);
  expect(await refused({ ...good, sources: Array.from({ length: 1001 }, () => 'a') })).toEqual([
    'bad-message',
    "'startImport': `sources` wants a length <=1000.",
  ]);
  expect(await refused(null)).toEqual(['bad-message', "'startImport': the message wants Object."]);
  await expect(caller.call('nothing' as 'browse', { place: null })).rejects.toMatchObject({ code: 'unknown-method' });
});

test('a flood of requests is refused beyond a number, and one number is one request', async () => {
  const { host, page } = pair();
  let running = 0;
  createPeer(
    host,
    {
      api: hostApi,
      handlers: {
        hello: () => {
          running++;
          return new Promise<never>(() => {});
        },
      },
    },
    {},
  );
  const errors: { reply: number; error: { code: string } }[] = [];
  page.receive((raw) => errors.push(raw as (typeof errors)[number]));
  for (let id = 0; id < 1000; id++) page.send({ id, method: 'hello', params: { version: 1 } });
  page.send({ id: 0, method: 'hello', params: { version: 1 } });
  await settled();
  expect(running).toBe(mostRunning);
  expect(errors.filter(({ error }) => error.code === 'refused')).toHaveLength(1000 - mostRunning);
  expect(errors.at(-1)).toMatchObject({ reply: 0, error: { code: 'bad-message' } });
});

test('a page hears only events of the schema, and an import that is misreported ends with words', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(json, { maxLength: 20 }), async (events) => {
      const { host, page } = pair();
      const peer = createPeer(
        host,
        { api: hostApi, handlers: { hello: () => ({ version: wireVersion, app: 'test', capabilities: [], sources: [] }), startImport: () => ({ import: 7 }) } },
        {},
      );
      const connection = await connectOver(page, async () => new Uint8Array());
      const heard: unknown[] = [];
      connection.onSources((sources) => heard.push({ kind: 'sources', sources }));
      const channel = connection.startImport([{ id: 'a', label: '', path: '', kind: 'file' }]);
      for (const event of events) peer.notify(event);
      for (const event of events) peer.notify({ kind: 'import', import: 7, event });
      peer.notify({ kind: 'import', import: 7, event: { kind: 'done', runs: 'many' } });
      const seen: ImportEvent[] = [];
      for await (const event of channel.events) {
        seen.push(event);
        heard.push({ kind: 'import', import: 7, event } satisfies HostEvent);
      }
      expect(seen.at(-1)?.kind).toMatch(/^(done|failed|cancelled)$/);
      for (const event of heard) expect(v.is(hostEvent, event)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a reading thread may name things of any length, and nonsense is nothing', () => {
  const long = 'x'.repeat(100_000);
  expect(readerMessage({ kind: 'tell', event: { kind: 'failed', message: long, tip: long } })).toMatchObject({ kind: 'tell', event: { kind: 'failed' } });
  const look = { state: 'changed', files: 1, bytes: 1, open: 0, runs: 1, restarted: [long] };
  const told = readerMessage({ kind: 'tell', event: { kind: 'looked', look } });
  expect(v.is(hostEvent, { kind: 'import', import: 1, event: (told as { event: ImportEvent }).event })).toBe(true);
  const bytes = new Uint8Array([1, 2]);
  expect((readerMessage({ kind: 'batch', bytes, runs: 1 }) as { bytes: unknown }).bytes).toBe(bytes);
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      expect(readerMessage(raw)).toBeNull();
      expect(readerMessage({ kind: 'tell', event: raw })).toBeNull();
    }),
  );
  expect(v.is(hostEvent, { kind: 'import', import: 1, event: notUnderstood })).toBe(true);
});
