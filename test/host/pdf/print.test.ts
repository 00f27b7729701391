// Printing with a real browser: text, drawing, outline and tags survive, and nothing in the document runs or leaves.
import { createServer } from 'node:http';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { type Browser, browsers, findBrowser } from '../../../src/host/pdf/find-browser';
import { printHtml } from '../../../src/host/pdf/print';

const none = new AbortController().signal;
const available = await findBrowser();

async function* only(...list: Browser[]): AsyncGenerator<Browser> {
  yield* list;
}

async function read(bytes: Uint8Array) {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const page = await pdf.getPage(1);
  const text = (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' ');
  return { pdf, page, text };
}

describe.skipIf(available === null)('with the browser of this machine', () => {
  test('text and drawing become a tagged PDF with an outline, on the page size of the style sheet', async () => {
    const html =
      '<html lang="en"><head><title>Two runs</title><style>@page { size: 100mm 150mm; margin: 10mm }</style></head>' +
      '<body><h1>Rates</h1><h2>Curves</h2><svg width="100" height="40"><text x="4" y="20">val/loss</text><path d="M0 0L99 39" stroke="red"/></svg></body></html>';
    const { bytes } = await printHtml(html, 'ignored', none);
    const { pdf, page, text } = await read(bytes);
    expect(text).toContain('Rates');
    expect(text).toContain('val/loss');
    expect((await pdf.getOutline()).map((entry) => entry.title)).toEqual(['Rates']);
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect((await pdf.getMetadata()).info).toMatchObject({ Title: 'Two runs' });
    const { width, height } = page.getViewport({ scale: 1 });
    expect([Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual([100, 150]);
  });

  test('a document without a title gets the one given', async () => {
    const { bytes } = await printHtml('<p>x</p>', 'A <b> & C', none);
    expect((await (await read(bytes)).pdf.getMetadata()).info).toMatchObject({ Title: 'A <b> & C' });
  });

  test('scripts do not run and nothing is fetched', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const at = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const html = `<body><img src="${at}/img"><iframe src="${at}/frame"></iframe><link rel=stylesheet href="${at}/css"><p id=p>still</p><script>p.textContent='ran'; fetch('${at}/js')</script></body>`;
    const { bytes } = await printHtml(html, 't', none);
    await new Promise((done) => server.close(done));
    const { text } = await read(bytes);
    expect(text).toContain('still');
    expect(text).not.toContain('ran');
    expect(asked).toEqual([]);
  });

  test('a browser that cannot print is passed over for the next', async () => {
    const broken: Browser = { path: process.execPath, origin: 'installed', env: {} };
    const { bytes } = await printHtml('<p>second choice</p>', 't', none, only(broken, available as Browser));
    expect((await read(bytes)).text).toContain('second choice');
  });

  test('running as root is said', async () => {
    const { note } = await printHtml('<p>x</p>', 't', none);
    if (process.getuid?.() === 0) expect(note).toContain('root');
    else expect(note).toBeNull();
  });

  test('a cancelled print ends', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(printHtml('<p>x</p>', 't', controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

test('without a browser the way on is told', async () => {
  await expect(printHtml('<p>x</p>', 't', none, only())).rejects.toMatchObject({ code: 'no-browser', tip: expect.stringContaining('DIPTYCH_CHROMIUM') });
});

test('when no browser manages, its own words are told', async () => {
  const broken: Browser = { path: process.execPath, origin: 'installed', env: {} };
  await expect(printHtml('<p>x</p>', 't', none, only(broken))).rejects.toMatchObject({ code: 'print-failed' });
});

test('a browser that was chosen and is not there is not replaced in silence', async () => {
  const found: Browser[] = [];
  for await (const browser of browsers({ env: { ...process.env, DIPTYCH_CHROMIUM: '/nowhere/chrome' } })) found.push(browser);
  expect(found).toEqual([]);
});
