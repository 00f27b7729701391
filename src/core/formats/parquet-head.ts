// The first bytes of a Parquet file, for probes that must not load its library.

/** Whether bytes begin a Parquet file. */
export const isParquet = (head: Uint8Array): boolean => head.length >= 4 && head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31;
