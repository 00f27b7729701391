// What an S3-compatible service answers: pages of a list, and the words of a refusal.
import type { XmlElement } from '@rgrove/parse-xml';

/** An object as a list tells of it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedMs: number | null;
  /** Changes when the object is written anew; null where the service tells none. */
  readonly etag: string | null;
}

export interface ListPage {
  readonly objects: readonly ListedObject[];
  /** Keys that are no text. */
  readonly unreadable: number;
  readonly more: boolean;
  /** Where the next page begins, where the service says so. */
  readonly token: string | null;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The region that the bucket lies in, where the service says so. */
  readonly region: string | null;
}

const text = new TextDecoder();

/** Null where it is no list of objects. */
export async function listPage(bytes: Uint8Array): Promise<ListPage | null> {
  const root = await rootOf(bytes);
  if (root?.name !== 'ListBucketResult') return null;
  const isEncoded = textIn(root, 'EncodingType') === 'url';
  const objects: ListedObject[] = [];
  let unreadable = 0;
  for (const entry of elements(root)) {
    if (entry.name !== 'Contents') continue;
    const written = textIn(entry, 'Key') ?? '';
    const key = isEncoded ? decoded(written) : written;
    const size = Number(textIn(entry, 'Size'));
    if (key === null || !Number.isSafeInteger(size) || size < 0) unreadable++;
    else objects.push({ key, size, modifiedMs: timeOf(textIn(entry, 'LastModified')), etag: textIn(entry, 'ETag') || null });
  }
  return { objects, unreadable, more: textIn(root, 'IsTruncated') === 'true', token: textIn(root, 'NextContinuationToken') || null };
}

/** Null where it is none: a page of something that stands in between. */
export async function refusalOf(bytes: Uint8Array): Promise<Refusal | null> {
  const root = await rootOf(bytes);
  if (root?.name !== 'Error') return null;
  return { code: textIn(root, 'Code') ?? '', message: textIn(root, 'Message') ?? '', region: textIn(root, 'Region') };
}

async function rootOf(bytes: Uint8Array): Promise<XmlElement | null> {
  const { parseXml } = await import('@rgrove/parse-xml');
  try {
    return parseXml(text.decode(bytes)).root;
  } catch {
    return null;
  }
}

const elements = (of: XmlElement): readonly XmlElement[] => of.children.filter((child): child is XmlElement => child.type === 'element');

const textIn = (of: XmlElement, name: string): string | null => elements(of).find((child) => child.name === name)?.text ?? null;

/** Keys may hold what XML cannot: they are asked for as in a form, with + for a blank. */
function decoded(written: string): string | null {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function timeOf(written: string | null): number | null {
  const ms = written === null ? Number.NaN : Date.parse(written);
  return Number.isNaN(ms) ? null : ms;
}
