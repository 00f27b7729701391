// All objects below a prefix, page by page, as a tree. Keys come from strangers: none leads out of it.
import { MemberTree } from '../../core/formats/archive/members';
import type { ScanContext } from '../../core/ingest/contract';
import { HttpError } from '../../core/source/http';
import { type SourceDir, SourceError, type SourceFile, type SourceTree } from '../../core/source/source';
import { addressText, type BucketAddress } from './address';
import type { ListedObject, ListPage } from './answers';
import type { BucketClient } from './client';

/** Pages that tell of no object: a service that goes on so goes on for ever. */
const mostEmptyPages = 1000;
/** Objects that are looked at beside one that was named. */
const mostBeside = 1000;

export type ReadObject = (index: number, offset: number, length: number) => ReturnType<SourceFile['read']>;

export interface Listed {
  readonly tree: SourceTree;
  /** In the order of the list; a file's number among them is what it is read by. */
  readonly objects: readonly ListedObject[];
}

/**
 * What lies at an address: the folder, or the one object of that name with those beside it that belong to it by name (`mlflow.db-wal`).
 * @throws SourceError `missing-file` where there is neither; HttpError
 */
export async function listBucket(client: BucketClient, address: BucketAddress, context: ScanContext, read: ReadObject): Promise<Listed> {
  const { prefix, bucket, isFolder } = address;
  const name = prefix.slice(prefix.lastIndexOf('/') + 1) || bucket;
  const below = prefix === '' ? '' : `${prefix}/`;
  const tree = new MemberTree({ name, path: '.', joint: '', noun: 'bucket' }, null, { ...context });
  const objects: ListedObject[] = [];
  let found = 0;
  let unreadable = 0;
  for await (const page of pages(client, below, context.signal)) {
    found += page.objects.length;
    unreadable += page.unreadable;
    for (const object of page.objects) add(object, below, objects, tree, read);
    context.progress(tree.count);
    if (tree.full) break;
  }
  if (unreadable > 0) tree.tell('bad-record', `The service lists ${unreadable} objects that it tells no key or size of; they were left out.`);
  if (found > 0 || prefix === '') return { tree: { root: tree.finish(), named: null }, objects };
  const one = isFolder ? null : await namedObject(client, address, context.signal, read);
  if (one) return one;
  throw new SourceError('missing-file', `There is nothing at ${addressText(address)}.`, addressText(address));
}

function add(object: ListedObject, below: string, objects: ListedObject[], tree: MemberTree, read: ReadObject): void {
  const { key, size, modifiedMs, etag } = object;
  const name = key.slice(below.length);
  // Programs that show a bucket as folders make an empty object for each.
  if (key === below || (name.endsWith('/') && size === 0)) return;
  if (!key.startsWith(below)) tree.tell('bad-record', `The service lists a key that was not asked for: ${key}`);
  else if (name.endsWith('/')) tree.tell('unsupported', `An object with the name of a folder was left out: ${name}`);
  // Such a part gets lost in the address of the object, which would then be another one.
  else if (name.split('/').includes('.')) tree.tell('unsupported', `A key with the part "." cannot be asked for: ${name}`);
  else {
    const index = objects.length;
    objects.push(object);
    tree.add({ name, size, modifiedMs, ...(etag === null ? {} : { version: etag }), read: (offset, length) => read(index, offset, length) });
  }
}

type From = { readonly token: string } | { readonly after: string };

/** Objects below a prefix, page by page. @throws HttpError */
export async function* pages(client: BucketClient, prefix: string, signal: AbortSignal): AsyncGenerator<ListPage> {
  const place = addressText(client.access.address);
  let from: From | null = null;
  let last = '';
  let empty = 0;
  for (;;) {
    const page: ListPage = await client.list(prefix, from, signal);
    yield page;
    if (!page.more) return;
    const end = page.objects.at(-1)?.key ?? last;
    empty = page.objects.length > 0 ? 0 : empty + 1;
    const next: From = page.token === null ? { after: end } : { token: page.token };
    const goesOn = page.token === null ? end > last || last === '' : !(from && 'token' in from && from.token === page.token);
    if (!goesOn || empty > mostEmptyPages) throw new HttpError('bad-answer', 'The service begins its list again and again.', place);
    last = end;
    from = next;
  }
}

/** Whether there is an object or a folder of that name; a whole bucket may be empty. @throws HttpError */
export async function isThere(client: BucketClient, { prefix, isFolder }: BucketAddress, signal: AbortSignal): Promise<boolean> {
  const below = await client.list(prefix === '' ? '' : `${prefix}/`, null, signal);
  if (below.objects.length > 0 || prefix === '') return true;
  return !isFolder && (await client.list(prefix, null, signal)).objects[0]?.key === prefix;
}

async function namedObject(client: BucketClient, { prefix }: BucketAddress, signal: AbortSignal, read: ReadObject): Promise<Listed | null> {
  const { objects } = await client.list(prefix, null, signal);
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const beside = objects.filter(({ key }) => key === prefix || (key.startsWith(`${prefix}-`) && !key.slice(prefix.length).includes('/'))).slice(0, mostBeside);
  if (beside[0]?.key !== prefix) return null;
  const files = new Map(
    beside.map(({ key, size, modifiedMs, etag }, index): [string, SourceFile] => {
      const name = key.slice(folder.length);
      const version = etag === null ? {} : { version: etag };
      return [name, { name, path: name, size, modifiedMs, ...version, read: (offset, length) => read(index, offset, length) }];
    }),
  );
  const root: SourceDir = { name: folder.split('/').at(-2) ?? '', path: '.', parent: null, dirs: new Map(), files };
  return { tree: { root, named: files.get(prefix.slice(folder.length)) ?? null }, objects: beside };
}
