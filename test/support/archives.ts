// Archives made by hand, so that tests can make them wrong too.
import { deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly deflate?: boolean;
  readonly encrypted?: boolean;
  /** Unix mode with file type, e.g. 0o120777 for a link. */
  readonly mode?: number;
  readonly method?: number;
  /** The size that the directory claims. */
  readonly claims?: number;
  readonly zip64?: boolean;
}

const bytesOf = (data: Uint8Array | string = ''): Buffer => Buffer.from(data as string);

/** A zip with what `members` say, true or not. `prefix` bytes come before it, as in a self-extracting archive. */
export function zipOf(members: readonly ZipMember[], { prefix = '', zip64 = false, comment = '' } = {}): Uint8Array {
  const parts: Buffer[] = [Buffer.from(prefix)];
  const central: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const raw = bytesOf(member.data);
    const packed = member.deflate ? deflateRawSync(raw) : raw;
    const method = member.method ?? (member.deflate ? 8 : 0);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(3, 28);
    parts.push(local, name, Buffer.from('xyz'), packed);
    central.push(centralEntry(member, name, method, packed.length, member.claims ?? raw.length, at));
    at += 30 + name.length + 3 + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : members.length, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Uint8Array(Buffer.concat([...parts, directory, ...(zip64 ? [end64(members.length, directory.length, at)] : []), end, Buffer.from(comment)]));
}

function centralEntry(member: ZipMember, name: Buffer, method: number, packed: number, size: number, at: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt8(3, 5);
  entry.writeUInt16LE((member.encrypted ? 1 : 0) | (1 << 11), 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt16LE(0x5821, 14);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 38);
  if (!member.zip64) {
    entry.writeUInt32LE(packed, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt32LE(at, 42);
    return Buffer.concat([entry, name]);
  }
  const extra = Buffer.alloc(4 + 24);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  for (const [i, number] of [size, packed, at].entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * i);
  for (const field of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, field);
  entry.writeUInt16LE(extra.length, 30);
  return Buffer.concat([entry, name, extra]);
}

function end64(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(start + size), 64);
  return end;
}

export interface TarMember {
  readonly name: string;
  readonly data?: string;
  readonly type?: string;
}

/** A ustar archive; a name longer than 100 bytes must come by a member of type `x` or `L` before it. */
export function tarOf(members: readonly TarMember[]): Uint8Array {
  const parts: Buffer[] = [];
  for (const { name, data = '', type = '0' } of members) {
    const body = Buffer.from(data);
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0);
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('14000000000\0', 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    parts.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  }
  return new Uint8Array(Buffer.concat([...parts, Buffer.alloc(1024)]));
}
