// A printed report as it is handed out: the same bytes twice, metadata, pages of both orientations, nothing outside of tags.
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { aboutOf } from '../../../src/host/pdf/about';
import { findBrowser } from '../../../src/host/pdf/find-browser';
import { finishPrinted } from '../../../src/host/pdf/finish';
import { printHtml } from '../../../src/host/pdf/print';

const none = new AbortController().signal;
const title = 'Rates & seeds <of> “digits”';
const rows = Array.from({ length: 90 }, (_, i) => `<tr><th scope="row">row ${i}</th><td>${i / 7}</td></tr>`).join('');
const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="Diptych test">
<meta name="author" content="Kim Lee">
<meta name="author" content="Ann &lt;Bo&gt;">
<meta name="description" content="What the rate does">
<meta name="date" content="2026-01-31T12:00:00.000Z">
<title>Rates &amp; seeds &lt;of&gt; “digits”</title>
<style>@page { size: A4; margin: 16mm; @bottom-right { content: "Page " counter(page) " of " counter(pages) } } @page wide { size: A4 landscape } .wide { page: wide } thead { display: table-header-group } body { background: #eee }</style>
</head>
<body><main><h1>Report</h1><section><h2>One</h2><p>portrait</p></section><section class="wide"><h2>Two</h2><table><thead><tr><th scope="col">HEAD</th><th scope="col">value</th></tr></thead><tbody>${rows}</tbody></table></section>
<section><h2>Three</h2><svg role="img" aria-label="A line" width="90" height="40"><path d="M0 0L90 40" stroke="red"/><text y="20">axis</text></svg></section></main></body></html>`;

test('the head says what the PDF will say', () => {
  expect(aboutOf(html, 'other')).toEqual({
    title,
    authors: ['Kim Lee', 'Ann <Bo>'],
    subject: 'What the rate does',
    creator: 'Diptych test',
    language: 'en',
    createdMs: Date.UTC(2026, 0, 31, 12),
  });
  expect(aboutOf('<p>x</p>', 'given')).toMatchObject({ title: 'given', authors: [], createdMs: null });
});

test('what cannot be finished is handed out as it was printed, and that is said', async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const printed = await finishPrinted({ bytes, note: 'As root.' }, html, title);
  expect(printed.bytes).toBe(bytes);
  expect(printed.note).toMatch(/^As root\. .*as the browser printed it/);
});

describe.skipIf((await findBrowser()) === null)('with the browser of this machine', async () => {
  const twice = [await printHtml(html, title, none), await printHtml(html, title, none)].map(({ bytes }) => bytes);
  const open = () => getDocument({ data: twice[0]!.slice(), verbosity: 0 }).promise;

  test('the same document gives the same bytes', () => {
    expect(Buffer.compare(twice[0]!, twice[1]!)).toBe(0);
    expect(Buffer.from(twice[0]!).toString('latin1')).not.toMatch(
      new RegExp(`D:${new Date().getUTCFullYear() === 2026 ? '2026(?!0131)' : new Date().getUTCFullYear()}`),
    );
  });

  test('title, people, subject, language and dates stand in both places', async () => {
    const pdf = await open();
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: title, Author: 'Kim Lee, Ann <Bo>', Subject: 'What the rate does', Creator: 'Diptych test', Language: 'en' });
    expect(info).toMatchObject({ CreationDate: expect.stringMatching(/^D:20260131120000/), ModDate: expect.stringMatching(/^D:20260131120000/) });
    expect(metadata?.get('dc:title')).toBe(title);
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    expect(pdf.fingerprints[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  test('landscape pages among portrait ones, each with its number and the table with its head', async () => {
    const pdf = await open();
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)));
    const shapes = pages.map((page) => (page.getViewport({ scale: 1 }).width > page.getViewport({ scale: 1 }).height ? 'wide' : 'tall'));
    expect(shapes[0]).toBe('tall');
    expect(shapes.at(-1)).toBe('tall');
    expect(shapes.filter((shape) => shape === 'wide').length).toBeGreaterThan(1);
    for (const [at, page] of pages.entries()) {
      const text = (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('');
      expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
      if (shapes[at] === 'wide') expect(text).toContain('HEAD');
    }
  });

  test('outline, tags, and words for the drawing', async () => {
    const pdf = await open();
    const [first] = await pdf.getOutline();
    expect(first?.title).toBe('Report');
    expect(first?.items.map((item: { title: string }) => item.title)).toEqual(['One', 'Two', 'Three']);
    const tree = JSON.stringify(await (await pdf.getPage(pdf.numPages)).getStructTree());
    expect(tree).toMatch(/"role":"Figure",.*"alt":"A line"/);
  });

  test('no text and no path stands outside of tags and artifacts', async () => {
    const pdf = await open();
    const drawing = new Set([OPS.showText, OPS.fill, OPS.stroke, OPS.eoFill, OPS.fillStroke]);
    for (let at = 1; at <= pdf.numPages; at++) {
      const { fnArray } = await (await pdf.getPage(at)).getOperatorList();
      let depth = 0;
      for (const op of fnArray) {
        if (op === OPS.beginMarkedContent || op === OPS.beginMarkedContentProps) depth += 1;
        else if (op === OPS.endMarkedContent) depth -= 1;
        else if (drawing.has(op)) expect(depth, `page ${at}`).toBeGreaterThan(0);
      }
      expect(depth).toBe(0);
    }
  });
});
