// Exact values of Parquet's richer types: the library rounds decimals twice and cuts times to milliseconds.

import type { SchemaElement } from 'hyparquet';
import type { ParquetCell } from './parquet';

export type Convert = (cell: ParquetCell | Uint8Array) => ParquetCell;

/** Below this, float64 tells all decimals of six places apart. */
const surelyExact = 2 ** 32;

/**
 * What turns stored cells into values, by top-level column. Takes the types that it cares for out of the schema, so that the
 * library leaves those cells as they are.
 */
export function converters(schema: SchemaElement[]): ReadonlyMap<string, Convert> {
  const found = new Map<string, Convert>();
  for (const element of schema) {
    const convert = converterOf(element);
    if (!convert) continue;
    found.set(element.name, convert);
    delete element.converted_type;
    delete element.logical_type;
  }
  return found;
}

function converterOf({ type, converted_type: converted, logical_type: logical, scale = 0 }: SchemaElement): Convert | null {
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimalOf(logical?.type === 'DECIMAL' ? logical.scale : scale);
  if (converted === 'TIMESTAMP_MILLIS') return timeOf(1);
  if (converted === 'TIMESTAMP_MICROS') return timeOf(1000);
  if (logical?.type === 'TIMESTAMP') return timeOf(logical.unit === 'NANOS' ? 1_000_000 : logical.unit === 'MICROS' ? 1000 : 1);
  return type === 'INT64' && !converted && !logical ? exactInteger : null;
}

/** An int64: a number where float64 holds it for sure. */
const exactInteger: Convert = (cell) => {
  if (typeof cell !== 'bigint') return cell instanceof Uint8Array ? null : cell;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : cell;
};

const timeOf =
  (perMs: number): Convert =>
  (cell) => {
    const ticks = typeof cell === 'bigint' || typeof cell === 'number' ? Number(cell) : null;
    return ticks === null ? null : ticks / perMs;
  };

/** Big-endian two's complement, or an integer, times 10^−scale. */
function decimalOf(scale: number): Convert {
  const places = scale >= 0 && scale <= 38 ? scale : 0;
  return (cell) => {
    const unscaled = cell instanceof Uint8Array ? unscaledOf(cell) : typeof cell === 'bigint' || typeof cell === 'number' ? cell : null;
    if (unscaled === null) return null;
    const rounded = Number(unscaled);
    // One division of two exact numbers is the float64 nearest to the decimal, as long as the power of ten is exact too.
    if (places <= 6 && Number.isSafeInteger(rounded) && Math.abs(rounded / 10 ** places) < surelyExact) return rounded / 10 ** places;
    const text = decimalText(BigInt(unscaled), places);
    const number = Number(text);
    return places <= 20 && trimmed(number.toFixed(places)) === text ? number : text;
  };
}

function unscaledOf(bytes: Uint8Array): number | bigint {
  if (bytes.length === 8) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    const number = view.getInt32(0) * 2 ** 32 + view.getUint32(4);
    return Number.isSafeInteger(number) ? number : view.getBigInt64(0);
  }
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(Math.max(1, bytes.length * 8), value);
}

function decimalText(unscaled: bigint, places: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return (unscaled < 0n ? '-' : '') + (places === 0 ? whole : trimmed(`${whole}.${digits.slice(-places)}`));
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
