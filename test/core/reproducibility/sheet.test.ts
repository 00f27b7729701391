// The reproduce sheet: commands with evidence, gaps spelled out, and nothing of a hostile run that runs when pasted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/core/model/facts';
import { sheetMarkdown } from '../../../src/core/report/reproduce-markdown';
import { type ExamplePatch, exampleContext } from '../../../src/core/reproducibility/example';
import { computeText, methodsText } from '../../../src/core/reproducibility/sheet/methods';
import { scriptOf } from '../../../src/core/reproducibility/sheet/script';
import { type SheetLine, sheetOf } from '../../../src/core/reproducibility/sheet/sheet';
import { isCloneAddress, runPath, shellWord, shellWords, shownText } from '../../../src/core/reproducibility/sheet/shell';

const textsOf = (patch: ExamplePatch) => {
  const context = exampleContext(patch);
  return { sheet: sheetOf(context), methods: methodsText(context), compute: computeText(context) };
};
const linesOf = (patch: ExamplePatch): readonly SheetLine[] => textsOf(patch).sheet.parts.flatMap(({ lines }) => lines);
const commandsOf = (patch: ExamplePatch, kind: SheetLine['kind'] = 'command') =>
  linesOf(patch)
    .filter((line) => line.kind === kind)
    .map(({ command }) => command);

const commit = 'a5dafde8233695ae54f4a09f57236f611deaf5a8';
const whole: ExamplePatch = {
  params: { seed: 3, lr: 0.1, optimizer: 'adamw', batch_size: 8, epochs: 2, scheduler: 'cosine' },
  artifacts: [{ path: 'diff.patch', size: 3, kind: 'file' }],
  records: { packages: 'auto', config: 'auto' },
  replicates: [{ seed: 4 }],
  facts: [
    { kind: 'git_remote', value: 'https://example.org/team/code.git' },
    { kind: 'git_commit', value: commit },
    { kind: 'git_patch', value: 'diff.patch' },
    { kind: 'python', value: '3.11.7' },
    { kind: 'packages', value: { torch: '2.4.0+cu121', numpy: '2.1.0' } },
    { kind: 'datasets', value: [{ name: 'digits', digest: 'd41d8cd98f00b204e9800998ecf8427e', source: 'https://example.org/digits.csv' }] },
    { kind: 'command', value: 'train.py --lr 0.1 --name it’s' },
    { kind: 'determinism', value: { CUBLAS_WORKSPACE_CONFIG: ':4096:8', deterministic: true } },
  ],
};

test('a run that records all gives commands in order', () => {
  expect(commandsOf(whole)).toEqual([
    'git clone -- https://example.org/team/code.git code',
    `git -C code checkout --detach ${commit}`,
    'git -C code apply - < "$RUN"/diff.patch',
    'python3.11 -m venv env && . env/bin/activate',
    "cat > requirements.txt <<'END'\nnumpy==2.1.0\ntorch==2.4.0+cu121\nEND",
    'python -m pip install --only-binary=:all: --no-deps -r requirements.txt --extra-index-url https://download.pytorch.org/whl/cu121',
  ]);
  expect(commandsOf(whole, 'recorded')).toEqual([
    'curl --fail --location --remote-name -- https://example.org/digits.csv',
    "echo 'd41d8cd98f00b204e9800998ecf8427e  FILE' | md5sum --check -",
    'export CUBLAS_WORKSPACE_CONFIG=:4096:8',
    "python train.py --lr 0.1 --name 'it’s'",
  ]);
});

test('commands have evidence, but for the one that uses what the one before wrote', () => {
  const without = linesOf(whole).filter(({ kind, evidence }) => kind === 'command' && evidence.length === 0);
  expect(without.map(({ command }) => command?.split(' ')[2])).toEqual(['pip']);
});

test('an empty run is gaps, each said', () => {
  const { sheet, methods, compute } = textsOf({});
  const text = sheet.gaps.join(' ');
  for (const word of ['repository', 'commit', 'Python', 'packages', 'operating system', 'hardware', 'data', 'seed', 'command', 'configuration', 'metric'])
    expect(text).toMatch(new RegExp(word, 'i'));
  expect(commandsOf({})).toEqual([]);
  expect(methods.match(/not recorded/g)?.length).toBeGreaterThan(4);
  expect(compute).toContain('[hardware not recorded]');
});

test('the methods paragraph says what is there', () => {
  const { methods } = textsOf(whole);
  for (const word of [
    'a5dafde82336',
    'example.org/team/code.git',
    'saved as a patch',
    'digits',
    'adamw',
    '0.1',
    'cosine',
    'Python 3.11.7',
    '2 runs of this configuration',
    'seed 3, seed 4',
  ])
    expect(methods).toContain(word);
});

describe('shell words', () => {
  test('quote what needs it', () => {
    expect(shellWord('--lr=0.1')).toBe('--lr=0.1');
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord('$(x)')).toBe("'$(x)'");
    expect(shellWord('=ls')).toBe("'=ls'");
    expect(shellWord('~/x')).toBe("'~/x'");
    expect(shellWords('a  "b c" ; d')).toBe(`a '"b' 'c"' ';' d`);
  });
  test.each(['a\nb', 'a\rb', 'a\u001b[201~b', 'a\u0000b', 'a\u2028b', 'a\u202eb', '\ud800', '', 'x'.repeat(4000)])('refuse %j', (value) => {
    expect(shellWord(value)).toBeNull();
    expect(shownText(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  });
  test.each([
    'ext::sh -c true',
    '--upload-pack=true',
    'file:///etc',
    '/srv/repo',
    'ssh://-oProxyCommand=true/x',
    'git@host:-x',
    'https://host/a b',
    'http://a/$(x)',
    'a@-b:c',
  ])('%s is no address to clone', (address) => expect(isCloneAddress(address)).toBe(false));
  test.each(['https://example.org/a/b.git', 'git@github.com:team/repo.git', 'ssh://git@example.org:2222/a/b', 'https://me@dev.azure.com/o/p/_git/r'])(
    '%s is one',
    (address) => expect(isCloneAddress(address)).toBe(true),
  );
  test.each(['../x', '/x', 'a/../../x', 'C:\\x', 'a\nb'])('%j leads out of the run', (path) => expect(runPath(path)).toBeNull());
});

const payloads = [
  "'; : > canary; '",
  '"; : > canary; "',
  '$(: > canary)',
  '`: > canary`',
  '\n: > canary\n',
  '\r: > canary\r',
  'x\nEND\n: > canary\n',
  '\u2028: > canary\u2028',
  '\u0085: > canary',
  '\u001b[201~\n: > canary\n',
  '&& : > canary',
  '| : > canary',
  '> canary',
  '\\\n: > canary',
  '--upload-pack=: > canary',
  'ext::sh -c :>canary',
  '```\n: > canary\n```',
  '-c __import__("pathlib").Path("canary").touch()',
  'x; : > canary #',
];

/** Every text of the run is the payload. */
const hostile = (value: string): ExamplePatch => ({
  name: value,
  params: { seed: value, [value]: value, 'data.path': value, lr: value },
  artifacts: [value, `${value}.py`, `${value}/uv.lock`, `${value}/config.yaml`].map((path) => ({ path, size: 1, kind: 'file' as const })),
  facts: [
    ...(['git_remote', 'git_commit', 'git_branch', 'git_patch', 'python', 'os', 'container', 'gpu', 'cuda', 'command', 'entry_point', 'seed'] as const).map(
      (kind) => ({ kind, value }),
    ),
    { kind: 'git_remote', value: `https://example.org/${value}` },
    { kind: 'packages', value: { [value]: '1', fine: value, [`a${value}`]: value } },
    { kind: 'framework', value: { [value]: value } },
    { kind: 'datasets', value: [{ name: value, digest: value, version: value, source: `https://example.org/${value}`, context: value }] },
    { kind: 'determinism', value: { [value]: value, XLA_FLAGS: value } },
    { kind: 'checkpoint', value: [{ path: value, step: 1, digest: value }] },
  ] as readonly Pick<Fact, 'kind' | 'value'>[],
});

/** Runs a script with no program at hand, and gives the files that came to be. */
function madeBy(script: string): readonly string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'diptych-sheet-'));
  try {
    spawnSync('/bin/sh', ['-c', script], { cwd, env: { PATH: '/nonexistent', RUN: cwd }, timeout: 10_000 });
    return readdirSync(cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

describe.runIf(process.platform !== 'win32')('a hostile run', () => {
  test('the harness sees what runs', () => expect(madeBy(': > canary')).toEqual(['canary']));

  test.each(payloads)('%j does nothing, pasted as it stands or with every # taken away from its commands', (payload) => {
    const texts = textsOf(hostile(payload));
    expect(madeBy(scriptOf(texts.sheet)).filter((file) => file !== 'requirements.txt')).toEqual([]);
    const bare = texts.sheet.parts.flatMap(({ lines }) => lines.flatMap(({ command }) => command ?? [])).join('\n');
    expect(madeBy(bare).filter((file) => file !== 'requirements.txt')).toEqual([]);
    expect(scriptOf(texts.sheet).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  });

  test.each(payloads)('%j ends no code block and starts no markup', (payload) => {
    const markdown = sheetMarkdown(textsOf(hostile(payload)));
    const outside = markdown.replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/^: > canary/m);
    expect(outside).not.toMatch(/<script|^```/m);
  });
});
