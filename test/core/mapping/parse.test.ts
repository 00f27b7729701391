// A mapping file: slips are told with place and remedy, what is right holds, and what is written is read back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mapping, mappingFormats, plainMapping, plainRule, timeUnits } from '../../../src/core/mapping/mapping';
import { parseMapping } from '../../../src/core/mapping/parse';
import { mappingText } from '../../../src/core/mapping/write';

const parsed = (...mappings: readonly unknown[]) => parseMapping(JSON.stringify({ version: 1, mappings }));
const slip = (mapping: unknown) => {
  const [first] = parsed(mapping).issues;
  return first && [first.where, first.message, first.tip];
};
const text = { files: '*.log', format: 'text', lines: [{ pairs: true }] };

describe('slips', () => {
  test.each([
    ['a format', { ...text, format: 'texts' }, 'mappings[0].format', /none of text, csv/, /Write/],
    ['no files', { format: 'csv' }, 'mappings[0].files', /missing/, /docs/],
    ['files outside', { ...text, files: '../*.log' }, 'mappings[0].files', /leads out/, /below/],
    ['an unknown key', { ...text, steps: 'x' }, 'mappings[0].steps', /not known/, /step, time/],
    ['a text log without rules', { files: 'a', format: 'text' }, 'mappings[0]', /needs “lines”/, /Add/],
    ['rules for a table', { ...text, format: 'csv' }, 'mappings[0]', /only a text log/i, /text/],
    ['a pattern that cannot be', { ...text, lines: [{ pairs: true }, { pattern: '(' }] }, 'mappings[0].lines[1].pattern', /cannot be read/, /RE2/],
    ['look-ahead', { ...text, lines: [{ pattern: '(?=x)' }] }, 'mappings[0].lines[0].pattern', /cannot be read/, /look-ahead/],
    ['a pattern without a name', { ...text, lines: [{ pattern: 'x' }] }, 'mappings[0].lines[0].pattern', /no named group/, /\(\?<loss>/],
    ['a carried name', { ...text, lines: [{ pattern: '(?<a>x)', carry: ['b'] }] }, 'mappings[0].lines[0].carry', /no group “b”/, /It has a/],
    ['an empty rule', { ...text, lines: [{}] }, 'mappings[0].lines[0].pattern', /neither a pattern nor pairs/, /pairs/],
    ['half a step', { ...text, step: { epoch: 'e' } }, 'mappings[0].step', /iteration/, /Add/],
    ['a unit', { ...text, time: { column: 't', unit: 'h' } }, 'mappings[0].time', /none of auto, s/, /Leave/],
    ['a path', { ...text, path: '{a}{b}' }, 'mappings[0].path', /side by side/, /\{model\}/],
    ['no object', 3, 'mappings[0]', /no object/, /braces/],
  ])('%s', (_, mapping, where, message, tip) => {
    expect(slip(mapping)).toEqual([where, expect.stringMatching(message), expect.stringMatching(tip)]);
  });

  test('cost the mapping, not its neighbours', () => {
    const { document, issues } = parsed({ files: 'a' }, text);
    expect(document?.mappings.map(({ files }) => files)).toEqual([['*.log']]);
    expect(issues.length).toBeGreaterThan(0);
  });
});

describe('the file', () => {
  test.each([
    ['no JSON', '{', /no JSON/],
    ['no object', '[]', /no JSON object/],
    ['no list', '{"version": 1}', /no list/],
    ['a version that is none', '{"version": "1", "mappings": []}', /no whole number/],
    ['a newer one', '{"version": 2, "mappings": []}', /version 2; versions up to 1/],
    ['a huge one', ' '.repeat(70_000), /larger than/],
  ])('%s is refused', (_, given, message) => {
    const { document, issues } = parseMapping(given);
    expect(document).toBeNull();
    expect(issues[0]).toMatchObject({ severity: 'critical', message: expect.stringMatching(message) });
  });

  test('may have a byte order mark and comments', () => {
    expect(parseMapping(`\ufeff${JSON.stringify({ version: 1, $comment: 'x', mappings: [text] })}`)).toMatchObject({
      issues: [],
      document: { mappings: [{}] },
    });
  });
});

const word = fc.stringMatching(/^[a-z_][a-z0-9_/]{0,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const step = fc.oneof(
  words.map((columns) => ({ kind: 'columns' as const, columns })),
  fc.record({ kind: fc.constant('within' as const), epoch: word, iteration: word, perEpoch: word, firstEpoch: fc.constantFrom(0, 1) }),
);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const rule = fc.record({
  prefix: fc.constantFrom('', 'val/'),
  to: fc.constantFrom('points' as const, 'params' as const, 'nothing' as const),
  rename: fc.dictionary(word, word, { maxKeys: 2 }),
  step: maybe(step),
});
const mapping: fc.Arbitrary<Mapping> = fc
  .record({
    label: maybe(word),
    files: words,
    format: fc.constantFrom(...mappingFormats),
    updates: fc.constantFrom('last' as const, 'all' as const),
    rows: maybe(word),
    step: maybe(step),
    time: maybe(fc.record({ column: word, unit: fc.constantFrom(...timeUnits) })),
    metrics: maybe(words),
    ignore: fc.oneof(fc.constant([]), words),
    params: fc.oneof(fc.constant([]), words),
    run: fc.oneof(fc.constantFrom('file' as const, 'folder' as const), fc.record({ column: word })),
    name: maybe(word),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  })
  .map(({ rules, ...rest }) => ({
    ...plainMapping,
    ...rest,
    files: rest.files.map((file) => file.replace(/^\//, 'x')),
    lines: rest.format === 'text' ? rules.map((one) => ({ ...plainRule, ...one, pattern: '^(?<a>\\d+) (?<b>.*)$' })) : [],
  }));

test('what is written is read back the same, and written the same again', () => {
  fc.assert(
    fc.property(fc.array(mapping, { maxLength: 3 }), (mappings) => {
      const written = mappingText({ mappings });
      const { document, issues } = parseMapping(written);
      expect(issues).toEqual([]);
      expect(document).toEqual({ mappings });
      expect(mappingText(document!)).toBe(written);
    }),
    { numRuns: 100 },
  );
});

test('whatever JSON it is, nothing is thrown', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void parsed(value)));
});
