// The first bytes of a transaction log.

/** `:W&B`, a magic number and the format's version; the same since 0.12. */
const magic: readonly number[] = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];

export const magicBytes = magic.length;

export const isLog = (head: Uint8Array): boolean => head.length >= magicBytes && magic.every((byte, at) => head[at] === byte);
