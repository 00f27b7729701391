// The protobuf walker reads back whatever an encoder writes, and refuses what no encoder writes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MalformedMessage, textOf, WireFields, wire } from '../../../src/core/formats/protobuf';
import { bytesField, type FieldSpec, intField, message, varint } from '../../support/protobuf';

const fieldNumber = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 29 - 1 }));
const anyField: fc.Arbitrary<FieldSpec> = fc.oneof(
  fc.record({ field: fieldNumber, type: fc.constant('varint' as const), value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
  fc.record({ field: fieldNumber, type: fc.constant('fixed64' as const), value: fc.double() }),
  fc.record({ field: fieldNumber, type: fc.constant('fixed32' as const), value: fc.float() }),
  fc.record({
    field: fieldNumber,
    type: fc.constant('bytes' as const),
    value: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.uint8Array({ maxLength: 300 })),
  }),
);

/** All fields of a message, as the cursor tells them. */
function fieldsOf(bytes: Uint8Array): FieldSpec[] {
  const found: FieldSpec[] = [];
  for (const fields = new WireFields().over(bytes); fields.next(); ) {
    const { field } = fields;
    if (fields.type === wire.varint) found.push({ field, type: 'varint', value: BigInt(fields.exactInt64) });
    else if (fields.type === wire.fixed64) found.push({ field, type: 'fixed64', value: fields.float64 });
    else if (fields.type === wire.fixed32) found.push({ field, type: 'fixed32', value: fields.float32 });
    else found.push({ field, type: 'bytes', value: fields.payload.slice() });
  }
  return found;
}

const asBytes = (spec: FieldSpec): FieldSpec => (typeof spec.value === 'string' ? { ...spec, value: new TextEncoder().encode(spec.value) } : spec);

test('every message comes back', () => {
  fc.assert(
    fc.property(fc.array(anyField, { maxLength: 12 }), (specs) => {
      expect(fieldsOf(message(...specs))).toEqual(specs.map(asBytes));
    }),
  );
});

test('a message in the middle of other bytes comes back', () => {
  const bytes = Uint8Array.of(9, 9, 9, ...message(intField(1, 5), bytesField(2, 'größe')), 255, 255);
  const fields = new WireFields().open(bytes, new DataView(bytes.buffer), 3, bytes.length - 2);
  expect([fields.next(), fields.int64, fields.next(), fields.text, fields.next()]).toEqual([true, 5, true, 'größe', false]);
});

test('64-bit integers are exact, signed and unsigned', () => {
  const read = (value: bigint) => {
    const fields = new WireFields().over(message(intField(1, value)));
    fields.next();
    return fields;
  };
  expect(read(2n ** 53n + 1n).exactInt64).toBe(2n ** 53n + 1n);
  expect(read(-1n).exactInt64).toBe(-1);
  expect(read(-1n).int64).toBe(-1);
  expect(read(-1n).exactUint64).toBe(2n ** 64n - 1n);
  expect(read(-(2n ** 63n)).exactInt64).toBe(-(2n ** 63n));
  expect([read(0n).zigzag64, read(1n).zigzag64, read(2n).zigzag64, read(2n ** 64n - 1n).zigzag64]).toEqual([0, -1, 1, -(2n ** 63n)]);
  expect([read(0n).bool, read(1n).bool, read(2n ** 40n).bool]).toEqual([false, true, true]);
});

describe('damage is told', () => {
  const whole = message(intField(3, 300), bytesField(200, 'hello'), { field: 4, type: 'fixed64', value: 1.5 }, { field: 5, type: 'fixed32', value: 1.5 });

  test('a message cut between two fields is a shorter one, any other cut is refused', () => {
    const borders = new Set([0]);
    for (const fields = new WireFields().over(whole); fields.next(); ) borders.add(fields.end);
    for (let end = 0; end < whole.length; end++) {
      if (borders.has(end)) expect(() => fieldsOf(whole.subarray(0, end)), `cut at ${end}`).not.toThrow();
      else expect(() => fieldsOf(whole.subarray(0, end)), `cut at ${end}`).toThrow(MalformedMessage);
    }
  });

  test.each([
    ['field number 0', [0x00, 0x01]],
    ['a group', [0x0b, 0x0c]],
    ['a varint of eleven bytes', [0x08, ...new Array<number>(10).fill(0xff), 0x01]],
    ['a length beyond the message', [0x0a, 0x05, 0x61]],
    ['a length beyond 4 GB', [0x0a, ...varint(2n ** 33n)]],
  ])('%s', (_, bytes) => {
    expect(() => fieldsOf(Uint8Array.from(bytes))).toThrow(MalformedMessage);
  });

  test('random bytes are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          fieldsOf(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage);
        }
      }),
    );
  });
});

test('text is decoded as UTF-8, with a replacement for bad bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(textOf(bytes, 0, bytes.length)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }),
  );
  expect(textOf(Uint8Array.of(0x61, 0xff, 0x62), 0, 3)).toBe('a�b');
});
