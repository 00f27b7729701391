// Event files for tests, written field by field: any event that a writer may make, whole or damaged.

import { joinBytes } from '../../src/core/formats/bytes';
import { maskedCrc32c } from '../../src/core/formats/crc';

const utf8 = new TextEncoder();

/** A field of a message: number of the field → its value. Text and messages are written with their length. */
export type Field = readonly [number, FieldValue];
type FieldValue = Uint8Array | string | { readonly varint: number | bigint } | { readonly double: number } | { readonly float: number } | readonly Field[];

const varint = (value: number | bigint): Uint8Array => {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return new Uint8Array([...bytes, Number(left)]);
};

const fixed = (size: 4 | 8, value: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(size));
  if (size === 8) view.setFloat64(0, value, true);
  else view.setFloat32(0, value, true);
  return new Uint8Array(view.buffer);
};

/** A protobuf message. */
export function message(fields: readonly Field[]): Uint8Array {
  return joinBytes(fields.flatMap(([field, value]) => [...encoded(field, value)]));
}

function* encoded(field: number, value: FieldValue): Generator<Uint8Array> {
  const key = (type: number) => varint(field * 8 + type);
  if (typeof value === 'object' && 'varint' in value) yield* [key(0), varint(value.varint)];
  else if (typeof value === 'object' && 'double' in value) yield* [key(1), fixed(8, value.double)];
  else if (typeof value === 'object' && 'float' in value) yield* [key(5), fixed(4, value.float)];
  else {
    const bytes = typeof value === 'string' ? utf8.encode(value) : value instanceof Uint8Array ? value : message(value as readonly Field[]);
    yield* [key(2), varint(bytes.length), bytes];
  }
}

/** One record: length, its checksum, payload, its checksum. */
export function record(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(payload.length), true);
  view.setInt32(8, maskedCrc32c(view, 0, 8), true);
  bytes.set(payload, 12);
  view.setInt32(12 + payload.length, maskedCrc32c(view, 12, 12 + payload.length), true);
  return bytes;
}

export interface Moment {
  readonly step?: number | bigint;
  /** Seconds since the epoch. */
  readonly at?: number;
}

const event = ({ step = 0, at = 1000 }: Moment, fields: readonly Field[]): Uint8Array =>
  record(message([[1, { double: at }], ...(step === 0 ? [] : [[2, { varint: step }] as const]), ...fields]));

export const version = (number = 2, at = 1000): Uint8Array => event({ at }, [[3, `brain.Event:${number}`]]);
export const scalar = (tag: string, value: number, when: Moment = {}): Uint8Array =>
  event(when, [
    [
      5,
      [
        [
          1,
          [
            [1, tag],
            [2, { float: value }],
          ],
        ],
      ],
    ],
  ]);
/** Several values in one event. */
export const summary = (values: readonly (readonly Field[])[], when: Moment = {}): Uint8Array => event(when, [[5, values.map((value): Field => [1, value])]]);
export const sessionStart = (step: number): Uint8Array => event({ step }, [[7, [[1, { varint: 1 }]]]]);

/** Metadata that name a plugin, with its content. */
export const plugin = (name: string, content: readonly Field[] = []): Field => [
  9,
  [
    [
      1,
      [
        [1, name],
        [2, content],
      ],
    ],
  ],
];
/** A tensor of one element: its data type and the field that holds the value. */
export const tensor = (dtype: number, value: Field, shape: readonly Field[] = []): Field => [8, [[1, { varint: dtype }], [2, shape], value]];

export const fileOf = (...records: readonly Uint8Array[]): Uint8Array => joinBytes(records);
