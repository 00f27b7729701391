// The desktop's host process, driven as the shell and a page drive it: over ports, without Electron.
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterEach, expect, test } from 'vitest';
import { type ParentPort, runHostProcess } from '../../src/host/main';
import { connectOver, type HostConnection } from '../../src/wire/client';
import { wireVersion } from '../../src/wire/host-api';
import { overMessagePort, type PortLike } from '../../src/wire/message-port';
import { createPeer, type Handlers } from '../../src/wire/peer';
import { hostProcessApi, shellApi } from '../../src/wire/shell-api';

const asPort = (port: unknown) => port as PortLike;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function start(handlers: Handlers<typeof shellApi> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-host-'));
  const csv = join(folder, 'metrics.csv');
  writeFileSync(csv, 'step,loss\n0,1\n1,0.5\n');
  const parent = new EventEmitter();
  runHostProcess(parent as unknown as ParentPort, folder);
  const send = (purpose: string, page: number | null = null) => {
    const { port1, port2 } = new MessageChannel();
    parent.emit('message', { data: { purpose, version: '1.2.3', page }, ports: [port1] });
    return overMessagePort(asPort(port2));
  };
  const shell = createPeer(send('shell'), { api: shellApi, handlers }, hostProcessApi);
  closing.push(shell.close);
  const openPage = async (number?: number): Promise<HostConnection> => {
    const page = await connectOver(send('page', number), async (id) => (await shell.call('takeBatch', { id })) ?? new Uint8Array());
    closing.push(page.close);
    return page;
  };
  return { shell, openPage, csv, folder };
}

test('a page of the desktop can pick, browse, print and open addresses', async () => {
  const { openPage } = start();
  expect((await openPage()).hello).toEqual({
    version: wireVersion,
    app: '1.2.3',
    capabilities: ['connect', 'pick', 'browse', 'print-pdf', 'open-external'],
    sources: [],
  });
});

test('what was opened before there was a page waits for it, once', async () => {
  const { shell, openPage, csv } = start();
  const [source] = await shell.call('admit', { paths: [csv], offer: true, page: null });
  expect((await openPage()).hello.sources).toEqual([source]);
  expect((await openPage()).hello.sources).toEqual([]);
});

test('what is opened later is offered to the page opened last; a drop is only admitted', async () => {
  const { shell, openPage, csv } = start();
  const told: string[] = [];
  (await openPage()).onSources(() => told.push('first'));
  const last = await openPage();
  const offered = new Promise((done) => last.onSources(done));
  await shell.call('admit', { paths: [csv], offer: false, page: null });
  const sources = await shell.call('admit', { paths: [csv], offer: true, page: null });
  expect(await offered).toEqual(sources);
  expect(told).toEqual([]);
});

test('with several pages the one that it is meant for is offered it', async () => {
  const { shell, openPage, csv } = start();
  const told: string[] = [];
  const first = await openPage(1);
  const second = await openPage(2);
  second.onSources(() => told.push('second'));
  const offered = new Promise((done) => first.onSources(done));
  const sources = await shell.call('admit', { paths: [csv], offer: true, page: 1 });
  expect(await offered).toEqual(sources);
  expect(told).toEqual([]);
  // A page that is gone: another takes it.
  const later = new Promise((done) => second.onSources(done));
  await shell.call('admit', { paths: [csv], offer: true, page: 7 });
  expect(await later).toEqual(sources);
});

test('the dialog is the shell’s, its choice becomes sources', async () => {
  const { openPage, csv } = start({ pick: ({ kind }) => (kind === 'file' ? [csv] : []) });
  const page = await openPage();
  expect(await page.call('pick', { kind: 'folder' })).toEqual([]);
  expect(await page.call('pick', { kind: 'file' })).toMatchObject([{ label: 'metrics.csv', kind: 'file' }]);
});

test('printing is the shell’s, and its bytes are fetched like a batch', async () => {
  const { openPage } = start({ printPdf: ({ html, title }) => new TextEncoder().encode(`${title}: ${html}`) });
  const { bytes, note } = await (await openPage()).printPdf('<p>x</p>', 'Title');
  expect(new TextDecoder().decode(bytes)).toBe('Title: <p>x</p>');
  // These bytes are no PDF: they are handed on, and that is said.
  expect(note).toContain('as the browser printed it');
});

test('what the shell printed gets the metadata of the document', async () => {
  const drawn = await PDFDocument.create();
  drawn.addPage();
  const raw = new Uint8Array(await drawn.save());
  const { openPage } = start({ printPdf: () => raw });
  const { bytes, note } = await (await openPage()).printPdf('<html lang="en"><head><title>A &amp; B</title></head></html>', 'unused');
  expect(note).toBeNull();
  expect((await PDFDocument.load(bytes)).getTitle()).toBe('A & B');
});

test('only addresses of the short list reach the shell', async () => {
  const opened: string[] = [];
  const { openPage } = start({
    openExternal: ({ url }) => {
      opened.push(url);
      return null;
    },
  });
  const page = await openPage();
  await page.call('openExternal', { url: 'https://doi.org/a' });
  for (const url of ['https://example.org', 'http://doi.org', 'file:///etc/passwd', 'javascript:alert(1)', 'no address']) {
    await expect(page.call('openExternal', { url })).rejects.toMatchObject({ code: 'refused' });
  }
  expect(opened).toEqual(['https://doi.org/a']);
});

test('a path is nothing that a page can ask for', async () => {
  const { openPage, csv } = start();
  const page = await openPage();
  for (const id of [csv, '../../etc/passwd', '0'.repeat(24)]) {
    const events = [];
    for await (const event of page.startImport([{ id, label: '', path: csv, kind: 'file' }]).events) events.push(event.kind);
    expect(events).toEqual(['failed']);
  }
});

test('a page gives a secret, hears how well it is kept, has it forgotten, and never reads it back', async () => {
  const seen: string[] = [];
  const { openPage, folder } = start({
    secretProtection: () => ({ kind: 'system', words: 'a keyring' }),
    seal({ text }) {
      seen.push(text);
      return new TextEncoder().encode(text.toUpperCase());
    },
    unseal: ({ bytes }) => ({ text: new TextDecoder().decode(bytes).toLowerCase(), stale: false }),
  });
  const page = await openPage();
  const key = { kind: 'mlflow', address: 'https://tracker.example.org/' };
  expect(await page.call('secretState', key)).toEqual({ protection: { kind: 'system', words: 'a keyring' }, kept: false });
  expect(await page.call('keepSecret', { ...key, secret: 'hunter2', remember: true })).toBeNull();
  expect(seen).toEqual(['["mlflow","https://tracker.example.org","hunter2"]']);
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('hunter2');
  expect(JSON.stringify(await page.call('secretState', key))).toBe('{"protection":{"kind":"system","words":"a keyring"},"kept":true}');
  await page.call('forgetSecret', key);
  expect((await page.call('secretState', key)).kept).toBe(false);
});

test('words about a message that is refused do not quote the secret in it', async () => {
  const page = await start().openPage();
  const key = { kind: 'mlflow', address: 'https://tracker.example.org/' };
  const long = 'hunter2'.repeat(5000);
  for (const params of [
    { ...key, secret: long, remember: true },
    { ...key, kind: 'hunter2 !', secret: 'x', remember: true },
    { kind: 'mlflow', address: 'https://me:hunter2@', secret: 'x', remember: true },
    { ...key, secret: 'x', remember: 'hunter2' },
    { ...key, secret: 'x', remember: true, another: 'hunter2' },
  ]) {
    const error = await page.call('keepSecret', params as never).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: expect.stringMatching(/bad-message|refused/) });
    expect(String((error as Error).message)).not.toContain('hunter2');
  }
});
