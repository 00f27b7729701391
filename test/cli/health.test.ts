// `diptych health` and what people state: a waiver keeps a finding in the list and out of the gate, a role wins over a name.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from './context';

let top: string;
const state = (text: object) => writeFileSync(join(top, 'diptych.project.json'), JSON.stringify({ version: 1, ...text }));
const broken = Array.from({ length: 60 }, (_, step) => `${step},${step >= 30 ? 'nan' : 2 / (1 + step / 10) + 0.01 * Math.sin(7 * step)}`);

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-health-'));
  mkdirSync(dirname(join(top, 'run/metrics.csv')), { recursive: true });
  writeFileSync(join(top, 'run/metrics.csv'), `step,train/loss\n${broken.join('\n')}\n`);
});
afterAll(() => rmSync(top, { recursive: true }));

interface Told {
  readonly rule: string;
  readonly waived?: object;
}

async function health() {
  const { code, out } = await cli(['health', top, '--json', '--fail-on', 'critical']);
  const document = JSON.parse(out) as { runs: [{ findings: Told[] }]; issues: object[] };
  return { code, finding: document.runs[0].findings.find(({ rule }) => rule === 'A-01'), issues: document.issues };
}

test('a critical finding closes the gate, a waiver in force opens it, one that has ended does not', async () => {
  state({});
  expect(await health()).toMatchObject({ code: 1, finding: { rule: 'A-01' } });
  expect((await health()).finding).not.toHaveProperty('waived');
  state({ waivers: [{ rule: 'A-01', reason: 'Known overflow.', until: '2999-12-31' }] });
  expect(await health()).toMatchObject({ code: 0, finding: { rule: 'A-01', waived: { reason: 'Known overflow.', until: '2999-12-31' } } });
  state({ waivers: [{ rule: 'A-01', reason: 'Known overflow.', until: '2020-12-31' }] });
  expect(await health()).toMatchObject({ code: 1 });
});

test('slips of the project file are told', async () => {
  state({ waivers: [{ rule: 'A-01' }] });
  expect((await health()).issues).toMatchObject([{ where: 'waivers[0].reason' }]);
});

test('what a run of its kind lacks is told with code for its tracker, and a role that is stated fills the gap', async () => {
  const folder = join(top, 'other');
  mkdirSync(folder);
  const rows = Array.from({ length: 8 }, (_, step) => `${step},${2 / (1 + step)},${step / 8},${2.1 / (1 + step)}`);
  writeFileSync(join(folder, 'metrics.csv'), `step,train/loss,val/accuracy,val/objective_value\n${rows.join('\n')}\n`);
  const minimum = async () => {
    const { out } = await cli(['health', folder, '--json']);
    const { runs } = JSON.parse(out) as { runs: [{ domain: object; missing_metrics: { metric: string; level: string; advice: string }[] }] };
    return { ...runs[0], missing_metrics: runs[0].missing_metrics.filter(({ level }) => level === 'minimum') };
  };
  expect(await minimum()).toMatchObject({
    domain: { id: 'classification' },
    missing_metrics: [{ metric: 'val-loss', maybe: 'val/objective_value', advice: expect.stringContaining('row["val/loss"]') }],
  });
  writeFileSync(
    join(folder, 'diptych.project.json'),
    JSON.stringify({ version: 1, roles: [{ metric: 'val/objective_value', role: 'loss', split: 'val', direction: 'min' }] }),
  );
  expect((await minimum()).missing_metrics).toEqual([]);
});
