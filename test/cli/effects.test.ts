// `diptych effects` over a table and over runs: the document to the letter, and usage that helps.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from './context';

let top: string;
const at = (path: string) => join(top, path);
const rows = Array.from(
  { length: 24 },
  (_, row) => `r${row},${[0.1, 0.01, 0.001, 0.0001][row % 4]},${row % 3},${7 + row},${(row % 4) * -0.2 + (row % 5) * 0.01}`,
);

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-effects-'));
  writeFileSync(at('runs.csv'), `run_id,lr,workers,seed,val_acc\n${rows.join('\n')}\n`);
  for (const [i, lr] of [0.1, 0.2, 0.3].entries()) {
    mkdirSync(at(`runs/${i}`), { recursive: true });
    writeFileSync(at(`runs/${i}/metrics.csv`), `step,val_loss\n0,3\n1,${lr}\n2,${lr * 2}\n`);
    writeFileSync(at(`runs/${i}/config.json`), JSON.stringify({ lr, seed: i }));
  }
});
afterAll(() => rmSync(top, { recursive: true }));

test('prints every field of the contract', async () => {
  const { code, out } = await cli(['effects', at('runs.csv'), '--metric', 'val_acc', '--json']);
  expect(code).toBe(0);
  const document = JSON.parse(out);
  expect(document).toMatchObject({ version: 1, command: 'effects', metric: 'val_acc', n: 12, runs: 24, seed_param: 'seed' });
  expect(document.noise_sd).toBeGreaterThan(0);
  expect(document.params.map(({ name }: { name: string }) => name)).toEqual(['lr', 'workers']);
  expect(document.params[0]).toMatchObject({
    name: 'lr',
    type: 'number',
    scale: 'log',
    levels: [0.0001, 0.001, 0.01, 0.1],
    varied: true,
    tier: 'likely-top',
    importance: null,
    interval: null,
    direction_text: 'higher was better',
    aliases: [],
    confounded_with: [],
  });
  for (const { code: gate, passed, message } of document.gates) expect([typeof gate, typeof passed, typeof message]).toEqual(['string', 'boolean', 'string']);
  expect(typeof document.method).toBe('string');
  expect(document.interactions).toEqual([]);
});

test('reads runs of trackers, at the reading that was asked for', async () => {
  const effects = async (...more: string[]) => JSON.parse((await cli(['effects', at('runs'), '--metric', 'val_loss', '--json', ...more])).out);
  expect(await effects()).toMatchObject({ n: 3, runs: 3, direction: 'min', at: 'last', seed_param: 'seed', params: [{ name: 'lr', tier: 'unclear' }] });
  expect((await effects('--at', 'best')).paired[0].difference).toBeCloseTo(0.2);
  expect((await effects('--at', 'mean-tail')).paired[0].difference).toBeCloseTo(0.4);
});

test('prints text for people', async () => {
  const { out } = await cli(['effects', at('runs.csv'), '--metric', 'val_acc']);
  expect(out).toMatch(/lr +likely-top/);
  expect(out).toMatch(/What these runs allow/);
});

test('says what is wrong with the usage, and what was meant', async () => {
  const said = async (...words: string[]) => {
    const { code, err } = await cli(['effects', ...words]);
    return [code, err] as const;
  };
  expect(await said(at('runs.csv'))).toEqual([2, expect.stringMatching(/--metric is missing/)]);
  expect(await said(at('runs.csv'), '--metric', 'val_ac')).toEqual([2, expect.stringMatching(/Did you mean val_acc/)]);
  expect(await said(at('runs'), '--metric', 'val_los')).toEqual([2, expect.stringMatching(/Did you mean val_loss/)]);
  expect(await said(at('runs.csv'), '--metric', 'workers')).toEqual([2, expect.stringMatching(/--direction/)]);
  expect(await said(at('runs.csv'), '--metric', 'val_acc', '--at', 'first')).toEqual([2, expect.stringMatching(/mean-tail/)]);
  expect((await said(at('nowhere'), '--metric', 'val_acc'))[0]).toBe(3);
});
