// `diptych report`: the PDF of the samples holds every number of the comparison; templates, dates and options do what they say.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReportDocument, TableBlock } from '../../src/core/report/document';
import { renderers } from '../../src/core/report/renderer';
import { standardSections } from '../../src/core/report/template';
import { shortNumber } from '../../src/core/view/format';
import { findBrowser } from '../../src/host/pdf/find-browser';
import { cli } from './context';

const folder = mkdtempSync(join(tmpdir(), 'diptych-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const sweep = 'resources/samples/lr-sweep';
const samples = 'resources/samples';
const date = ['--date', '2026-01-31T12:00:00Z'];

async function report(name: string, ...more: readonly string[]): Promise<string> {
  const { code, err } = await cli(['report', sweep, '-o', at(name), ...date, ...more]);
  expect(code, err).toBe(0);
  return readFileSync(at(name), 'utf8');
}
const documentOf = async (...more: readonly string[]): Promise<ReportDocument> => JSON.parse(await report('r.json', ...more)) as ReportDocument;

describe.skipIf((await findBrowser()) === null)('as PDF', async () => {
  const file = at('samples.pdf');
  const { code } = await cli(['report', samples, '-o', file, ...date, '--author', 'Kim Lee', '--subject', 'Rates']);
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise;
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, page) => pdf.getPage(page + 1)));
  const texts = await Promise.all(pages.map(async (page) => (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')));
  /** Lines are broken anywhere in a narrow column: blanks tell nothing. */
  const all = texts.join('').replace(/\s+/g, '');

  test('every number of the diff table stands in its text', async () => {
    expect(code).toBe(0);
    const { out } = await cli(['list', samples, '--json']);
    const ids = (JSON.parse(out) as { runs: { id: string }[] }).runs.map(({ id }) => id);
    const diff = JSON.parse((await cli(['diff', '--in', samples, ...ids, '--json'])).out) as {
      metrics: { name: string; system?: boolean; values: Record<string, { last: unknown; best: unknown }> }[];
      params: { key: string; differs: boolean; values: Record<string, unknown> }[];
    };
    let numbers = 0;
    for (const { name, values } of diff.metrics.filter((row) => !row.name.startsWith('system'))) {
      for (const { last, best } of Object.values(values)) {
        for (const value of [last, best]) {
          if (typeof value !== 'number') continue;
          numbers += 1;
          expect.soft(all, `${name} ${value}`).toContain(shortNumber(value).replace(/\s+/g, ''));
        }
      }
    }
    for (const { key, differs, values } of diff.params) {
      if (!differs) continue;
      expect.soft(all, key).toContain(key.replace(/\s+/g, ''));
      for (const value of Object.values(values)) {
        if (typeof value !== 'number') continue;
        numbers += 1;
        expect.soft(all, `${key} ${value}`).toContain(String(value));
      }
    }
    expect(numbers).toBeGreaterThan(100);
  });

  test('every cell of every table stands in its text', async () => {
    await cli(['report', samples, '-o', at('samples.json'), ...date]);
    const document = JSON.parse(readFileSync(at('samples.json'), 'utf8')) as ReportDocument;
    const tables = document.sections.flatMap(({ blocks }) => blocks.filter((block): block is TableBlock => block.kind === 'table'));
    expect(tables.length).toBeGreaterThan(10);
    for (const { id, head, rows } of tables) {
      for (const { text } of [head, ...rows].flat()) expect.soft(all, `${id}: ${text}`).toContain(text.replace(/\s+/g, ''));
    }
  });

  test('each page has its number and the title; wide tables stand on landscape pages', () => {
    for (const [page, text] of texts.entries()) {
      expect.soft(text).toContain(`Page ${page + 1} of ${texts.length}`);
      expect.soft(text).toContain('Comparison of 12 runs');
    }
    const wide = pages.map((page) => page.getViewport({ scale: 1 })).map(({ width, height }) => width > height);
    expect(wide).toContain(true);
    expect(wide[0]).toBe(false);
  });

  test('one bookmark for each section, and one for each chart below it', async () => {
    const [title] = await pdf.getOutline();
    expect(title?.items.map((item: { title: string }) => item.title)).toEqual(expect.arrayContaining(['Runs', 'Metrics', 'Curves', 'Provenance']));
    const curves = title?.items.find((item: { title: string }) => item.title === 'Curves');
    expect(curves?.items.map((item: { title: string }) => item.title)).toEqual(expect.arrayContaining(['train/loss', 'val/loss']));
  });
});

describe('the same input gives the same bytes', () => {
  test.each(renderers.map(({ meta }) => meta.extension))('.%s', async (extension) => {
    expect(await report(`a.${extension}`)).toBe(await report(`b.${extension}`));
  });

  test('by SOURCE_DATE_EPOCH as by --date, which wins', async () => {
    const byEnv = await cli(['report', sweep, '-o', at('env.html')], { env: { SOURCE_DATE_EPOCH: '1769860800' } });
    expect(byEnv.code).toBe(0);
    expect(readFileSync(at('env.html'), 'utf8')).toBe(await report('date.html'));
    const both = await cli(['report', sweep, '-o', at('both.html'), ...date], { env: { SOURCE_DATE_EPOCH: '1' } });
    expect(both.code).toBe(0);
    expect(readFileSync(at('both.html'), 'utf8')).toBe(readFileSync(at('date.html'), 'utf8'));
    expect((await cli(['report', sweep, '-o', at('x.html')], { env: { SOURCE_DATE_EPOCH: 'soon' } })).code).toBe(2);
  });
});

describe('how it is arranged', () => {
  test('a template, and options beside it that win', async () => {
    const template = {
      format: 'diptych-report-template',
      version: 1,
      title: 'Of the template',
      authors: ['Ann'],
      sections: ['curves', 'params'],
      notes: { params: 'noted' },
      page: { paper: 'Letter', orientation: 'landscape' },
      charts: {
        settings: { logY: true, smoothing: { kind: 'ema', weight: 0.5 } },
        zooms: { 'train/loss': { x: { min: 10, max: 50 }, y: { min: 0.1, max: 3 } } },
      },
    };
    writeFileSync(at('t.json'), JSON.stringify(template));
    const document = await documentOf('--template', at('t.json'), '--title', 'Of the option', '--paper', 'a4', '--note', 'curves=*why*');
    expect(document).toMatchObject({ title: 'Of the option', authors: ['Ann'], page: { paper: 'A4', orientation: 'landscape' } });
    expect(document.sections.map(({ id, note }) => [id, note])).toEqual([
      ['curves', '*why*'],
      ['params', 'noted'],
    ]);
    const charts = document.sections[0]!.blocks.filter((block) => block.kind === 'chart');
    expect(charts.every(({ spec }) => spec.y.scale === 'log')).toBe(true);
  });

  test('a zoom that goes with one panel, where panels are not in step', async () => {
    const charts = { settings: { sync: false }, zooms: { 'train/loss': { x: { min: 10, max: 50 }, y: { min: 0.1, max: 3 } } } };
    writeFileSync(at('z.json'), JSON.stringify({ format: 'diptych-report-template', version: 1, sections: ['curves'], charts }));
    const document = await documentOf('--template', at('z.json'));
    const axes = document.sections[0]!.blocks.filter((block) => block.kind === 'chart').map(
      ({ caption, spec }) => [caption, spec.x.min, spec.x.max, spec.y.max] as const,
    );
    expect(axes.find(([caption]) => caption === 'train/loss')).toEqual(['train/loss', 10, 50, 3]);
    expect(axes.filter(([, min, max]) => min === 10 && max === 50)).toHaveLength(1);
  });

  test.each([
    [['--paper', 'A5'], /A4 or Letter/],
    [['--orientation', 'landscap'], /did you mean|landscape/],
    [['--note', 'params'], /SECTION=TEXT/],
    [['--note', 'parms=x'], /params/],
    [['--template', '/nowhere/t.json'], /cannot be read/],
    [['--sections', 'metrix'], /metrics/],
  ])('%j is wrong usage', async (words, told) => {
    const { code, err } = await cli(['report', sweep, '-o', at('w.html'), ...words]);
    expect(code).toBe(2);
    expect(err).toMatch(told);
  });
});

describe('for a pull request', () => {
  test('short: what to know, key metrics with words for worse, params; the rest folded', async () => {
    const markdown = await report('r.pr.md', '--subject', 'Higher rates.');
    const open = markdown.slice(0, markdown.indexOf('<details>'));
    expect(open.length).toBeLessThan(6000);
    expect(open).toContain('Higher rates.');
    expect(open).toContain('val/loss');
    expect(open).toContain('optimizer.lr');
    expect(open).toMatch(/\(worse\)/);
    expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
    expect(markdown.length).toBeLessThan(65_536);
    expect(standardSections.length).toBeGreaterThan(5);
  });

  test('is not what .md is', async () => {
    expect(await report('whole.md')).not.toBe(await report('short.pr.md'));
  });
});
