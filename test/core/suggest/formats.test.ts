// Copies for other programs, read back by what reads them: quoting and escaping of hostile values.

import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Value, Values } from '../../../src/core/model/values';
import { formats } from '../../../src/core/suggest/format';
import { hydraValue } from '../../../src/core/suggest/formats/hydra';
import { pythonLiteral } from '../../../src/core/suggest/formats/optuna';
import type { Suggestion } from '../../../src/core/suggest/suggestion';

const suggestion = (params: Values, kind: Suggestion['kind'] = 'exploit', why = 'Because 1 < 2.'): Suggestion => ({
  params,
  kind,
  predicted: null,
  why,
  nearest: [],
  expectedMs: null,
  changesMind: '',
});
const context = { metric: 'val/loss', direction: 'min' } as const;
const text = (id: string, ...suggestions: readonly Suggestion[]): string => formats.find(({ meta }) => meta.id === id)!.text(suggestions, context);

const plain: Values = { lr: 0.003, 'optimizer.name': 'adam', 'optimizer.weight_decay': 1e-7, amp: true, clip: null, layers: [64, 32] };
const hostile: Values = {
  text: `it's "quoted" \\ and: # [x] {y} $HOME \${oc.env:HOME} \`id\``,
  lines: 'first\nsecond\t\u0007',
  'looks.like': 'yes',
  number: '1e5',
  empty: '',
  end: 'back\\',
  far: 'ünï 🚀 \u2028',
  big: 2n ** 60n,
};

describe('every format', () => {
  test('is there, ends with a line break, and says nothing of nothing', () => {
    expect(formats.map(({ meta }) => meta.id)).toEqual(['hydra', 'json', 'optuna', 'wandb', 'yaml']);
    for (const { meta } of formats) {
      expect(text(meta.id)).toBe('');
      expect(text(meta.id, suggestion(plain), suggestion(hostile)).endsWith('\n')).toBe(true);
    }
  });

  test('keeps a hostile reason inside its comment', () => {
    for (const id of ['yaml', 'wandb', 'optuna', 'hydra']) {
      const out = text(id, suggestion({ lr: 1 }, 'exploit', 'one\nimport os\r\u2028rm -rf --- x'));
      expect(out.split(/[\n\r\u2028]/).filter((line) => /import os|rm -rf/.test(line) && !line.startsWith('#'))).toEqual([]);
    }
  });
});

test('JSON reads back', () => {
  expect(JSON.parse(text('json', suggestion(plain), suggestion({ lr: 1 })))).toEqual([plain, { lr: 1 }]);
});

describe('YAML', () => {
  test('nests what was nested, and reads back by 1.1 and 1.2 alike', () => {
    const out = text('yaml', suggestion(plain));
    const nested = { lr: 0.003, optimizer: { name: 'adam', weight_decay: 1e-7 }, amp: true, clip: null, layers: [64, 32] };
    expect(parse(out)).toEqual(nested);
    expect(parse(out, { version: '1.1' })).toEqual(nested);
    // PyYAML takes 1e-7 for a text; with a point it is a number.
    expect(out).toContain('weight_decay: 1.0e-7');
  });

  test('a document each; hostile texts stay texts', () => {
    const documents = parseAllDocuments(text('yaml', suggestion(plain), suggestion(hostile)), { version: '1.1', intAsBigInt: false });
    expect(documents).toHaveLength(2);
    const back = documents[1]!.toJS() as Record<string, unknown>;
    expect(back).toMatchObject({ text: hostile.text, lines: hostile.lines, looks: { like: 'yes' }, number: '1e5', empty: '', end: 'back\\', far: hostile.far });
  });

  test('names that cannot be nested stay flat', () => {
    expect(parse(text('yaml', suggestion({ 'a.b': 1, a: 2, 'c.': 3, __proto__x: 4 })))).toEqual({ 'a.b': 1, a: 2, 'c.': 3, __proto__x: 4 });
    const hostileName = Object.fromEntries([['__proto__', 1]]);
    expect(text('yaml', suggestion(hostileName))).toContain('__proto__: 1');
  });
});

test('W&B: a sweep with one point each, nested parameters, the goal of the metric', () => {
  const [first, second] = parseAllDocuments(text('wandb', suggestion(plain), suggestion({ lr: 1 }))).map(
    (document) => document.toJS() as Record<string, unknown>,
  );
  expect(first).toMatchObject({
    method: 'grid',
    metric: { name: 'val/loss', goal: 'minimize' },
    parameters: { lr: { value: 0.003 }, optimizer: { parameters: { name: { value: 'adam' }, weight_decay: { value: 1e-7 } } }, layers: { value: [64, 32] } },
  });
  expect(second).toMatchObject({ parameters: { lr: { value: 1 } } });
});

describe('Optuna', () => {
  test.each<[Value, string]>([
    [true, 'True'],
    [null, 'None'],
    [Number.NaN, 'float("nan")'],
    [Number.NEGATIVE_INFINITY, 'float("-inf")'],
    [1e-7, '1e-7'],
    [-0, '-0.0'],
    ['a"b\\c\n', '"a\\"b\\\\c\\n"'],
    [[1, 'x', null], '[1, "x", None]'],
    [{ a: [false] }, '{"a": [False]}'],
  ])('%o', (value, python) => expect(pythonLiteral(value)).toBe(python));

  test('integers keep their digits', () => expect(pythonLiteral(2n ** 60n)).toBe('1152921504606846976'));

  test('a repeat is not skipped for being known', () => {
    const out = text('optuna', suggestion({ lr: 1 }), suggestion({ lr: 1, seed: 7 }, 'replicate'));
    expect(out).toContain('study.enqueue_trial({"lr": 1}, user_attrs={"diptych": "exploit"}, skip_if_exists=True)');
    expect(out).toContain('study.enqueue_trial({"lr": 1, "seed": 7}, user_attrs={"diptych": "replicate"}, skip_if_exists=False)');
  });
});

describe('Hydra', () => {
  // What hydra-core 1.3's own OverridesParser reads each of these as was looked at when they were written.
  test.each<[Value, string | null]>([
    [0.003, '0.003'],
    [1e21, '1e21'],
    [true, 'true'],
    [null, 'null'],
    ['adam', 'adam'],
    ['null', "'null'"],
    ['True', "'True'"],
    ['1e5', "'1e5'"],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", "'it\\'s'"],
    ['back\\', "'back\\\\'"],
    ["x\\'y", "'x\\\\\\'y'"],
    ['a\\b', "'a\\b'"],
    [`\${x}`, `'\\\${x}'`],
    [[1, 'a b'], "[1,'a b']"],
    [{ a: 1 }, '{a:1}'],
    [{ 'a b': 1 }, null],
  ])('%o', (value, written) => expect(hydraValue(value)).toBe(written));

  test('words are quoted for the shell; what the grammar cannot say is named', () => {
    const out = text('hydra', suggestion({ lr: 0.1, name: "it's", 'bad key': 1, '+new': 2, 'a.b': [1, 2] }));
    expect(out).toContain("lr=0.1 'name='\\''it\\'\\''s'\\''' 'a.b=[1,2]'\n");
    expect(out).toContain('set by hand: bad key, +new');
  });
});
