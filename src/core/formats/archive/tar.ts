// tar: POSIX ustar with pax and GNU long names. Members are slices of the archive; nothing is unpacked ahead.

import { issue } from '../../base/issues';
import { paceOf } from '../../base/pace';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import type { ArchiveContext } from './archive';
import { archiveHolder, MemberTree } from './members';

const blockBytes = 512;
/** A long name or a set of pax records that is longer is damage. */
const longestExtra = 1024 * 1024;
const text = new TextDecoder();

interface Header {
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly type: string;
}

/** What pax records or GNU long names say of the member that follows. */
interface Override {
  path?: string;
  size?: number;
  modifiedMs?: number;
}

/**
 * The tar as a directory.
 * @param archive the file that was found; paths are named after it
 * @param tar the tar itself: the same file, or what is inside its .gz
 * @throws SourceError when it does not begin as a tar does
 */
export async function openTar(archive: SourceFile, tar: SourceFile, parent: SourceDir | null, context: ArchiveContext): Promise<SourceDir> {
  const tree = new MemberTree(archiveHolder(archive), parent, context);
  const pace = paceOf(context.signal);
  const tell = (code: 'truncated' | 'bad-record' | 'unsupported', message: string, at: number) =>
    context.issue(issue(code, message, { file: archive.path, where: `byte ${at}` }));
  let next: Override = {};
  try {
    for (let at = 0; at + blockBytes <= tar.size && !tree.full; ) {
      const header = parseHeader(await readExactly(tar, at, blockBytes));
      if (header === 'end') break;
      if (header === 'damaged') {
        if (at === 0) throw new SourceError('bad-record', `${archive.name} is no tar archive.`, archive.path);
        tell('bad-record', 'The archive is damaged; what comes before was read.', at);
        break;
      }
      const start = at + blockBytes;
      const size = next.size ?? header.size;
      if (start + size > tar.size) tell('truncated', 'The archive ends within a file; what comes before was read.', at);
      at = start + Math.ceil(size / blockBytes) * blockBytes;
      const over: Override = isExtra(header.type) ? await readExtra(tar, start, size, header.type) : {};
      if (header.type === '0' && start + size <= tar.size) {
        const read: SourceFile['read'] = (offset, length) => tar.read(start + offset, Math.max(0, Math.min(length, size - offset)));
        tree.add({ name: next.path ?? header.name, size, modifiedMs: next.modifiedMs ?? header.modifiedMs, read });
      } else if (header.type === 'S') {
        tell('unsupported', `A sparse file was left out: ${header.name}`, start - blockBytes);
      }
      next = isExtra(header.type) ? { ...next, ...over } : {};
      await pace.turn();
    }
  } finally {
    pace.close();
  }
  return tree.finish();
}

const isExtra = (type: string): boolean => type === 'x' || type === 'L';

/** Types: `0` a file, `x` pax records and `L` a GNU long name for the next member; others are directories, links, devices. */
function parseHeader(block: Uint8Array): Header | 'end' | 'damaged' {
  if (block.every((byte) => byte === 0)) return 'end';
  if (block.length < blockBytes || checksum(block) !== octal(block, 148, 8)) return 'damaged';
  const size = numberField(block, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0) return 'damaged';
  const ustar = text.decode(block.subarray(257, 262)) === 'ustar';
  const prefix = ustar && block[263] === 0x30 ? stringField(block, 345, 155) : '';
  const type = String.fromCharCode(block[156] as number);
  const name = stringField(block, 0, 100);
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size: type >= '1' && type <= '6' ? 0 : size,
    modifiedMs: numberField(block, 136, 12) * 1000,
    type: type === '\0' || type === '7' ? (name.endsWith('/') ? '5' : '0') : type,
  };
}

function checksum(block: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < blockBytes; i++) sum += i >= 148 && i < 156 ? 0x20 : (block[i] as number);
  return sum;
}

/** Octal digits, or (GNU) a big-endian binary number marked by the top bit. */
function numberField(block: Uint8Array, at: number, length: number): number {
  if (((block[at] as number) & 0x80) === 0) return octal(block, at, length);
  let value = (block[at] as number) & 0x7f;
  for (let i = 1; i < length; i++) value = value * 256 + (block[at + i] as number);
  return value;
}

const octal = (block: Uint8Array, at: number, length: number): number => Number.parseInt(stringField(block, at, length).trim() || '0', 8);

function stringField(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return text.decode(end < 0 ? field : field.subarray(0, end));
}

async function readExtra(tar: SourceFile, start: number, size: number, type: string): Promise<Override> {
  if (size > longestExtra) return {};
  const bytes = await readExactly(tar, start, size);
  if (type === 'L') return { path: stringField(bytes, 0, bytes.length) };
  return paxOverride(bytes);
}

/** Records `<length> <key>=<value>\n`, the length in bytes of the whole record. */
function paxOverride(bytes: Uint8Array): Override {
  const over: Override = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(text.decode(bytes.subarray(at, space)));
    if (!Number.isSafeInteger(length) || length <= space - at || at + length > bytes.length) break;
    const record = text.decode(bytes.subarray(space + 1, at + length - 1));
    const [key, value] = [record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1)];
    if (key === 'path') over.path = value;
    if (key === 'size' && /^\d{1,15}$/.test(value)) over.size = Number(value);
    if (key === 'mtime' && Number.isFinite(Number(value))) over.modifiedMs = Number(value) * 1000;
    at += length;
  }
  return over;
}
