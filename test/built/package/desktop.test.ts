// The desktop package as the builder makes it: what is in it, how it is locked, and that what is in it starts.
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { launchPaths } from '../../../src/main/launch-paths';
import { connectOver, type HostConnection } from '../../../src/wire/client';
import { wireVersion } from '../../../src/wire/host-api';
import type { ImportEvent } from '../../../src/wire/imports';
import { overMessagePort, type PortLike } from '../../../src/wire/message-port';
import { createPeer } from '../../../src/wire/peer';
import { hostProcessApi, shellApi } from '../../../src/wire/shell-api';
import { environment, run } from '../process';
import { faultsOf, filesBelow, thisMachine } from './contents';
import { type PackedDesktop, packDesktop } from './pack-desktop';
import { runTool } from './run-tool';
import { sizesOf, table, tooLarge } from './sizes';

const scratch = mkdtempSync(join(tmpdir(), 'diptych-desktop-'));
const systems = ['linux', 'win'] as const;
/** Letters of the fuse wire, which the library gives as codes. */
const [off, on] = ['0', '1'].map((letter) => letter.charCodeAt(0));
let packed: Record<(typeof systems)[number], PackedDesktop>;
const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

beforeAll(async () => {
  await runTool(process.execPath, ['scripts/notices.mjs']);
  const [linux, win] = await Promise.all([packDesktop('linux', scratch), packDesktop('win', scratch)]);
  packed = { linux, win };
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the archive holds the program, its licences and nothing else', () => {
  const files = filesBelow(packed.linux.app);
  expect(faultsOf(files, ['out', 'package.json', 'LICENSE'], thisMachine)).toEqual([]);
  const paths = files.map((file) => file.path);
  for (const path of ['out/main/index.js', 'out/preload/index.cjs', 'out/host.js', 'out/ingest.worker.js', 'out/THIRD_PARTY_NOTICES.md']) {
    expect(paths).toContain(path);
  }
  expect(paths.filter((path) => path === 'out/cli.js' || path === 'out/browser.js')).toEqual([]);
  expect(listPackage(packed.win.archive, { isPack: false })).toEqual(listPackage(packed.linux.archive, { isPack: false }));
});

test('the builder’s own exclusions take no file of the page, of the Node side or of the samples', () => {
  const there = new Set(filesBelow(packed.linux.app).map((file) => file.path));
  const built = ['renderer', 'main', 'preload', 'chunks', 'assets'].flatMap((folder) =>
    filesBelow(resolve('out', folder)).map((file) => `out/${folder}/${file.path}`),
  );
  expect(built.length).toBeGreaterThan(100);
  expect(built.filter((path) => !there.has(path))).toEqual([]);
});

test('its package.json names the entry and the version, and nothing of development', () => {
  const about = JSON.parse(readFileSync(join(packed.linux.app, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(about).toMatchObject({ name: 'diptych', version, type: 'module', main: './out/main/index.js' });
  expect(about.devDependencies).toBeUndefined();
  expect(about.scripts).toBeUndefined();
});

test('it stays within its size', () => {
  const sizes = { ...sizesOf(filesBelow(packed.linux.app)), 'app.asar': statSync(packed.linux.archive).size / 1000 };
  console.log(`Desktop package\n${table(sizes)}`);
  expect(tooLarge(sizes)).toEqual([]);
});

test.each(systems)('the fuses of the %s program are set', async (system) => {
  const wire = await getCurrentFuseWire(packed[system].program);
  const lit = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
  const cut = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  for (const fuse of lit) expect(wire[fuse], FuseV1Options[fuse]).toBe(on);
  for (const fuse of cut) expect(wire[fuse], FuseV1Options[fuse]).toBe(off);
});

test('every block of the archive has its hash, and the Windows program carries that of its head', () => {
  const { headerString, header } = getRawHeader(packed.win.archive);
  const entry = (header as unknown as { files: Record<string, { integrity: { algorithm: string; hash: string } }> }).files['package.json'];
  const text = readFileSync(join(packed.win.app, 'package.json'));
  expect(entry?.integrity).toMatchObject({ algorithm: 'SHA256', hash: createHash('sha256').update(text).digest('hex') });
  const carried = /\[\{"file":"resources\\\\app\.asar","alg":"SHA256","value":"([0-9a-f]{64})"\}\]/.exec(readFileSync(packed.win.program, 'latin1'));
  expect(carried?.[1]).toBe(createHash('sha256').update(headerString).digest('hex'));
});

test('only the language of the interface is left of Chromium’s, and its licences are there', () => {
  expect(filesBelow(packed.linux.folder).map((file) => file.path)).toEqual(
    expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html', 'locales/en-US.pak', 'resources/app.asar']),
  );
  expect(filesBelow(join(packed.linux.folder, 'locales')).map((file) => file.path)).toEqual(['en-US.pak']);
});

test('main takes its first turn: one instance, the sandbox, a scheme of its own that goes around no policy', async () => {
  const started = JSON.parse(
    await runTool(process.execPath, ['test/built/package/start-main.mjs', join(packed.linux.app, 'out/main/index.js')], process.cwd(), environment),
  );
  const { names, calls } = started as { names: string[]; calls: { name: string; args: unknown[] }[] };
  expect(names).toEqual(expect.arrayContaining(['app', 'BrowserWindow', 'protocol', 'utilityProcess']));
  const called = calls.map((call) => call.name);
  expect(called).toEqual(expect.arrayContaining(['app.requestSingleInstanceLock', 'app.enableSandbox', 'app.whenReady']));
  const registered = calls.find((call) => call.name === 'protocol.registerSchemesAsPrivileged');
  const [scheme] = (registered?.args[0] ?? []) as [{ scheme: string; privileges: Record<string, boolean> }];
  expect(scheme).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } });
  expect(scheme.privileges.bypassCSP ?? false).toBe(false);
});

test('the host process says hello over its port and imports what was picked', async () => {
  const runs = resolve('test/fixtures/wandb/resumed/input');
  const { page, end } = await startHost([runs]);
  try {
    expect(page.hello).toMatchObject({ version: wireVersion, app: version });
    expect(await importedFrom(page)).toMatchObject({ kind: 'done', runs: 1 });
  } finally {
    await end();
  }
});

test('what a double click hands over is read, for every kind of file that belongs to the program', async () => {
  const { fileAssociations } = parse(readFileSync('electron-builder.yml', 'utf8')) as { fileAssociations: { ext: string }[] };
  const zip = join(scratch, 'runs.zip');
  expect((await run('export', resolve('test/fixtures/wandb/resumed/input'), '-o', zip)).code).toBe(0);
  const [log] = readdirSync(resolve('test/fixtures/wandb/resumed/input'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wandb'));
  const samples: Record<string, string> = { diptych: zip, wandb: resolve('test/fixtures/wandb/resumed/input', log as string) };
  expect(fileAssociations.map(({ ext }) => ext).sort()).toEqual(Object.keys(samples).sort());
  for (const { ext } of fileAssociations) {
    cpSync(samples[ext] as string, join(scratch, `one.${ext}`));
    const { page, end } = await startHost(launchPaths(['/opt/Diptych/diptych', `one.${ext}`], scratch, true));
    try {
      expect([ext, await importedFrom(page)]).toMatchObject([ext, { kind: 'done', runs: 1 }]);
    } finally {
      await end();
    }
  }
});

/** The packed host process in a thread, with a shell whose dialog answers with these paths, and a page. */
async function startHost(paths: string[]): Promise<{ page: HostConnection; end: () => Promise<unknown> }> {
  const entry = pathToFileURL(join(packed.linux.app, 'out/host.js')).href;
  const worker = new Worker(resolve('test/built/package/start-host.mjs'), { workerData: entry, env: { ...environment } as NodeJS.ProcessEnv });
  await new Promise((done, fail) => worker.once('message', done).once('error', fail));
  const send = (purpose: string) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ data: { purpose, version, page: 1 }, port: port1 }, [port1]);
    return overMessagePort(port2 as unknown as PortLike);
  };
  const shell = createPeer(send('shell'), { api: shellApi, handlers: { pick: () => paths } }, hostProcessApi);
  const page = await connectOver(send('page'), async (id) => (await shell.call('takeBatch', { id })) ?? new Uint8Array());
  const end = () => {
    page.close();
    shell.close();
    return worker.terminate();
  };
  return { page, end };
}

/** Imports what the dialog answers, fetches every batch, and gives the last event. */
async function importedFrom(page: HostConnection): Promise<ImportEvent | undefined> {
  const channel = page.startImport(await page.call('pick', { kind: 'file' }));
  let last: ImportEvent | undefined;
  for await (const event of channel.events) {
    last = event;
    if (event.kind === 'batch') expect((await channel.fetchBatch(event.id)).byteLength).toBeGreaterThan(100);
  }
  return last;
}
