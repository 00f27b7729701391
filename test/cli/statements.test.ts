// What the command line makes of a project file: attested and waived items, and gates that heed them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from './context';

const home = mkdtempSync(join(tmpdir(), 'diptych-statements-'));
const file = join(home, 'diptych.project.json');
const path = 'test/fixtures/csv/train-log-per-run/input';
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeAll(() =>
  writeFileSync(
    file,
    JSON.stringify({
      version: 1,
      attestations: [{ item: 'R06', by: 'Kim', note: 'digits of scikit-learn 1.5', date: '2026-03-01' }],
      waivers: [
        { rule: 'R11', reason: 'a demonstration', until: '2999-12-31' },
        { rule: 'R16', reason: 'was one', until: '2020-12-31' },
      ],
    }),
  ),
);

interface Item {
  readonly id: string;
  readonly verdict: string;
  readonly attested?: object;
  readonly waived?: object;
}
interface Checked {
  readonly runs: readonly { readonly items: readonly Item[]; readonly score: Readonly<Record<string, number>> }[];
}
const checked = async (...more: readonly string[]): Promise<Checked> => JSON.parse((await cli(['check', path, '--json', ...more])).out) as Checked;

test('items carry who attested and what is waived, and the verdict stays', async () => {
  const [before] = (await checked()).runs;
  const [after] = (await checked('--project', file)).runs;
  const item = (run: typeof after, id: string) => run?.items.find((one) => one.id === id);
  expect(item(after, 'R06')).toMatchObject({ verdict: 'unknown', attested: { by: 'Kim', note: 'digits of scikit-learn 1.5', date: '2026-03-01' } });
  expect(item(after, 'R11')).toMatchObject({ verdict: 'unknown', waived: { reason: 'a demonstration', until: '2999-12-31' } });
  expect(item(after, 'R16')?.waived).toBeUndefined();
  const gained = (after?.score.proven ?? 0) - (before?.score.proven ?? 0);
  expect(gained).toBeGreaterThan(0);
  expect(after?.score.attested).toBeCloseTo(gained, 12);
  expect(before?.score.attested).toBe(0);
  expect(after?.score.coverage).toBe(before?.score.coverage);
});

test.each([
  ['R01', 0, ''],
  ['R06', 1, 'R06 is unknown; a person attested it, which opens no gate'],
  ['R11', 0, 'R11 is unknown, waived until 2999-12-31: a demonstration'],
  ['R16', 1, 'R16 is unknown; its waiver ended (until 2020-12-31)'],
  ['R11,R16', 1, 'waived'],
])('--require %s exits %i', async (items, code, told) => {
  const ran = await cli(['check', path, '--project', file, '--require', items]);
  expect(ran.code).toBe(code);
  expect(ran.err).toContain(told);
  if (told === '') expect(ran.err).toBe('');
});

test('--min-score counts an attestation half and no waiver', async () => {
  const proven = (await checked('--project', file)).runs[0]?.score.proven ?? 0;
  expect((await cli(['check', path, '--project', file, '--min-score', String(proven)])).code).toBe(0);
  expect((await cli(['check', path, '--min-score', String(proven)])).code).toBe(1);
});

test('the report tells what a person said', async () => {
  const out = join(home, 'report.md');
  const { code, err } = await cli(['report', path, '-o', out, '--project', file, '--sections', 'checklist,methods']);
  expect(code, err).toBe(0);
  const { readFileSync } = await import('node:fs');
  const text = readFileSync(out, 'utf8');
  for (const word of ['Attested by a person', 'unknown, attested', 'Kim', '2026-03-01', 'Waived', 'a demonstration', '2999-12-31', 'Methods and compute'])
    expect(text).toContain(word);
});
