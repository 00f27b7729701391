// Two ways of writing values: the contract's JSON, which people read, and the lossless one, which we read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonText } from '../../../src/core/base/json-write';
import { fromLosslessJson, toLosslessJson } from '../../../src/core/base/lossless';

describe('the JSON of the command line', () => {
  test.each([
    [-0, '-0.0'],
    [0, '0'],
    [1, '1'],
    [0.1, '0.1'],
    [1e308, '1e+308'],
    [5e-324, '5e-324'],
    [2 ** 53, '9.007199254740992e+15'],
    [2 ** 53 - 1, '9007199254740991'],
    [Number.NaN, '"NaN"'],
    [Number.NEGATIVE_INFINITY, '"-Infinity"'],
    [9007199254740992n, '9007199254740992'],
    [9007199254740993n, '"9007199254740993"'],
    [-9007199254740993n, '"-9007199254740993"'],
    ['größe "x"\u2028', '"größe \\"x\\"\u2028"'],
    [null, 'null'],
  ])('%s is %s', (value, text) => expect(jsonText(value)).toBe(text));

  test('what is undefined is left out, what is null stays', () => {
    expect(jsonText({ a: undefined, b: null, c: [1, undefined] })).toBe('{"b":null,"c":[1,null]}');
  });

  test('columns are arrays', () => {
    expect(jsonText(new Float64Array([1, -0, Number.NaN]))).toBe('[1,-0.0,"NaN"]');
  });

  test('every finite float reads back the same', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Object.is(JSON.parse(jsonText(value)), value)));
  });
});

describe('lossless JSON', () => {
  const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e308, 2n ** 64n, -1n];

  test('numbers that JSON lacks come back', () => {
    expect(fromLosslessJson(toLosslessJson(special))).toEqual(special);
    expect(Object.is((fromLosslessJson(toLosslessJson([-0])) as number[])[0], -0)).toBe(true);
  });

  test('keys that look like our own marks or like prototypes are only keys', () => {
    const hostile = JSON.parse('{"$":"NaN","$$":1,"__proto__":{"polluted":true},"constructor":2}') as object;
    const back = fromLosslessJson(toLosslessJson(hostile)) as Record<string, unknown>;
    expect(Object.entries(back)).toEqual(Object.entries(hostile));
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('any value comes back', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.double(), fc.bigInt(), fc.string(), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
      list: fc.array(tie('value')),
      object: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '$$', '__proto__')), tie('value'), { noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, (one) => {
        expect(fromLosslessJson(toLosslessJson(one))).toEqual(one);
      }),
    );
  });

  test('an unknown mark is refused', () => {
    expect(() => fromLosslessJson('{"$":"seven"}')).toThrow(SyntaxError);
    expect(() => fromLosslessJson('{"$":{}}')).toThrow(SyntaxError);
  });
});
