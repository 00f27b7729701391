// Opens one HTML document of our own in a headless browser of this machine, sealed, and takes bytes from it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WireError } from '../../wire/errors';
import type { DevTools } from './devtools-pipe';
import type { Browser } from './find-browser';
import type { PrintedPdf } from './finish';
import { sealed } from './sealed';
import { startBrowser } from './start-browser';

/** What is done with the open page, by its DevTools session. */
export type PageJob = (devTools: DevTools, sessionId: string) => Promise<Uint8Array<ArrayBuffer>>;

const longestMs = 120_000;

/**
 * Does the job with the first browser that manages to.
 * @throws WireError `no-browser` where none is found, `print-failed` when none manages, `cancelled`
 */
export async function inBrowser(html: string, title: string, signal: AbortSignal, candidates: AsyncIterable<Browser>, job: PageJob): Promise<PrintedPdf> {
  let failure: string | null = null;
  for await (const browser of candidates) {
    const outcome = await withBrowser(browser, html, title, signal, job);
    if (typeof outcome !== 'string') return outcome;
    failure = outcome;
  }
  if (failure !== null) throw new WireError('print-failed', `The browser could not print: ${failure}`, 'Save as HTML and print that from your own browser.');
  throw new WireError(
    'no-browser',
    'No Chrome, Chromium or Edge was found to make a PDF or a picture with.',
    'Install one, name one with DIPTYCH_CHROMIUM, or save as HTML and print that from your own browser.',
  );
}

/** The bytes, or what went wrong. */
async function withBrowser(browser: Browser, html: string, title: string, signal: AbortSignal, job: PageJob): Promise<PrintedPdf | string> {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-print-'));
  // Chromium refuses to run its sandbox as root. The file is ours and sealed, so here it may run without.
  const asRoot = process.getuid?.() === 0;
  const running = startBrowser(browser, [...flags(join(folder, 'profile')), ...(asRoot ? ['--no-sandbox'] : [])], folder);
  try {
    const page = join(folder, 'report.html');
    writeFileSync(page, sealed(html, title), { mode: 0o600 });
    const work = openPage(running.devTools, pathToFileURL(page).href).then((sessionId) => job(running.devTools, sessionId));
    return {
      bytes: await running.during(work, signal, longestMs),
      note: asRoot ? 'Printed as root, so the browser ran without its sandbox; it opened only the report, with scripts and network shut off.' : null,
    };
  } catch (error) {
    if (signal.aborted) throw new WireError('cancelled', 'Cancelled.');
    return error instanceof Error ? error.message : String(error);
  } finally {
    await running.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function openPage(devTools: DevTools, url: string): Promise<string> {
  const { targetId } = await devTools.call<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devTools.call<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  await devTools.call('Page.enable', {}, sessionId);
  await devTools.call('Emulation.setScriptExecutionDisabled', { value: true }, sessionId);
  const loaded = devTools.next('Page.loadEventFired');
  const { errorText } = await devTools.call<{ errorText?: string }>('Page.navigate', { url }, sessionId);
  if (errorText) throw new Error(errorText);
  await loaded;
  return sessionId;
}

const flags = (profile: string): string[] => [
  '--headless',
  '--remote-debugging-pipe',
  `--user-data-dir=${profile}`,
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-sync',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-default-browser-check',
  '--no-first-run',
];
