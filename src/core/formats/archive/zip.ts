// zip, by its central directory: any member can be read without those before it. zip64, stored and deflated members.

import { Inflate } from 'fflate';
import { issue } from '../../base/issues';
import { paceOf } from '../../base/pace';
import { type SourceDir, SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import type { ArchiveContext } from './archive';
import { archiveHolder, MemberTree } from './members';
import { type Unpacker, unpackedReader } from './unpacked';
import { type CentralEntry, centralEntries, findDirectory } from './zip-directory';

const localHeaderBytes = 30;
const localSignature = 0x04034b50;

/**
 * The zip as a directory.
 * @throws SourceError when its directory cannot be found or is damaged
 */
export async function openZip(file: SourceFile, parent: SourceDir | null, context: ArchiveContext): Promise<SourceDir> {
  const directory = await findDirectory(file);
  if (directory.size > context.limits.wholeFileBytes) {
    throw new SourceError('too-large', `The list of files in ${file.name} is too long (limit wholeFileBytes).`, file.path);
  }
  const tree = new MemberTree(archiveHolder(file), parent, context);
  const pace = paceOf(context.signal);
  const encrypted: string[] = [];
  let packed = 0;
  try {
    for (const entry of centralEntries(await readExactly(file, directory.start, directory.size, context.signal), directory.shift, file)) {
      if (tree.full) break;
      packed += entry.packedSize;
      // Members that share bytes are how a small zip claims to be a huge one.
      if (packed > file.size) throw new SourceError('bad-record', `${file.name} claims to hold more packed bytes than it has.`, file.path);
      if (entry.encrypted) encrypted.push(entry.name);
      else addMember(entry, file, tree, context);
      await pace.turn();
    }
  } finally {
    pace.close();
  }
  if (encrypted.length > 0)
    context.issue(issue('encrypted', `${encrypted.length} files in the archive are encrypted, first ${encrypted[0]}.`, { file: file.path }));
  return tree.finish();
}

function addMember(entry: CentralEntry, file: SourceFile, tree: MemberTree, context: ArchiveContext): void {
  if (entry.name.endsWith('/')) return;
  const refused = refusal(entry, context.limits.archiveRatio);
  if (refused) {
    context.issue(issue(...refused, { file: file.path }));
    return;
  }
  const shown = `${file.path}!${entry.name}`;
  const start = once(() => dataStart(file, entry, shown));
  const stored: SourceFile['read'] = async (offset, length) => file.read((await start()) + offset, Math.max(0, Math.min(length, entry.size - offset)));
  const read = entry.method === 0 ? stored : unpackedReader({ file, start, packedSize: entry.packedSize, size: entry.size, unpacker: inflateUnpacker, shown });
  tree.add({ name: entry.name, size: entry.size, modifiedMs: entry.modifiedMs, read });
}

/** Why a member is left out, or null. */
function refusal({ name, link, method, size, packedSize }: CentralEntry, ratio: number): ['outside-folder' | 'unsupported' | 'too-large', string] | null {
  if (link) return ['outside-folder', `A link in the archive was not followed: ${name}`];
  if (method !== 0 && method !== 8) return ['unsupported', `${name} is packed by method ${method}, which is not read.`];
  if (method === 0 && size !== packedSize) return ['too-large', `${name} is not packed and yet has two sizes.`];
  if (size > packedSize * ratio) return ['too-large', `${name} unpacks to more than ${ratio} times its size (limit archiveRatio).`];
  return null;
}

/** Where the bytes of a member begin: its local header may be longer than the directory says. */
async function dataStart(file: SourceFile, { headerAt }: CentralEntry, shown: string): Promise<number> {
  const header = await readExactly(file, headerAt, localHeaderBytes);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < localHeaderBytes || view.getUint32(0, true) !== localSignature) {
    throw new SourceError('bad-record', `${shown} is not where the archive says.`, shown);
  }
  return headerAt + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
}

const inflateUnpacker = (): Unpacker => {
  let out: Uint8Array[] = [];
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  return (packed, last) => {
    out = [];
    inflate.push(packed, last);
    return out;
  };
};

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}
