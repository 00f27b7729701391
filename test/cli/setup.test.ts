// `diptych setup`: the forms that it prints and writes.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { gitApplied, hasGit } from '../support/git-apply';
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

test('what a person set aside is listed with the reason, and closes no gate', async () => {
  const waivers = [
    { rule: 'E-27', path: 'src/old/', reason: 'Elsewhere.' },
    { rule: 'E-10', path: '/train.*', reason: 'A demonstration.', until: '2026-12-31' },
  ];
  const file = join(folder, 'own.json');
  const read = async (list: readonly object[], ...words: string[]) => {
    writeFileSync(file, JSON.stringify({ version: 1, waivers: list }));
    return setup('src', '--project', file, ...words);
  };
  const at = ['--date', '2026-11-26', '--json'];
  const rules = (text: string) => {
    const { findings, suppressed } = JSON.parse(text) as Record<'findings' | 'suppressed', { rule: string; file: string; suppressed?: object }[]>;
    expect(findings.some(({ suppressed: aside }) => aside)).toBe(false);
    return { findings: findings.map(({ rule }) => rule), suppressed };
  };
  const before = rules((await read([], ...at)).out);
  const after = rules((await read(waivers, ...at)).out);
  expect(before.findings).toEqual(expect.arrayContaining(['E-10', 'E-27']));
  expect(after.findings).toEqual(before.findings.filter((rule) => rule !== 'E-10'));
  expect(after.suppressed).toEqual([
    expect.objectContaining({ rule: 'E-10', file: 'train.py', suppressed: { by: 'project', reason: 'A demonstration.', until: '2026-12-31' } }),
  ]);
  expect(rules((await read(waivers, '--date', '2027-01-01', '--json')).out).suppressed).toEqual([]);
  const all = before.findings.map((rule) => ({ rule, reason: 'Known.' }));
  expect((await read(all, '--fail-on', 'low')).code).toBe(0);
  expect((await read(all.slice(1), '--fail-on', 'low')).code).toBe(1);
  const text = await read(waivers, '--date', '2026-11-26', '--sarif', 'aside.sarif');
  expect(text.out).toContain('set aside E-10 train.py:2');
  expect(text.out).toContain('Set aside until 2026-12-31: A demonstration.');
  expect((await read(waivers, '--date', '2026-11-26', '--md')).out).toContain('**Set aside** by a person: E-10 train.py:2 (A demonstration.)');
  uriIn('aside.sarif');
  const log = JSON.parse(readFileSync(join(folder, 'aside.sarif'), 'utf8')) as { runs: { results: { ruleId: string; suppressions: object[] }[] }[] };
  expect(log.runs[0]?.results.filter(({ suppressions }) => suppressions.length > 0)).toMatchObject([
    { ruleId: 'E-10', suppressions: [{ kind: 'external', justification: 'A demonstration.' }] },
  ]);
});

test('a comment sets aside by rule, with a reason or without', async () => {
  const aside = async (comment: string) => {
    writeFileSync(join(folder, 'src', 'train.py'), code.replace('loss.backward()', `loss.backward()  ${comment}`));
    const { out } = await setup('src', '--json');
    return (JSON.parse(out) as { suppressed: { rule: string; suppressed: { reason: string | null } }[] }).suppressed.map((one) => [
      one.rule,
      one.suppressed.reason,
    ]);
  };
  const comments = ['ignore E-27: sums on purpose', 'ignore E-09, E-27', 'ignore E-09', 'ignore nothing'];
  const found = [];
  for (const one of comments) found.push(await aside(`# exp-review: ${one}`));
  writeFileSync(join(folder, 'src', 'train.py'), code);
  expect(found).toEqual([[['E-27', 'sums on purpose']], [['E-27', null]], [], []]);
});

test('review writes the same log of its code, and needs code for it', async () => {
  expect((await cli(['review', '--code', 'src', '--sarif', 'review.sarif', '--fail-on', 'high'], { cwd: folder })).code).toBe(1);
  expect(uriIn('review.sarif')).toBe('src/train.py');
  expect((await cli(['review', folder, '--sarif', 'none.sarif'], { cwd: folder })).code).toBe(2);
});

test('--md prints Markdown, and not beside JSON', async () => {
  const { code: exit, out } = await setup('src', '--md');
  expect([exit, out]).toEqual([0, expect.stringMatching(/^## Review of training code\n/)]);
  expect((await setup('src', '--md', '--json')).code).toBe(2);
});

test('a path that is not there is named, and not taken for one without code', async () => {
  const { code: exit, out, err } = await setup('nowhere');
  expect([exit, out, err]).toEqual([3, '', expect.stringContaining('nowhere is not there')]);
});

test('the text shows the coverage with its lines, what was not answered, and where the parser had to guess', async () => {
  writeFileSync(join(folder, 'src', 'train.py'), code);
  writeFileSync(join(folder, 'src', 'old.py'), 'def f(:\n  x = = 1\n');
  const { out, err } = await setup('src');
  expect(out).toMatch(/^2 files; 1 training \(PyTorch: train\.py:6\), and no tracker in use\. For PyTorch, MLflow needs/);
  expect(out).toMatch(/Coverage\n {2}absent {3}A tracker stores the run {6}train\.py:4/);
  expect(err).toContain('old.py is not all Python 3, first at line ');
  const { syntax_errors, unknown } = JSON.parse((await setup('src', '--json')).out) as { syntax_errors: object[]; unknown: { rule: string; reason: string }[] };
  expect(syntax_errors).toMatchObject([{ file: 'old.py' }]);
  for (const { rule, reason } of unknown) expect(out).toContain(`  ${rule} ${reason}`);
  rmSync(join(folder, 'src', 'old.py'));
});

test.skipIf(!hasGit)('--patch writes one patch of all fixes, which git takes and a second review finds done', async () => {
  writeFileSync(join(folder, 'src', 'train.py'), code);
  const { err } = await setup('src', '--patch', 'fixes.patch');
  expect(err).toMatch(/^fixes\.patch mends \d findings?: git apply fixes\.patch/m);
  const rules = async (path: string) =>
    (JSON.parse((await setup(path, '--json')).out) as { findings: { rule: string; fix: { patch?: string } | null }[] }).findings;
  const mended = (await rules('src')).filter(({ fix }) => fix?.patch);
  expect(mended.map(({ rule }) => rule)).toContain('E-27');
  const after = gitApplied({ 'train.py': code }, readFileSync(join(folder, 'fixes.patch'), 'utf8'));
  mkdirSync(join(folder, 'mended'));
  writeFileSync(join(folder, 'mended', 'train.py'), after['train.py'] as string);
  expect((await rules('mended')).map(({ rule }) => rule)).not.toContain('E-27');
});

test('--patch leaves a file alone where nothing was reviewed, and is of one folder', async () => {
  writeFileSync(join(folder, 'kept.patch'), 'of an earlier review\n');
  mkdirSync(join(folder, 'bare'));
  expect((await setup('bare', '--patch', 'kept.patch')).code).toBe(3);
  expect((await setup('gone', '--patch', 'kept.patch')).code).toBe(3);
  const two = await setup('src', 'bare', '--patch', 'kept.patch');
  expect([two.code, two.err]).toEqual([2, expect.stringContaining('name one path of code')]);
  expect(readFileSync(join(folder, 'kept.patch'), 'utf8')).toBe('of an earlier review\n');
});

test('code that trains nothing is not told as clean', async () => {
  mkdirSync(join(folder, 'tool'));
  writeFileSync(join(folder, 'tool', 'tool.py'), 'print(1)\n');
  const { code: exit, out } = await setup('tool');
  expect([exit, out]).toEqual([0, expect.stringContaining('no training was found')]);
  expect(out).not.toContain('No rule found anything');
});
