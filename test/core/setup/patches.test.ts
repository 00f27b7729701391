// One patch of many findings: the same edit once, a conflict left to the weightier, notebooks left out.
import { expect, test } from 'vitest';
import type { SetupFinding, TextEdit } from '../../../src/core/setup/finding';
import { wholePatch } from '../../../src/core/setup/patches';
import { drawnProject } from '../../support/setup-project';

const text = 'a = 1\nb = 2\nc = 3\n';
const edit = (from: number, to: number, put: string, more: Partial<TextEdit> = {}): TextEdit => ({ file: 'a.py', cell: null, from, to, text: put, ...more });
const finding = (...edits: readonly TextEdit[]): SetupFinding => ({
  rule: 'E-10',
  severity: 'warn',
  confidence: 1,
  places: [],
  summary: '',
  why: '',
  fix: { text: '', code: null, edits },
});
const patched = async (...findings: readonly SetupFinding[]) => wholePatch(findings, await drawnProject({ 'a.py': text, 'b.py': text }));

test('edits of several findings and files are one patch', async () => {
  const { text: patch, mended, left } = await patched(finding(edit(4, 5, '10')), finding(edit(10, 11, '20', { file: 'b.py' })));
  expect({ mended, left }).toEqual({ mended: 2, left: 0 });
  expect(patch).toContain('+a = 10');
  expect(patch).toContain('+b = 20');
  expect(patch.match(/^diff --git/gm)).toHaveLength(2);
});

test('an edit that two findings want is made once', async () => {
  const both = edit(0, 0, 'import torch\n');
  const { text: patch, mended } = await patched(finding(both, edit(4, 5, '10')), finding(both, edit(16, 17, '30')));
  expect(mended).toBe(2);
  expect(patch.match(/\+import torch/g)).toHaveLength(1);
});

test('of two findings that touch the same text the first is mended, whole, and the other is counted', async () => {
  const { text: patch, mended, left } = await patched(finding(edit(4, 5, '10')), finding(edit(16, 17, '30'), edit(3, 5, '99')), finding(edit(10, 11, '20')));
  expect({ mended, left }).toEqual({ mended: 2, left: 1 });
  expect(patch).toContain('+a = 10');
  expect(patch).not.toMatch(/99|30/);
});

test('a notebook has no patch, and no finding none', async () => {
  expect(await patched(finding(edit(0, 1, 'x', { cell: 2 })), finding())).toEqual({ text: '', mended: 0, left: 0 });
});
