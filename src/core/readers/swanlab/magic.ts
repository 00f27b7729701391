// The first bytes of SwanLab's framed logs.

/** `:SWL` and a magic number; the version follows. */
const magic: readonly number[] = [0x3a, 0x53, 0x57, 0x4c, 0xd6, 0xe1];

/** Length of the header: the magic bytes and the version. */
export const headerBytes = magic.length + 1;

/** 1 where records are JSON, 2 where they are protobuf; null where it is no log. */
export function logVersion(head: Uint8Array): number | null {
  return head.length >= headerBytes && magic.every((byte, at) => head[at] === byte) ? (head[magic.length] ?? null) : null;
}
