// What the checklist asks for beside plain logs is read when it is there: following the advice changes the verdict.
import { describe, expect, test } from 'vitest';
import { checkRuns } from '../../../src/core/reproducibility/checklist';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { fileOf, scalar, version } from '../../support/event-file';
import { allIssues, readTree } from '../../support/read';

const record = JSON.stringify({
  commit: 'a5dafde8233695ae54f4a09f57236f611deaf5a8',
  dirty: false,
  remote: 'https://example.org/team/code.git',
  command: ['python', 'train.py', '--lr', '0.1'],
  python: '3.11.7',
  os: 'Linux-6.1',
  seed: 3,
  data: 'digits',
  data_sha256: 'ab'.repeat(32),
  gpu: 'A100',
  n_gpu: 2,
});
const freeze = 'numpy==2.1.0\ntorch==2.4.0+cu121\n';
const logs: Readonly<Record<string, ScriptedFiles>> = {
  'a CSV log': { 'r/log.csv': 'step,loss\n0,1\n1,0.5\n' },
  'JSON lines': { 'r/log.jsonl': '{"step": 0, "loss": 1}\n{"step": 1, "loss": 0.5}\n' },
  'TensorBoard events': { 'r/events.out.tfevents.1.host.1.0': fileOf(version(), scalar('loss', 1, { step: 0 }), scalar('loss', 0.5, { step: 1 })) },
};

async function verdictsOf(files: ScriptedFiles): Promise<Readonly<Record<string, string>>> {
  const read = await readTree(scriptedTree(files));
  expect(allIssues(read)).toEqual([]);
  expect(read.runs).toHaveLength(1);
  const [checklist] = checkRuns(read.runs.map(({ run }) => run));
  return Object.fromEntries(checklist?.items.map(({ meta, verdict }) => [meta.id, verdict]) ?? []);
}

describe.each(Object.entries(logs))('%s', (_, log) => {
  const asked = ['R01', 'R06', 'R11', 'R12', 'R13', 'R14', 'R16', 'R17', 'R20', 'R23'];

  test('alone it leaves all of that unknown', async () => {
    const verdicts = await verdictsOf(log);
    for (const id of asked) expect(verdicts[id], id).toBe('unknown');
  });

  test('with run.json and a freeze beside it all of that passes', async () => {
    const verdicts = await verdictsOf({ ...log, 'r/run.json': record, 'r/pip-freeze.txt': freeze });
    for (const id of asked) expect(verdicts[id], id).toBe('pass');
  });

  test('a run.json of another kind is no record, and a damaged one is told', async () => {
    const verdicts = await verdictsOf({ ...log, 'r/run.json': '{"version": 1, "command": "inspect", "runs": []}' });
    expect(verdicts.R23).toBe('unknown');
    const broken = await readTree(scriptedTree({ ...log, 'r/run.json': '{"commit": ' }));
    expect(allIssues(broken).map(({ code }) => code)).toEqual(['bad-record']);
  });
});
