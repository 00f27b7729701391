// Cyclic redundancy checks of 32 bits by slicing-by-8, over bytes that a DataView covers: zlib's, and Castagnoli's as TFRecord stores it.

/**
 * A check over the bytes [start, end) of a view. `before` is the check of the bytes before them, to go on from.
 * Returns a signed 32-bit integer (use `>>> 0` to print it).
 */
export type Crc = (view: DataView, start: number, end: number, before?: number) => number;

/** @param polynomial reflected */
function crcOf(polynomial: number): Crc {
  /** Table k holds, for each byte, its effect k bytes further on. */
  const t0 = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  const further = (table: Int32Array): Int32Array => table.map((crc) => (crc >>> 8) ^ (t0[crc & 255] as number));
  const t1 = further(t0);
  const t2 = further(t1);
  const t3 = further(t2);
  const t4 = further(t3);
  const t5 = further(t4);
  const t6 = further(t5);
  const t7 = further(t6);

  return (view, start, end, before = 0) => {
    let crc = ~before;
    let at = start;
    for (; at + 8 <= end; at += 8) {
      const low = view.getInt32(at, true) ^ crc;
      const high = view.getInt32(at + 4, true);
      crc =
        (t7[low & 255] as number) ^
        (t6[(low >>> 8) & 255] as number) ^
        (t5[(low >>> 16) & 255] as number) ^
        (t4[low >>> 24] as number) ^
        (t3[high & 255] as number) ^
        (t2[(high >>> 8) & 255] as number) ^
        (t1[(high >>> 16) & 255] as number) ^
        (t0[high >>> 24] as number);
    }
    if (at + 4 <= end) {
      const word = view.getInt32(at, true) ^ crc;
      crc = (t3[word & 255] as number) ^ (t2[(word >>> 8) & 255] as number) ^ (t1[(word >>> 16) & 255] as number) ^ (t0[word >>> 24] as number);
      at += 4;
    }
    for (; at < end; at++) crc = (crc >>> 8) ^ (t0[(crc ^ view.getUint8(at)) & 255] as number);
    return ~crc;
  };
}

/** CRC-32 of IEEE 802.3, as zlib, gzip, zip and LevelDB's framing in W&B have it. */
export const crc32: Crc = crcOf(0xedb88320);

/** CRC-32C (Castagnoli). */
export const crc32c: Crc = crcOf(0x82f63b78);

/** The stored form of a CRC: rotated right by 15 bits, plus a constant, so that a CRC over data that holds CRCs stays strong. */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) | 0;
}

/** {@link crc32c}, masked: what stands behind a record's length and payload in event files. */
export function maskedCrc32c(view: DataView, start: number, end: number): number {
  return maskCrc(crc32c(view, start, end));
}
