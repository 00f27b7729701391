// Writes protobuf messages, plainly: what the walker must read back.

export interface FieldSpec {
  readonly field: number;
  readonly type: 'varint' | 'fixed64' | 'fixed32' | 'bytes';
  /** For fixed64 a double, for fixed32 a float. */
  readonly value: bigint | number | string | Uint8Array;
}

const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  bytes.push(Number(left));
  return bytes;
}

export function message(...fields: readonly FieldSpec[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (const { field, type, value } of fields) {
    bytes.push(...varint(BigInt(field * 8 + wireTypes[type])));
    if (type === 'varint') bytes.push(...varint(BigInt(value as bigint | number)));
    else if (type === 'bytes') {
      const payload = typeof value === 'string' ? new TextEncoder().encode(value) : (value as Uint8Array);
      bytes.push(...varint(BigInt(payload.length)), ...payload);
    } else {
      const view = new DataView(new ArrayBuffer(type === 'fixed64' ? 8 : 4));
      if (type === 'fixed64') view.setFloat64(0, Number(value), true);
      else view.setFloat32(0, Number(value), true);
      bytes.push(...new Uint8Array(view.buffer));
    }
  }
  return Uint8Array.from(bytes);
}

export const bytesField = (field: number, value: string | Uint8Array): FieldSpec => ({ field, type: 'bytes', value });
export const intField = (field: number, value: bigint | number): FieldSpec => ({ field, type: 'varint', value });
