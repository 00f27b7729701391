// The desktop's host process, driven as the shell and a page drive it: over ports, without Electron.
import { EventEmitter } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
  const send = (purpose: string) => {
    const { port1, port2 } = new MessageChannel();
    parent.emit('message', { data: { purpose, version: '1.2.3' }, ports: [port1] });
    return overMessagePort(asPort(port2));
  };
  const shell = createPeer(send('shell'), { api: shellApi, handlers }, hostProcessApi);
  closing.push(shell.close);
  const openPage = async (): Promise<HostConnection> => {
    const page = await connectOver(send('page'), async (id) => (await shell.call('takeBatch', { id })) ?? new Uint8Array());
    closing.push(page.close);
    return page;
  };
  return { shell, openPage, csv, folder };
}

test('a page of the desktop can pick, browse, print and open addresses', async () => {
  const { openPage } = start();
  expect((await openPage()).hello).toEqual({ version: wireVersion, app: '1.2.3', capabilities: ['pick', 'browse', 'print-pdf', 'open-external'], sources: [] });
});

test('what was opened before there was a page waits for it, once', async () => {
  const { shell, openPage, csv } = start();
  const [source] = await shell.call('admit', { paths: [csv], offer: true });
  expect((await openPage()).hello.sources).toEqual([source]);
  expect((await openPage()).hello.sources).toEqual([]);
});

test('what is opened later is offered to the page opened last; a drop is only admitted', async () => {
  const { shell, openPage, csv } = start();
  const told: string[] = [];
  (await openPage()).onSources(() => told.push('first'));
  const last = await openPage();
  const offered = new Promise((done) => last.onSources(done));
  await shell.call('admit', { paths: [csv], offer: false });
  const sources = await shell.call('admit', { paths: [csv], offer: true });
  expect(await offered).toEqual(sources);
  expect(told).toEqual([]);
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

test('only https addresses reach the shell', async () => {
  const opened: string[] = [];
  const { openPage } = start({
    openExternal: ({ url }) => {
      opened.push(url);
      return null;
    },
  });
  const page = await openPage();
  await page.call('openExternal', { url: 'https://example.org/a' });
  for (const url of ['http://example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'no address']) {
    await expect(page.call('openExternal', { url })).rejects.toMatchObject({ code: 'refused' });
  }
  expect(opened).toEqual(['https://example.org/a']);
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
