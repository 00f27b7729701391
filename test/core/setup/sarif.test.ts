import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/core/setup/patch';
import type { Project } from '../../../src/core/setup/project/project';
import { reviewSetup } from '../../../src/core/setup/review';
import type { Found, SetupRule } from '../../../src/core/setup/rule';
import { setupRules } from '../../../src/core/setup/rules';
import { setupExamples } from '../../../src/core/setup/rules/examples';
import { sarifOf } from '../../../src/core/setup/sarif';
import { sarifErrors } from '../../support/sarif';
import { bareLoop, drawnProject } from '../../support/setup-project';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}
interface Log {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex?: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Place[];
      readonly relatedLocations?: readonly Place[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly fixes?: readonly {
        readonly artifactChanges: readonly {
          readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } }[];
        }[];
      }[];
    }[];
  }[];
}

const notebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: 1, source: ['import os\n', 'print(1)\n'] }],
});

/** Marks every call of `print` and puts a flush into it; says two things about the project as a whole. */
const printRule: SetupRule = {
  meta: { id: 'E-99', title: 'Nothing is printed', severity: 'note', why: 'A test.', source: 'none' },
  *check({ project }): Iterable<Found> {
    const calls = project.calls.filter(({ module, callee }) => module.textOf(callee) === 'print');
    for (const { module, node } of calls) {
      const end = node.to - 1;
      const edits = module.code.cells === null ? [{ file: module.code.path, cell: null, from: end, to: end, text: ', flush=True' }] : [];
      const others = calls.filter((one) => one.node !== node).map((one) => ({ module: one.module, node: one.node }));
      const fix = { text: 'Flush it.', code: 'print(x, flush=True)', edits };
      yield { kind: 'finding', confidence: 0.6, places: [{ module, node }, ...others], summary: 'It prints.', fix };
    }
    yield { kind: 'finding', confidence: 0.5, places: [], summary: 'See [here](https://example.com).' };
  },
};
const openRule: SetupRule = { ...printRule, meta: { ...printRule.meta, id: 'E-98' }, check: () => [{ kind: 'unknown', reason: 'a file was not seen' }] };

function logOf(project: Project, rules: readonly SetupRule[], base = ''): Log {
  const log = sarifOf([{ project, review: reviewSetup(project, { rules }), base }], '1.2.3');
  expect(sarifErrors(log)).toEqual([]);
  return JSON.parse(JSON.stringify(log)) as Log;
}

describe('a SARIF log', () => {
  test('the schema is one that refuses', () => {
    expect(sarifErrors({ version: '2.1.0', runs: [{}] }).length).toBeGreaterThan(0);
    expect(sarifErrors({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: {} }] }] }).length).toBeGreaterThan(0);
  });

  test('of every rule on its own examples is valid, with level, rule and line', async () => {
    for (const [id, { fires }] of setupExamples)
      for (const { files, at } of fires) {
        const [run] = logOf(await drawnProject(files), setupRules).runs;
        expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(setupRules.map(({ meta }) => meta.id));
        const result = run?.results.find(({ ruleId }) => ruleId === id);
        if (!result) continue;
        expect(run?.tool.driver.rules[result.ruleIndex ?? -1]?.id).toBe(id);
        expect(['error', 'warning', 'note']).toContain(result.level);
        const { artifactLocation, region } = result.locations[0]?.physicalLocation ?? {};
        if (at && !artifactLocation?.uri.endsWith('.ipynb')) expect(`${artifactLocation?.uri}:${region?.startLine}`).toBe(at);
      }
  });

  test('names files from the root of the repository, as an address', async () => {
    const [run] = logOf(await drawnProject({ 'a b/ä#.py': bareLoop }), setupRules, 'src/code').runs;
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('src/code/a%20b/%C3%A4%23.py');
    expect(run?.automationDetails.id).toContain('src/code');
  });

  test('its fixes make the same text as the edits do', async () => {
    const text = 'print("ä€😀", 1)\nif True:\n    print(\n        2\n    )\n';
    const project = await drawnProject({ 'a.py': text });
    const review = reviewSetup(project, { rules: [printRule] });
    const replacements = logOf(project, [printRule]).runs[0]?.results.flatMap(
      ({ fixes }) => fixes?.flatMap(({ artifactChanges }) => artifactChanges.flatMap((one) => one.replacements)) ?? [],
    );
    const offset = (line: number, column: number) =>
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      column -
      1;
    const edits = replacements?.map(({ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => ({
      from: offset(startLine, startColumn),
      to: offset(endLine, endColumn),
      text: insertedContent.text,
    }));
    expect(edits).toHaveLength(2);
    expect(applyEdits(text, edits ?? [])).toBe(
      applyEdits(
        text,
        review.findings.flatMap(({ fix }) => fix?.edits ?? []),
      ),
    );
  });

  test('a cell of a notebook is a logical place, and the whole project stands at its first file', async () => {
    const [run] = logOf(await drawnProject({ 'nb.ipynb': notebook, 'z.py': 'print(2)\n' }), [printRule, openRule]).runs;
    const [first, ...others] = [...(run?.results ?? [])].sort((a, b) => (a.locations.length === 0 ? 1 : 0) - (b.locations.length === 0 ? 1 : 0));
    const inCell = [first, ...others].find((one) => one?.locations[0]?.logicalLocations);
    expect(inCell?.message.text).toContain('cell 0, line 2');
    expect(inCell?.relatedLocations).toHaveLength(1);
    const whole = run?.results.find(({ message }) => message.text.startsWith('For the project as a whole'));
    expect(whole?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('nb.ipynb');
    expect(whole?.message.text).toContain('\\[here\\](');
    expect(run?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain('E-98 could not be answered');
  });
});

describe('fingerprints', () => {
  const fingerprints = async (text: string): Promise<readonly (string | undefined)[]> =>
    logOf(await drawnProject({ 'a.py': text }), [printRule]).runs[0]?.results.map((one) => one.partialFingerprints.primaryLocationLineHash) ?? [];
  const two = 'def f():\n    print(1)\n\n\nf()\nprint(1)\n';

  test('stay when lines move or are indented anew', async () => {
    const before = await fingerprints(two);
    expect(await fingerprints(`# one\n# two\n\n${two.replace('    print', '        print')}`)).toEqual(before);
  });

  test('tell equal lines apart, and a line from what it becomes', async () => {
    const before = await fingerprints(two);
    expect(new Set(before).size).toBe(3);
    const after = await fingerprints(two.replaceAll('print(1)', 'print(3)'));
    expect(after.filter((one) => before.includes(one))).toHaveLength(1);
  });
});
