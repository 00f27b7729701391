// Patches are taken by `git apply` and leave what the edits say: of every example of every rule, and of files as people have them.
import { describe, expect, test } from 'vitest';
import { applyEdits, toUnifiedDiff } from '../../../src/core/setup/patch';
import { readProject } from '../../../src/core/setup/project/read';
import { reviewSetup } from '../../../src/core/setup/review';
import { setupRules } from '../../../src/core/setup/rules';
import { setupExamples } from '../../../src/core/setup/rules/examples';
import { scriptedTree } from '../../../src/core/source/scripted';
import { gitApplied, hasGit } from '../../support/git-apply';
import { drawnProject, grammarAsset } from '../../support/setup-project';

if (!hasGit) console.warn('patches are not applied: git is not installed');

describe.skipIf(!hasGit)('as git takes them', () => {
  test.each(setupRules.map((rule) => [rule.meta.id, rule] as const))('%s', async (id, rule) => {
    for (const { files, title } of setupExamples.get(id)?.fires ?? []) {
      const project = await drawnProject(files);
      for (const { fix } of reviewSetup(project, { rules: [rule] }).findings) {
        const edits = (fix?.edits ?? []).filter(({ cell }) => cell === null);
        if (edits.length === 0) continue;
        const wanted = Object.fromEntries(
          Object.entries(files).map(([path, text]) => [
            path,
            applyEdits(
              text,
              edits.filter(({ file }) => file === path),
            ),
          ]),
        );
        expect(gitApplied(files, toUnifiedDiff(edits, project)), title).toEqual(wanted);
      }
    }
  });

  const script =
    'import torch\n\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x, y in data:\n    loss = net(x).sum()\n    loss.backward()\n    opt.step()\n';
  const bytes = (text: string) => new TextEncoder().encode(text);
  const read = (files: Readonly<Record<string, Uint8Array>>) =>
    readProject(scriptedTree(files, { name: 'code' }), { signal: new AbortController().signal, asset: grammarAsset });

  async function patched(files: Readonly<Record<string, Uint8Array>>): Promise<Readonly<Record<string, string>> | null> {
    const project = await read(files);
    const edits = reviewSetup(project).findings.find(({ rule }) => rule === 'E-27')?.fix?.edits ?? [];
    expect(edits).not.toEqual([]);
    const patch = toUnifiedDiff(edits, project);
    return patch === '' ? null : gitApplied(files, patch);
  }

  test.each([
    ['carriage returns', 'train.py', script.replaceAll('\n', '\r\n')],
    ['a byte order mark', 'train.py', `\ufeff${script}`],
    ['no line end at the end', 'train.py', script.trimEnd()],
    ['tabs, and letters beyond ASCII', 'train.py', `# größe 作者 🜁\n${script.replaceAll('    ', '\t')}`],
    ['a folder with blanks', 'my code/train it.py', script],
    ['quotes and letters in its name', 'a "b" größe/tr\u0001ain.py', script],
  ])('%s', async (_, path, text) => {
    const after = (await patched({ [path]: bytes(text) }))?.[path] ?? '';
    expect(after).toMatch(/zero_grad\(\)/);
    // Nothing but one line is new, and it ends as the others do.
    const lines = after.split('\n').filter((line) => !line.includes('zero_grad'));
    expect(lines.join('\n')).toBe(text);
    expect(after.includes('\r')).toBe(text.includes('\r'));
    expect(/[^\r]\n/.test(after) && after.includes('\r')).toBe(false);
  });

  test.each([
    ['mixed line ends', bytes(script.replace('\n', '\r\n'))],
    ['bytes that are no UTF-8', Uint8Array.of(...bytes('# '), 0xff, 0xc3, 0x0a, ...bytes(script))],
  ])('%s: no patch rather than one that does not apply', async (_, content) => {
    expect(await patched({ 'train.py': content })).toBeNull();
  });
});
