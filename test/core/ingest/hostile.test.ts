// Folders that were made to hurt, read through the whole of ingest: an issue that names the file, the run beside it whole, in bounded time.
import { expect, test } from 'vitest';
import { type ScriptedFiles, scriptedFile, scriptedTree } from '../../../src/core/source/scripted';
import { tarOf, zipOf } from '../../support/archives';
import { filesOf, fixtureCases, treeOf, withBytes } from '../../support/fixtures';
import { allIssues, readTree } from '../../support/read';

const neighbour = { 'good/metrics.csv': 'step,loss\n0,1.5\n1,1.25\n2,1\n' };
const mostCpuMs = 10_000;

/** Reads what hurts beside a run that does not. @returns issues as `code file`, of all but that run */
async function beside(files: ScriptedFiles): Promise<{ codes: readonly string[]; others: number }> {
  const cpu = process.cpuUsage();
  const read = await readTree(scriptedTree({ ...files, ...neighbour }, { name: 'drop' }));
  const { user, system } = process.cpuUsage(cpu);
  expect((user + system) / 1000, 'ms of CPU').toBeLessThan(mostCpuMs);
  const good = read.runs.find(({ run }) => run.path.startsWith('good'));
  expect(good?.points[0]?.values).toEqual(Float64Array.of(1.5, 1.25, 1));
  expect(allIssues(read).filter(({ code }) => code === 'reader-error')).toEqual([]);
  return { codes: allIssues(read).map(({ code, file }) => `${code} ${file ?? ''}`.trim()), others: read.runs.length - 1 };
}

const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 123456\n`;

test('a table of a million columns', async () => {
  const columns = Array.from({ length: 1_000_000 }, (_, at) => `m${at}`).join(',');
  const row = Array.from({ length: 1_000_000 }, () => '0.5').join(',');
  await beside({ 'wide/metrics.csv': `step,${columns}\n0,${row}\n1,${row}\n` });
}, 120_000);

test('one line of 100 MB', async () => {
  const bytes = new Uint8Array(100 * 2 ** 20).fill(0x31);
  bytes.set(new TextEncoder().encode('step,loss\n0,1\n1,'));
  await beside({ 'line/metrics.csv': bytes, 'line/metrics.jsonl': bytes.slice(10) });
}, 120_000);

test('JSON that is a million levels deep', async () => {
  const deep = `{"log_history": ${'['.repeat(1_000_000)}`;
  await beside({ 'hf/trainer_state.json': deep, 'deep.jsonl': `{"step": 1, "loss": 0.5}\n${deep}\n{"step": 2, "loss": 0.25}\n` });
}, 120_000);

test('a bomb of YAML aliases', async () => {
  const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(',')}]`).join('\n')}\n`;
  const { codes, others } = await beside({
    'job/.hydra/config.yaml': bomb,
    'job/.hydra/hydra.yaml': 'hydra: {}\n',
    'job/metrics.csv': 'step,loss\n0,1\n1,2\n',
  });
  expect(others).toBe(1);
  expect(codes.some((code) => code.includes('config.yaml'))).toBe(true);
});

test('a zip bomb, and members that lead out of their archive', async () => {
  const bomb = zipOf([{ name: 'run/metrics.csv', data: new Uint8Array(200 * 2 ** 20), deflate: true }]);
  const { codes } = await beside({
    'bomb.zip': bomb,
    'out.tar': tarOf([
      { name: '../../etc/passwd', data: 'x' },
      { name: 'ok/metrics.csv', data: 'step,loss\n0,1\n1,2\n' },
    ]),
    'out.zip': zipOf([
      { name: '../evil.csv', data: 'step,loss\n0,1\n1,2\n' },
      { name: '/abs.csv', data: 'step,loss\n0,1\n1,2\n' },
    ]),
  });
  expect(codes.filter((code) => code.startsWith('outside-folder')).length).toBeGreaterThanOrEqual(2);
}, 120_000);

test('a file that is read slower than it shrinks', async () => {
  const text = `step,loss\n${Array.from({ length: 5000 }, (_, at) => `${at},${1 / (at + 1)}\n`).join('')}`;
  const { others } = await beside({ 'cut/metrics.csv': scriptedFile('cut/metrics.csv', text, { piece: 1000, endsAt: 2000 }) });
  expect(others).toBe(1);
});

test.each(fixtureCases)(
  '$id: every file of it emptied, or a pointer of Git LFS',
  async (fixture) => {
    const files = filesOf(fixture);
    const tree = treeOf(files);
    for (const path of Object.keys(files).slice(0, 12)) {
      for (const bytes of [new Uint8Array(0), new TextEncoder().encode(lfs)]) {
        const read = await readTree(withBytes(tree, path, bytes));
        expect(allIssues(read).filter(({ code }) => code === 'reader-error')).toEqual([]);
      }
    }
  },
  120_000,
);

test('a pointer of Git LFS is told with its remedy', async () => {
  const { codes } = await beside({ 'a/metrics.csv': lfs, 'b/events.out.tfevents.1.host': lfs, 'c/mlflow.db': lfs, 'd/run.wandb': lfs });
  expect(codes.filter((code) => code.startsWith('lfs-pointer')).length).toBeGreaterThan(0);
});
