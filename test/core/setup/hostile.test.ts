// Code that nobody wrote for us: old, broken, huge, deep, or a notebook of odd JSON. What can be read is reviewed, and nothing falls.
import { describe, expect, test } from 'vitest';
import { trainingsOf } from '../../../src/core/setup/facts/training';
import { reviewSetup } from '../../../src/core/setup/review';
import { bareLoop, drawnProject } from '../../support/setup-project';

/** The review, and whether the loop without zero_grad was seen. */
async function reviewed(files: Readonly<Record<string, string>>) {
  const project = await drawnProject(files);
  const review = reviewSetup(project);
  const stumbled = review.unknown.filter(({ reason }) => reason.includes('could not be applied'));
  expect(stumbled).toEqual([]);
  return { project, review, sees: review.findings.some(({ rule }) => rule === 'E-27') };
}

describe('code', () => {
  test('of Python 2 is read around what Python 3 does not know', async () => {
    const { sees } = await reviewed({
      'train.py': `${bareLoop}    print "loss", loss\n    exec "x = 1"\ntry:\n    pass\nexcept Exception, e:\n    raise IOError, "no"\nprint >>f, 'x'\nn = 0777 + 10L\n`,
    });
    expect(sees).toBe(true);
  });

  test('with a syntax error keeps what stands before and after it', async () => {
    const { project, sees } = await reviewed({ 'train.py': `def broken(:\n    return [1, 2\n\nx = = 3\n\n${bareLoop}` });
    expect(project.modules[0]?.errors.length).toBeGreaterThan(0);
    expect(sees).toBe(true);
  });

  test('of 50,000 lines is reviewed', async () => {
    const many = Array.from({ length: 12_500 }, (_, at) => `def f${at}(a, b=${at}):\n    c = a + b\n    return g(c, f${Math.max(0, at - 1)}(c))\n`).join('\n');
    const { project, sees } = await reviewed({ 'train.py': `${many}\n${bareLoop}` });
    expect(project.modules[0]?.functions).toHaveLength(12_500);
    expect(sees).toBe(true);
  });

  test('that the parser can make nothing of as a whole leaves the other files', async () => {
    const { project, sees } = await reviewed({ 'train.py': bareLoop, 'open.py': `f(${'('.repeat(10_000)}`, 'list.py': `g(1)\n${'x = ['.repeat(500)}` });
    expect(project.modules.map(({ root }) => root.type)).toContain('ERROR');
    expect(project.modules.flatMap(({ root, scopes }) => (scopes.has(root) ? [] : [root.type]))).toEqual([]);
    expect(sees).toBe(true);
  });

  test('nested deeper than a stack is no reason to fall', async () => {
    const { sees } = await reviewed({
      'train.py': bareLoop,
      'sum.py': `x = ${Array.from({ length: 20_000 }, (_, at) => at).join(' + ')}\nlr = x\n`,
      'parentheses.py': `y = ${'('.repeat(5_000)}1${')'.repeat(5_000)}\n`,
      'lists.py': `z = ${'['.repeat(5_000)}1${']'.repeat(5_000)}\n`,
      'calls.py': `w = ${'f('.repeat(150)}1${')'.repeat(150)}\n`,
      'attributes.py': `v = a${'.b'.repeat(20_000)}\n`,
      'ifs.py': `${Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}if x:`).join('\n')}\n${' '.repeat(300)}pass\n`,
    });
    expect(sees).toBe(true);
  });

  test('that goes round in circles ends', async () => {
    const { sees } = await reviewed({
      'train.py': `${bareLoop}a = b\nb = a\nlr = lr\nclass A(B):\n    pass\nclass B(A):\n    def f(self):\n        return self.f()\nA().g()\n`,
      'one.py': 'from two import x\ny = x\ndef f(p):\n    return g(p)\n',
      'two.py': 'from one import y, f\nx = y\ndef g(p):\n    return f(p)\ng(f)\n',
    });
    expect(sees).toBe(true);
  });

  test('of odd bytes and ends of lines keeps its lines', async () => {
    const { review } = await reviewed({
      'train.py': `\uFEFF# -*- coding: latin-1 -*-\r\nname = 'M\uFFFDller'\r\n${bareLoop.replaceAll('\n', '\r\n')}`,
      'empty.py': '',
      'nul.py': 'x = 1\0\n',
    });
    expect(review.findings.find(({ rule }) => rule === 'E-27')?.places[0]).toMatchObject({ file: 'train.py', line: 8 });
  });

  test('beyond the bounds is left out with a reason', async () => {
    const { project } = await reviewed({ 'train.py': bareLoop, 'data.py': `x = [${'1, '.repeat(800_000)}]\n` });
    expect(project.modules.map(({ code }) => code.path)).toEqual(['train.py']);
    expect(project.files.skipped).toEqual([{ path: 'data.py', reason: expect.stringContaining('larger') }]);
  });
});

describe('a notebook', () => {
  const lines = (text: string) => text.split(/(?<=\n)/);
  const code = (source: unknown, more: object = {}) => ({ cell_type: 'code', source, execution_count: 1, outputs: [], metadata: {}, ...more });
  const seen = async (notebook: unknown): Promise<boolean> =>
    (await reviewed({ 'a.ipynb': typeof notebook === 'string' ? notebook : JSON.stringify(notebook) })).sees;

  test('of format 4 and of format 3 are read alike', async () => {
    expect(await seen({ nbformat: 4, cells: [code(lines(bareLoop))] })).toBe(true);
    expect(
      await seen({ nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', language: 'python', input: lines(bareLoop), prompt_number: 1, outputs: [] }] }] }),
    ).toBe(true);
  });

  test('with fields missing or of another type is read as far as it goes', async () => {
    const odd = [
      null,
      7,
      {},
      { cell_type: 'code' },
      code(7),
      code([null, 3, 'x = 1\n']),
      { cell_type: 'raw', source: 'text' },
      code(bareLoop, { execution_count: 'x' }),
    ];
    expect(await seen({ cells: odd })).toBe(true);
    expect(await seen({ metadata: null, cells: [code(bareLoop)] })).toBe(true);
    expect(await seen({ metadata: { kernelspec: 3, language_info: { name: 4 } }, cells: [code(bareLoop)] })).toBe(true);
  });

  test('of another kernel is left out, as is what is no notebook', async () => {
    const { project } = await reviewed({
      'r.ipynb': JSON.stringify({ metadata: { kernelspec: { language: 'R' } }, cells: [code(bareLoop)] }),
      'cut.ipynb': JSON.stringify({ cells: [code(bareLoop)] }).slice(0, 40),
      'list.ipynb': '[1, 2]',
      'empty.ipynb': '',
      'train.py': bareLoop,
    });
    expect(project.modules.map(({ code: { path } }) => path)).toEqual(['train.py']);
    expect(project.files.skipped.map(({ path }) => path)).toEqual(['cut.ipynb', 'empty.ipynb', 'list.ipynb', 'r.ipynb']);
  });

  test('with outputs of a megabyte is read, and a deep one does not fall', async () => {
    expect(await seen({ cells: [code(bareLoop, { outputs: [{ data: { 'image/png': 'A'.repeat(1_200_000) } }] })] })).toBe(true);
    expect(await seen(`{"cells": [${JSON.stringify(code(bareLoop))}], "metadata": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).toBeTypeOf('boolean');
  });

  test('of many cells with magics keeps the line of each finding', async () => {
    const cells = Array.from({ length: 300 }, () => code('%time x = 1\n!pip install torch \\\n  numpy\ny = !ls\nx?\n'));
    const { review } = await reviewed({
      'a.ipynb': JSON.stringify({ cells: [...cells, code(`%%time\n${bareLoop}`), code('%%bash\nfor x in a; do echo; done\n')] }),
    });
    expect(review.findings.find(({ rule }) => rule === 'E-27')?.places[0]).toMatchObject({ cell: 300, line: 7 });
  });
});

test('two hundred files that import each other are one project', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [
      `src/part${at % 20}/m${at}.py`,
      `from part${(at + 1) % 20}.m${(at + 1) % 200} import f${(at + 1) % 200}\ndef f${at}(x):\n    return f${(at + 1) % 200}(x)\n`,
    ]),
  );
  const { project, sees } = await reviewed({ ...files, 'train.py': `from part0.m0 import f0\nf0(1)\n${bareLoop}` });
  expect(sees).toBe(true);
  expect(trainingsOf(project)).toHaveLength(1);
  expect(project.modules.flatMap(({ functions }) => functions).every((fn) => project.isReached(fn))).toBe(true);
});
