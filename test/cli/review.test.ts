// `diptych review` over the samples (with code: test/built): the document to the letter, formats, gates, wrong usage.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, document } from './context';

let top: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-review-'));
  writeFileSync(join(top, 'waived.json'), '{"version": 1, "waivers": [{"rule": "A-01", "reason": "A demonstration."}]}');
});
afterAll(() => rmSync(top, { recursive: true }));

interface Item {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly runs: readonly string[];
  readonly evidence: readonly object[];
}
interface Document {
  readonly assessment: readonly { readonly rule: string; readonly text: string; readonly evidence: object; readonly runs: readonly string[] }[];
  readonly critical: readonly Item[];
  readonly recommendations: readonly Item[];
  readonly organization: readonly Item[];
  readonly next_steps: readonly { readonly rule: string; readonly kind: string; readonly runs: readonly string[]; readonly evidence: object }[];
  readonly stated: readonly { readonly rule: string }[];
  readonly not_assessed: readonly object[];
}
const read = async (...words: readonly string[]): Promise<Document> => (await document(['review', ...words])) as unknown as Document;

const sweep = 'resources/samples/lr-sweep';

test('the samples: five parts, each item with its rule, evidence and runs', async () => {
  const found = await read('resources/samples', '--date', '2026-11-25');
  for (const part of ['assessment', 'critical', 'recommendations', 'organization', 'next_steps'] as const) {
    expect(found[part].length, part).toBeGreaterThan(0);
    for (const one of found[part]) expect(one).toMatchObject({ rule: expect.any(String), evidence: expect.anything(), runs: expect.any(Array) });
  }
  expect(found.critical.map(({ id }) => id)).toContain('diverged');
  expect(found.assessment[0]?.text).toContain('12 runs');
});

test('Markdown, HTML and JSON come out the same twice', async () => {
  const words = ['review', sweep, '--date', '2026-11-25'];
  const md = await cli([...words, '--md']);
  expect(md.out).toContain('## Critical issues');
  expect((await cli([...words, '--md'])).out).toBe(md.out);
  for (const ending of ['md', 'html', 'json']) expect((await cli([...words, '-o', join(top, `out.${ending}`)])).code).toBe(0);
  expect(readFileSync(join(top, 'out.md'), 'utf8')).toBe(md.out);
  expect(readFileSync(join(top, 'out.html'), 'utf8')).toContain('<h2>Next steps</h2>');
  expect(JSON.parse(readFileSync(join(top, 'out.json'), 'utf8'))).toMatchObject({ version: 1, command: 'review' });
});

test('a gate by severity, which what is set aside does not close', async () => {
  const gate = async (...words: readonly string[]) => (await cli(['review', sweep, ...words])).code;
  expect(await gate('--fail-on', 'high')).toBe(1);
  expect(await gate()).toBe(0);
  expect(await gate('--fail-on', 'high', '--project', join(top, 'waived.json'))).toBe(0);
  expect((await read(sweep, '--project', join(top, 'waived.json'))).stated).toMatchObject([{ rule: 'A-01' }]);
});

test('wrong usage says what is right; nothing readable is 3', async () => {
  expect(await cli(['review'])).toMatchObject({ code: 2, err: expect.stringContaining('--code CODE') });
  expect(await cli(['review', sweep, '--fail-on', 'hig'])).toMatchObject({ code: 2, err: expect.stringContaining('high') });
  expect(await cli(['review', sweep, '-o', 'x.docx'])).toMatchObject({ code: 2, err: expect.stringContaining('.docx') });
  expect((await cli(['review', join(top, 'nowhere')])).code).toBe(3);
});
