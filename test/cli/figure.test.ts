// `diptych figure`: files of the size that was asked for, and a bundle for TeX.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../src/host/pdf/find-browser';
import { cli } from './context';

const folder = mkdtempSync(join(tmpdir(), 'diptych-figure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const sweep = 'resources/samples/lr-sweep';

async function figure(name: string, ...more: readonly string[]): Promise<Buffer> {
  const { code, err } = await cli(['figure', sweep, '--metric', 'train/loss', '--date', '2026-01-31', '-o', at(name), ...more]);
  expect(code, err).toBe(0);
  return readFileSync(at(name));
}

test('SVG: as wide as asked for, the same twice, with every run in its legend', async () => {
  const svg = String(await figure('a.svg', '--width', '12'));
  expect(svg).toMatch(/^<svg [^>]*width="12cm"/);
  expect(String(await figure('b.svg', '--width', '12'))).toBe(svg);
  for (const run of ['lr-0.003', 'lr-0.03', 'lr-0.1', 'lr-0.3', 'lr-30']) expect(svg).toContain(`>${run}</text>`);
  expect(svg).not.toMatch(/<script|\son\w+=|href=/i);
});

describe.skipIf((await findBrowser()) === null)('with the browser of this machine', () => {
  test('PDF: one page of that width, with its words as text, the same twice', async () => {
    const bytes = await figure('a.pdf', '--width', '8.4cm');
    expect(Buffer.compare(bytes, await figure('b.pdf', '--width', '8.4'))).toBe(0);
    const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
    expect(pdf.numPages).toBe(1);
    const page = await pdf.getPage(1);
    expect((page.getViewport({ scale: 1 }).width / 72) * 2.54).toBeCloseTo(8.4, 1);
    expect((await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' ')).toContain('lr-0.003');
  });

  test('PNG: two pixels for each', async () => {
    const bytes = await figure('a.png', '--width', '10', '--height', '5');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(2 * Math.round((10 / 2.54) * 96));
    expect(bytes.readUInt32BE(20)).toBeGreaterThan(2 * Math.round((5 / 2.54) * 96));
  });
});

test('pgfplots: several metrics in one zip, each with its data', async () => {
  const files = unzipSync(await figure('a.zip', '--metric', 'val/loss', '--log-y'));
  const names = Object.keys(files);
  expect(names.filter((name) => name.endsWith('.tex'))).toEqual(['01-train-loss.tex', '02-val-loss.tex']);
  for (const name of names.filter((one) => one.endsWith('.tex'))) {
    const tex = strFromU8(files[name]!);
    expect(tex).toContain('ymode=log');
    for (const [, file] of tex.matchAll(/table\[[^\]]*\] \{([^}]*)\}/g)) expect(names).toContain(file);
  }
});

test('one line for each group of seeds, with its band', async () => {
  const { code } = await cli(['figure', 'resources/samples/seed-study', '--metric', 'loss', '--by-seed', '-o', at('g.svg')]);
  expect(code).toBe(0);
  expect(readFileSync(at('g.svg'), 'utf8')).toContain('(n = 3)');
});

test.each([
  [['--metric', 'train/los', '-o', 'x.svg'], /train\/loss/],
  [['--metric', 'train/loss', '--metric', 'val/loss', '-o', 'x.svg'], /\.zip/],
  [['--metric', 'train/loss', '-o', 'x.gif'], /\.svg/],
  [['--metric', 'train/loss', '--width', '900', '-o', 'x.svg'], /centimetres/],
  [['--metric', 'train/loss', '--smooth', 'ema', '-o', 'x.svg'], /ema:0\.6/],
  [['-o', 'x.svg'], /--metric/],
])('%j is wrong usage', async (words, told) => {
  const { code, err } = await cli(['figure', sweep, ...words], { cwd: process.cwd() });
  expect(code).toBe(2);
  expect(err).toMatch(told);
});
