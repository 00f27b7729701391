// Values as Python prints them: what is read, what stays text, what is refused.
import { expect, test } from 'vitest';
import { parsePythonLiteral } from '../../../src/core/formats/python-literal';

test.each([
  ["{'lr': 0.1, 'on': True, 'off': False, 'none': None}", { lr: 0.1, on: true, off: false, none: null }],
  ["{'a': {'b': [1, 2.5, (3,)]}, 4: 'x'}", { a: { b: [1, 2.5, [3]] }, 4: 'x' }],
  ["{'s': \"it's\", 't': 'a\\'b\\n\\x41\\u00e9'}", { s: "it's", t: "a'b\nAé" }],
  ["{'x': nan, 'y': -inf, 'big': 9007199254740993}", { x: Number.NaN, y: Number.NEGATIVE_INFINITY, big: 9007199254740993n }],
  ["{'a': array([1, 2]), 'b': <Image at 0x1>, 'c': 1}", { a: 'array([1, 2])', b: '<Image at 0x1>', c: 1 }],
  ["{'__proto__': 1}", JSON.parse('{"__proto__": 1}')],
  ['{}', {}],
  ['[]', []],
])('%s', (text, value) => {
  expect(parsePythonLiteral(text)).toEqual(value);
  expect(Object.keys(parsePythonLiteral(text) as object)).toEqual(Object.keys(value));
});

test.each(["{'a': ", "{'a' 1}", "{'a': 1} x", "'open", '', '{,}', "'\\uZZZZ'", '['.repeat(200)])('%j is refused', (text) => {
  expect(() => parsePythonLiteral(text)).toThrow(SyntaxError);
});
