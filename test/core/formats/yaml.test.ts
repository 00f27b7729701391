// YAML 1.1 as PyYAML writes it, and documents that try to hurt.
import { expect, test } from 'vitest';
import { parseYaml, parseYamlText } from '../../../src/core/formats/yaml';

test('every scalar stays text where asked', () => {
  expect(parseYamlText('run_id: 12e34567\nexperiment_id: 123456789012345678\nname: yes\nend: null\nempty:\n')).toEqual({
    run_id: '12e34567',
    experiment_id: '123456789012345678',
    name: 'yes',
    end: 'null',
    empty: '',
  });
  expect(parseYamlText('')).toBe(null);
});

test('types follow YAML 1.1 as PyYAML applies it', () => {
  expect(parseYaml('a: yes\nb: off\nc: 010\nd: 1_000\ne: .nan\nf: -.inf\ng: 1.0e-05\nh: ~\ni: "yes"\nj: y\n')).toEqual({
    a: true,
    b: false,
    c: 8,
    d: 1000,
    e: Number.NaN,
    f: Number.NEGATIVE_INFINITY,
    g: 1e-5,
    h: null,
    i: 'yes',
    j: 'y',
  });
});

test('names stay as written', () => {
  expect(parseYaml('y: 1\non: 2\n1e3: 3\nnested:\n  - no: 4\n')).toEqual({ y: 1, on: 2, '1e3': 3, nested: [{ no: 4 }] });
});

test('integers beyond 2^53 are exact', () => {
  expect(parseYaml('a: 9007199254740993\nb: 7\n')).toEqual({ a: 9007199254740993n, b: 7 });
});

test('unknown tags, dates and sets are kept as plain data', () => {
  expect(parseYaml('a: !!python/tuple [1, 2]\nb: 2026-01-02 03:04:05\nc: !!python/object:x.Y {z: 1}\nd: !!set {k: null}\ne: !!binary aGk=\n')).toEqual({
    a: [1, 2],
    b: '2026-01-02 03:04:05',
    c: { z: 1 },
    d: { k: null },
    e: 'aGk=',
  });
});

test('anchors and merge keys work, bombs do not', () => {
  expect(parseYaml('base: &b {lr: 1}\nrun: {<<: *b, n: 2}\n')).toEqual({ base: { lr: 1 }, run: { lr: 1, n: 2 } });
  let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
  for (let level = 1; level < 9; level++)
    bomb += `a${level}: &a${level} [${Array(9)
      .fill(`*a${level - 1}`)
      .join(', ')}]\n`;
  expect(() => parseYaml(bomb)).toThrow(SyntaxError);
  expect(() => parseYaml('['.repeat(100_000))).toThrow(SyntaxError);
  expect(() => parseYaml('{a: '.repeat(20_000))).toThrow(SyntaxError);
  expect(() => parseYaml('- '.repeat(20_000))).toThrow(SyntaxError);
  expect(() => parseYaml(Array.from({ length: 6000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'))).toThrow(SyntaxError);
  expect(() => parseYaml('a: [1,')).toThrow(SyntaxError);
});

test('hostile names are ordinary names', () => {
  const value = parseYaml('__proto__: {polluted: 1}\nconstructor: 2\n') as Record<string, unknown>;
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('what nests without end is refused before it is parsed, however it nests', () => {
  const times = (text: string): string => text.repeat(300);
  for (const text of [
    times('['),
    times('{'),
    times('[ '),
    times('[\n'),
    times('- '),
    times('? '),
    times('{a: '),
    times('[a: '),
    times('{"a": '),
    times('{a b:\n'),
  ])
    expect(() => parseYaml(text)).toThrow('nested deeper than 200');
});

test('many things beside each other are not deep, and long words are read at once', () => {
  const items = (text: string) => Array.from({ length: 400 }, () => text).join('');
  expect(parseYaml(items('-\n'))).toHaveLength(400);
  expect(parseYaml(items('- a\n'))).toHaveLength(400);
  expect(parseYaml(items('- [1, [2]]\n'))).toHaveLength(400);
  expect(parseYaml(items('- "["\n'))).toHaveLength(400);
  expect(parseYaml(`[${items('[],')}1]`)).toHaveLength(401);
  // Quadratic, this would take hours.
  const word = 'W'.repeat(4_000_000);
  expect(parseYaml(`a: ${word}\n`)).toEqual({ a: word });
});
