// `diptych practices` over drawn folders: the document to the letter, gates, waivers, copies of files, the repository around the runs.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from './context';

let top: string;
const at = (path: string) => join(top, path);
/** Each log differs in its first value: logs with equal contents are one run. */
let logs = 0;
const log = (text: string) => text.replace('0,1,', `0,${1 + ++logs / 100},`);
const put = (path: string, text: string | Uint8Array) => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};
const mixed = 'step,train/loss,val_loss\n0,1,1\n1,0.5,0.6\n2,0.4,0.5\n';
const clean = mixed.replace('val_loss', 'val/loss');

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-practices-'));
  put('mixed/one/metrics.csv', log(mixed));
  put('mixed/two/metrics.csv', log(mixed));
  put('clean/one/metrics.csv', log(clean));
  put('gate.json', '{"version": 1, "rules": {"G-01": "gate"}}');
  put('waived.json', '{"version": 1, "rules": {"G-01": "gate"}, "waivers": [{"rule": "G-01", "reason": "Renamed soon.", "until": "2026-12-31"}]}');
  put('contract.json', '{"version": 1, "contract": {"metric": "val/loss", "direction": "min"}}');
  put('copies.json', '{"version": 1, "limits": {"saved_bytes": 1000000}}');
  const weights = new Uint8Array(1_100_000).fill(7);
  for (const run of ['a', 'b', 'c']) {
    put(`copies/${run}/metrics.csv`, log(clean));
    put(`copies/${run}/config.json`, '{"lr": 1}');
    put(`copies/${run}/model.pt`, run === 'c' ? weights.map((byte, index) => (index === 0 ? 1 : byte)) : weights);
  }
  put('outside.pt', weights);
  put('linked/a/metrics.csv', log(clean));
  put('linked/a/config.json', '{}');
  put('linked/a/model.pt', weights);
  symlinkSync(at('outside.pt'), at('linked/a/other.pt'));
  put('repo/.git/HEAD', 'ref: refs/heads/main\n');
  put('repo/.git/info/exclude', 'scratch/\n');
  put('repo/.gitignore', '/runs/*\n!/runs/kept\nwandb/\n');
  put('repo/.env', 'KEY=1\n');
  put('repo/nested/.gitignore', '*\n');
  for (const run of ['runs/gone', 'runs/kept', 'open/one', 'scratch/one', 'nested/one']) put(`repo/${run}/metrics.csv`, log(clean));
});
afterAll(() => rmSync(top, { recursive: true }));

interface Document {
  readonly findings: readonly {
    readonly rule: string;
    readonly summary: string;
    readonly runs: readonly string[];
    readonly evidence: Record<string, unknown>;
    readonly waived?: unknown;
  }[];
  readonly not_assessed: readonly { readonly rule: string }[];
  readonly waivers: readonly unknown[];
  readonly contract?: { readonly ranked: readonly unknown[]; readonly left_out: readonly { readonly reasons: readonly string[] }[] };
}
const practices = async (...words: string[]) => {
  const { code, out, err } = await cli(['practices', ...words, '--json', '--date', '2026-11-25T12:00:00Z']);
  return { code, err, document: JSON.parse(out) as Document };
};
const rules = ({ findings }: Document) => findings.map(({ rule }) => rule);

test('the document has the fields of the contract', async () => {
  const { code, document } = await practices(at('mixed'));
  expect(code).toBe(0);
  expect(document).toMatchObject({ version: 1, command: 'practices' });
  expect(rules(document)).toEqual(['G-01']);
  expect(document.findings[0]).toMatchObject({
    severity: 'warn',
    summary: expect.stringContaining('val_loss'),
    evidence: { renames: { val_loss: 'val/loss' } },
    advice: expect.any(String),
  });
  expect(document.findings[0]?.runs).toHaveLength(2);
  expect(document.not_assessed.map(({ rule }) => rule)).toEqual(['G-06', 'G-10']);
  expect((await practices(at('mixed'))).document).toEqual(document);
});

describe('gates', () => {
  test.each([
    ['nothing stated', [], 0],
    ['a gate of the project file', ['--project', 'gate.json'], 1],
    ['the same, waived', ['--project', 'waived.json'], 0],
    ['a severity that is reached', ['--fail-on', 'warn'], 1],
    ['one that is not', ['--fail-on', 'critical'], 0],
    ['a severity that is none', ['--fail-on', 'warm'], 2],
    ['a date that is none', ['--date', 'soon'], 2],
  ])('%s', async (_, words, code) => {
    const { code: ended, err } = await cli(['practices', at('mixed'), '--date', '2026-11-25T12:00:00Z', ...words], { cwd: top });
    expect(ended).toBe(code);
    if (code === 1) expect(err).toContain('G-01');
  });

  test('a waiver holds to its last day, and is listed before and after', async () => {
    const on = (date: string) => cli(['practices', at('mixed'), '--project', at('waived.json'), '--date', date]);
    const before = await on('2026-12-31T23:59:59Z');
    expect([before.code, before.out]).toEqual([0, expect.stringContaining('Renamed soon. (until 2026-12-31)')]);
    const after = await on('2027-01-01T00:00:00Z');
    expect([after.code, after.out]).toEqual([1, expect.stringContaining('Waiver of G-01 expired: Renamed soon.')]);
  });

  test('runs that break the contract are left out of the ranking', async () => {
    const { document } = await practices(at('clean'), at('mixed'), '--project', at('contract.json'));
    expect(document.contract?.ranked).toMatchObject([{ value: 0.5 }]);
    expect(document.contract?.left_out.map(({ reasons }) => reasons)).toEqual([['val/loss is not logged'], ['val/loss is not logged']]);
  });
});

describe('copies of files', () => {
  test('are told by their bytes, not by their size', async () => {
    const { document } = await practices(at('copies'), '--project', at('copies.json'));
    const copies = document.findings.find(({ rule }) => rule === 'G-09');
    expect(copies?.runs).toHaveLength(2);
    expect(copies?.evidence).toMatchObject({ saved_bytes: 1_100_000, files_in_all: 1 });
  });

  test('are not looked for outside of the PATH', async () => {
    expect(rules((await practices(at('linked'), '--project', at('copies.json'))).document)).not.toContain('G-09');
  });
});

test('runs that the repository does not ignore are told, as its ignore files stand', async () => {
  const { document } = await practices(at('repo'));
  const told = document.findings.filter(({ rule }) => rule === 'G-10');
  expect(told.map(({ evidence }) => evidence)).toEqual([{ folders: ['open', 'runs'], runs: 2 }, { files: ['.env'] }]);
});

test('nothing readable is told as everywhere', async () => {
  put('notes/readme.md', 'Nothing.');
  expect((await practices(at('notes'))).code).toBe(3);
});
