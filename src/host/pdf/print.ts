// Prints one HTML document of our own to PDF with a browser of this machine, headless: tagged, with an outline, on CSS page sizes.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WireError } from '../../wire/errors';
import { type Browser, browsers } from './find-browser';

export interface PrintedPdf {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the user should know of how it was made; null when there is nothing. */
  readonly note: string | null;
}

const longestMs = 120_000;

/** No script, no network, no frames: a report is text, styles and pictures inside the file. */
const seal =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:; font-src data:">';

/**
 * Prints HTML with the first browser that manages to.
 * @throws WireError `no-browser` where none is found, `print-failed` when none manages, `cancelled`
 */
export async function printHtml(html: string, title: string, signal: AbortSignal, candidates: AsyncIterable<Browser> = browsers()): Promise<PrintedPdf> {
  let failure: string | null = null;
  for await (const browser of candidates) {
    const outcome = await printWith(browser, html, title, signal);
    if (typeof outcome !== 'string') return outcome;
    failure = outcome;
  }
  if (failure !== null) throw new WireError('print-failed', `The browser could not print: ${failure}`, 'Save as HTML and print that from your own browser.');
  throw new WireError(
    'no-browser',
    'No Chrome, Chromium or Edge was found to make a PDF with.',
    'Install one, name one with DIPTYCH_CHROMIUM, or save as HTML and print that from your own browser.',
  );
}

/** The PDF, or what went wrong. */
async function printWith(browser: Browser, html: string, title: string, signal: AbortSignal): Promise<PrintedPdf | string> {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-print-'));
  try {
    const page = join(folder, 'report.html');
    const pdf = join(folder, 'report.pdf');
    writeFileSync(page, seal + titleOf(html, title) + html, { mode: 0o600 });
    // Chromium refuses to run its sandbox as root. The file is ours and sealed, so here it may run without.
    const asRoot = process.getuid?.() === 0;
    const problem = await run(browser, [...flags(folder, pdf), ...(asRoot ? ['--no-sandbox'] : []), pathToFileURL(page).href], folder, signal);
    if (problem !== null) return problem;
    const bytes = new Uint8Array(readFileSync(pdf));
    return {
      bytes,
      note: asRoot ? 'Printed as root, so the browser ran without its sandbox; it opened only the report, with scripts and network shut off.' : null,
    };
  } catch (error) {
    if (signal.aborted) throw new WireError('cancelled', 'Cancelled.');
    return error instanceof Error ? error.message : String(error);
  } finally {
    // The browser's helpers may still write for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const titleOf = (html: string, title: string): string =>
  /<title[\s>]/i.test(html.slice(0, 10_000)) ? '' : `<title>${title.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)}</title>`;

const flags = (folder: string, pdf: string): string[] => [
  '--headless',
  `--print-to-pdf=${pdf}`,
  '--no-pdf-header-footer',
  '--generate-pdf-document-outline',
  '--export-tagged-pdf',
  `--user-data-dir=${join(folder, 'profile')}`,
  '--blink-settings=scriptEnabled=false',
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

/** Null when it ended well; else the last thing it said. It is ended with all its helpers on abort and after two minutes. */
function run(browser: Browser, args: readonly string[], folder: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error('cancelled'));
    const ownGroup = process.platform !== 'win32';
    const env = { ...process.env, ...browser.env, HOME: folder };
    const child = spawn(browser.path, args, { cwd: folder, env, detached: ownGroup, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-4000);
    });
    const kill = (): void => {
      try {
        if (ownGroup && child.pid) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It ended by itself.
      }
    };
    const timer = setTimeout(() => {
      kill();
      resolve(`it did not end within ${longestMs / 1000} seconds`);
    }, longestMs);
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      done();
    };
    const onAbort = (): void => {
      kill();
      settle(() => reject(new Error('cancelled')));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('error', (error) => settle(() => resolve(error.message)));
    child.on('close', (code) => settle(() => resolve(code === 0 ? null : (said.trim().split('\n').at(-1) ?? `exit code ${code}`))));
  });
}
