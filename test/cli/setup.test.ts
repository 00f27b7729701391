// `diptych setup`: the forms that it prints and writes.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sarifErrors } from '../support/sarif';
import { cli } from './context';

// Before a build the grammar lies in its package.
vi.mock('../../src/host/assets', async () => ({ asset: (await import('../support/setup-project')).grammarAsset }));

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-setup-')));
const code = `import torch
net = torch.nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x, y in data:
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    opt.step()
`;
beforeAll(() => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'train.py'), code);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const setup = (...words: string[]) => cli(['setup', ...words], { cwd: folder });
const uriIn = (file: string): string => {
  const log = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    runs: { results: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
  };
  expect(sarifErrors(log)).toEqual([]);
  return log.runs[0]?.results.find(({ ruleId }) => ruleId === 'E-27')?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
};

test('--sarif writes a valid log beside what is printed, and the gate holds', async () => {
  const { code: exit, out } = await setup('src', '--sarif', 'out.sarif', '--fail-on', 'high');
  expect([exit, out]).toEqual([1, expect.stringContaining('E-27 train.py:6')]);
  expect(uriIn('out.sarif')).toBe('src/train.py');
});

test('files are named from where the command stands, also for one file and a whole path', async () => {
  await setup(join('src', 'train.py'), '--sarif', 'one.sarif');
  await setup('.', '--sarif', 'whole.sarif');
  await setup(folder, '--sarif', 'absolute.sarif');
  expect(['one.sarif', 'whole.sarif', 'absolute.sarif'].map(uriIn)).toEqual(['src/train.py', 'src/train.py', 'src/train.py']);
});

test('--md prints Markdown, and not beside JSON', async () => {
  const { code: exit, out } = await setup('src', '--md');
  expect([exit, out]).toEqual([0, expect.stringMatching(/^## Review of training code\n/)]);
  expect((await setup('src', '--md', '--json')).code).toBe(2);
});
