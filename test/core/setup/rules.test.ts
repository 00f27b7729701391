// Every set-up rule: its examples fire where they say and stay silent, and its patches leave what they should.
import { describe, expect, test } from 'vitest';
import { trainingsOf } from '../../../src/core/setup/facts/training';
import { applyEdits } from '../../../src/core/setup/patch';
import { reviewSetup } from '../../../src/core/setup/review';
import type { SetupExample, SetupRule } from '../../../src/core/setup/rule';
import { setupRules } from '../../../src/core/setup/rules';
import { setupExamples } from '../../../src/core/setup/rules/examples';
import { drawnProject } from '../../support/setup-project';

const findingsOf = async (rule: SetupRule, { files }: Pick<SetupExample, 'files'>) => reviewSetup(await drawnProject(files), { rules: [rule] }).findings;

test('every rule has examples of both kinds', () => {
  expect([...setupExamples.keys()].sort()).toEqual(setupRules.map(({ meta }) => meta.id));
  expect([...setupExamples].filter(([, { fires, silent }]) => fires.length === 0 || silent.length === 0).map(([id]) => id)).toEqual([]);
});

describe.each(setupRules.map((rule) => [rule.meta.id, rule] as const))('%s', (id, rule) => {
  const { fires, silent } = setupExamples.get(id) ?? { fires: [], silent: [] };

  test.each(fires)('fires: $title', async (example) => {
    const findings = await findingsOf(rule, example);
    expect(findings.length).toBeGreaterThan(0);
    const [place] = findings[0]!.places;
    if (example.at !== undefined) expect(place ? `${place.file}:${place.line}` : null).toBe(example.at);
    for (const { summary, why, fix } of findings) {
      expect(summary).toMatch(/^\S.*\.$/);
      expect(why).toMatch(/\.$/);
      if (fix) expect(fix.text).toMatch(/\.$/);
    }
  });

  test.each(silent)('stays silent: $title', async (example) => {
    expect(await findingsOf(rule, example)).toEqual([]);
  });

  test('its patches make it silent, and leave Python that parses', async () => {
    for (const example of fires) {
      const project = await drawnProject(example.files);
      const edits = reviewSetup(project, { rules: [rule] }).findings.flatMap(({ fix }) => fix?.edits ?? []);
      if (edits.length === 0) continue;
      const files = Object.fromEntries(
        [...new Set([...Object.keys(example.files), ...edits.map(({ file }) => file)])].map((path) => [
          path,
          applyEdits(
            example.files[path] ?? '',
            edits.filter(({ file }) => file === path),
          ),
        ]),
      );
      const mended = await drawnProject(files);
      expect(
        mended.modules.flatMap(({ errors }) => errors),
        Object.values(files).join('\n'),
      ).toEqual([]);
      expect(reviewSetup(mended, { rules: [rule] }).findings, Object.values(files).join('\n')).toEqual([]);
    }
  });
});

test('a project without training gives no finding of training', async () => {
  const project = await drawnProject({ 'tool.py': 'import json\nprint(json.dumps({}))\n' });
  expect(trainingsOf(project)).toEqual([]);
});
