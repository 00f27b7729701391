// Good scripts are silent; one thing taken out of one is found by its rule alone, and the patch of the finding makes it silent again.
import { describe, expect, test } from 'vitest';
import { toUnifiedDiff } from '../../../src/core/setup/patch';
import { reviewSetup } from '../../../src/core/setup/review';
import { setupRules } from '../../../src/core/setup/rules';
import { setupExamples } from '../../../src/core/setup/rules/examples';
import { gitApplied, hasGit } from '../../support/git-apply';
import { type Files, mutated, mutations, scriptFiles, scripts } from '../../support/setup-pairs';
import { drawnProject } from '../../support/setup-project';

async function reviewed(files: Files) {
  const project = await drawnProject(files);
  return { project, findings: reviewSetup(project).findings };
}

const told = (findings: Awaited<ReturnType<typeof reviewed>>['findings']) => findings.map(({ rule, summary }) => `${rule} ${summary}`);

test.each(scripts)('%s is silent', async (script) => {
  expect(told((await reviewed(scriptFiles(script))).findings)).toEqual([]);
});

test.each(mutations)('$script, $what: $rule and nothing else', async (mutation) => {
  const { findings } = await reviewed(mutated(mutation));
  expect([...new Set(findings.map(({ rule }) => rule))], told(findings).join('\n')).toEqual([mutation.rule]);
  expect(findings.some(({ fix }) => (fix?.edits.length ?? 0) > 0)).toBe(mutation.patched);
});

describe.skipIf(!hasGit)('and mended', () => {
  test.each(mutations.filter(({ patched }) => patched))('$script, $what: silent again', async (mutation) => {
    let now = mutated(mutation);
    const { project, findings } = await reviewed(now);
    for (const { fix } of findings) now = gitApplied(now, toUnifiedDiff(fix?.edits ?? [], project));
    const after = await reviewed(now);
    expect(after.project.modules.flatMap(({ errors }) => errors)).toEqual([]);
    expect(told(after.findings), toUnifiedDiff(findings[0]?.fix?.edits ?? [], project)).toEqual([]);
  });
});

test('every rule that has a patch is among them', async () => {
  const withPatch = new Set<string>();
  for (const rule of setupRules)
    for (const { files } of setupExamples.get(rule.meta.id)?.fires ?? [])
      if (reviewSetup(await drawnProject(files), { rules: [rule] }).findings.some(({ fix }) => (fix?.edits.length ?? 0) > 0)) withPatch.add(rule.meta.id);
  const mended = new Set(mutations.filter(({ patched }) => patched).map(({ rule }) => rule));
  expect([...withPatch].filter((id) => !mended.has(id))).toEqual([]);
});
