// The project file: slips cost an entry and are told with their place, a newer version is refused, writing is stable.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectLimits } from '../../../src/core/project/limits';
import { emptyProject, type Project } from '../../../src/core/project/project';
import { parseProject, projectFileName, projectText } from '../../../src/core/project/project-file';
import { scriptedTree } from '../../../src/core/source/scripted';
import { readTree } from '../../support/read';

const parse = (value: unknown) => parseProject(JSON.stringify(value));
const said = (value: unknown) => parse(value).issues.map(({ where, message }) => `${where}: ${message}`);

describe('a file that is refused', () => {
  test.each([
    ['no JSON', '{"version": 1,', /no JSON/],
    ['a list', '[]', /no JSON object/],
    ['a newer version', '{"version": 9}', /version 9; versions up to 1/],
    ['a version that is none', '{"version": "one"}', /no whole number/],
    ['too large', `"${'x'.repeat(5_000_000)}"`, /larger/],
    ['too deep', '['.repeat(200_000), /no JSON/],
  ])('%s', (_, text, message) => {
    const { project, issues } = parseProject(text);
    expect(project).toBeNull();
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ severity: 'critical', file: projectFileName, message: expect.stringMatching(message) });
    expect(issues[0]?.tip).not.toBe('');
  });
});

test('a waiver for code may name files; elsewhere that is refused', () => {
  const { project, issues } = parse({
    version: 1,
    waivers: [
      { rule: 'E-16', path: 'notebooks/**', reason: 'Explored by hand.' },
      { rule: 'G-04', path: 'runs/', reason: 'x' },
      { rule: 'N-01', path: 'a.ipynb', run: 'r', reason: 'x' },
    ],
  });
  expect(project?.waivers).toEqual([{ rule: 'E-16', run: null, path: 'notebooks/**', reason: 'Explored by hand.', untilMs: null }]);
  expect(issues.map(({ message }) => message)).toEqual([expect.stringContaining('rules of training code'), expect.stringContaining('name one')]);
  expect(parseProject(projectText(project as Project)).project).toEqual(project);
});

describe('slips', () => {
  test('cost the entry, name its place, and leave the rest', () => {
    const { project, issues } = parse({
      version: 1,
      waivers: [{ rule: 'G-04', reason: 'Known.' }, { rule: 'G-05' }, { rule: 'G-06', reason: 'x', until: '2026-02-30' }, 7],
      attestations: [
        { item: 'R06', by: 'Ada', note: 'Looked.', date: '2026-11-25' },
        { item: 'sixth', by: 'Ada', note: 'n', date: '2026-11-25' },
      ],
      rules: { 'G-04': 'gaet', 'G-05': 'gate', naming: 'warn' },
      limits: { points_per_series: -1, file_bytes: 5, bytes: 3 },
      required_tags: 'owner',
      contract: { seeds: 0 },
    });
    expect(project).toMatchObject({
      waivers: [{ rule: 'G-04' }],
      attestations: [{ item: 'R06' }],
      modes: { 'G-05': 'gate' },
      limits: { fileBytes: 5 },
      requiredTags: [],
      contract: null,
    });
    expect(issues.map(({ where }) => where)).toEqual([
      'attestations[1].item',
      'waivers[1].reason',
      'waivers[2].until',
      'waivers[3]',
      'contract.seeds',
      'required_tags',
      'rules.G-04',
      'rules.naming',
      'limits.points_per_series',
      'limits.bytes',
    ]);
    expect(issues.every(({ tip, severity }) => tip !== '' && severity === 'warn')).toBe(true);
  });

  test('an unknown part is told, a missing version too, a comment is none', () => {
    expect(said({ waiver: [], $comment: 'ours' })).toEqual(['version: The version is missing.', 'waiver: “waiver” is not known.']);
  });

  test('hostile keys stay keys', () => {
    const { project } = parseProject('{"version":1,"contract":{"params":{"__proto__":{"x":1}}},"rules":{"__proto__":"gate"}}');
    expect(Object.keys(project?.contract?.params ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

test('a day holds until it is over, a moment until it comes', () => {
  const until = (text: string) => parse({ version: 1, waivers: [{ rule: 'G-04', reason: 'x', until: text }] }).project?.waivers[0]?.untilMs;
  expect(until('2026-12-31')).toBe(Date.UTC(2027, 0, 1));
  expect(until('2026-12-31T12:00:00+01:00')).toBe(Date.UTC(2026, 11, 31, 11));
  expect(until('31.12.2026')).toBeUndefined();
});

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => text.trim() === text && text !== '');
const ms = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2200, 0, 1) });
const day = fc.integer({ min: 8000, max: 80_000 }).map((days) => days * 86_400_000);
const run = fc.option(word);
const projects: fc.Arbitrary<Project> = fc.record({
  attestations: fc.array(fc.record({ item: fc.constantFrom('R01', 'R32'), run, by: word, note: word, atMs: fc.oneof(ms, day) })),
  waivers: fc.array(fc.record({ rule: fc.constantFrom('G-04', 'R19', 'GD-02'), run, reason: word, untilMs: fc.option(fc.oneof(ms, day)) })),
  roles: fc.array(
    fc.record({
      metric: word,
      role: fc.option(word),
      split: fc.option(fc.constantFrom('train' as const, 'val' as const)),
      direction: fc.option(fc.constantFrom('min' as const, 'none' as const)),
      unit: fc.option(word),
    }),
  ),
  contract: fc.option(
    fc.record(
      {
        metric: word,
        params: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean())),
        datasetDigest: word,
        lastStep: fc.integer(),
        seeds: fc.integer({ min: 1 }),
      },
      { requiredKeys: ['metric'] },
    ),
  ),
  requiredTags: fc.array(word),
  modes: fc.dictionary(fc.constantFrom('G-01', 'G-12'), fc.constantFrom('observe' as const, 'warn' as const, 'gate' as const)),
  limits: fc.dictionary(fc.constantFrom(...(Object.keys(projectLimits) as (keyof typeof projectLimits)[])), fc.integer({ min: 1 })),
});

test('what is written is read as it was stated, and written the same again whatever its order', () => {
  fc.assert(
    fc.property(projects, (project) => {
      const text = projectText(project);
      const back = parseProject(text);
      expect(back.issues).toEqual([]);
      expect(projectText(back.project as Project)).toBe(text);
      const sets = (one: Project) => ({ ...one, attestations: new Set(one.attestations), waivers: new Set(one.waivers), roles: new Set(one.roles) });
      expect(sets(back.project as Project)).toEqual(sets(project));
    }),
  );
});

test('nothing stated is a file with a version', () => {
  expect(projectText(emptyProject)).toBe('{\n  "version": 1\n}\n');
});

test('no reader takes it for a run, beside runs or named', async () => {
  const rows = Array.from({ length: 20 }, (_, step) => ({ step, loss: 1 / (step + 1), item: 'R06', by: 'Ada', note: 'n', date: '2026-11-25' }));
  const file = new TextEncoder().encode(JSON.stringify({ version: 1, attestations: rows }));
  const log = new TextEncoder().encode('step,loss\n0,1\n1,0.5\n');
  const beside = await readTree(scriptedTree({ [projectFileName]: file, 'metrics.csv': log }));
  expect(beside.runs.map(({ run }) => run.path)).toEqual(['metrics.csv']);
  const named = await readTree(scriptedTree({ [projectFileName]: file }, { named: projectFileName }));
  expect(named.runs).toEqual([]);
});
