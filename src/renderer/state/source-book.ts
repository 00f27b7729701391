// What the page remembers of the sources that it read: which they are, how they stood, and what each claim of them gave.

import type { ClaimMark } from '../../core/ingest/contract';
import type { SourceRef } from '../../wire/host-api';
import type { AppStore } from '../storage/contract';

/** A source as it was read last. */
export interface SourceRecord {
  readonly ref: SourceRef;
  /** Of its files before it was read; null where that is not known. */
  readonly fingerprint: string | null;
  readonly readAtMs: number;
  /** It was followed when the page was left. */
  readonly followed: boolean;
}

/** Key of a claim → what it gave. */
export type ClaimBook = Readonly<Record<string, ClaimMark>>;

const listKey = 'sources';
const claimsKey = (source: string): string => `claims:${source}`;

type Settings = Pick<AppStore, 'setting' | 'putSetting'>;

export async function loadSources(storage: Settings): Promise<readonly SourceRecord[]> {
  const stored = await storage.setting(listKey);
  return Array.isArray(stored) ? stored.filter(isRecord) : [];
}

export const saveSources = (storage: Settings, records: readonly SourceRecord[]): Promise<void> => storage.putSetting(listKey, records);

export async function loadClaims(storage: Settings, source: string): Promise<ClaimBook> {
  const stored = await storage.setting(claimsKey(source));
  return typeof stored === 'object' && stored !== null ? (stored as ClaimBook) : {};
}

export const saveClaims = (storage: Settings, source: string, book: ClaimBook): Promise<void> => storage.putSetting(claimsKey(source), book);

/** Marks to hand to the host, so that it leaves out what has not changed. */
export const marksOf = (book: ClaimBook, wanted: (claim: ClaimMark) => boolean): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(book).flatMap(([key, claim]) => (claim.mark !== '' && wanted(claim) ? [[key, claim.mark]] : [])));

function isRecord(value: unknown): value is SourceRecord {
  const record = value as Partial<SourceRecord> | null;
  return typeof record?.ref?.id === 'string' && typeof record.ref.label === 'string' && typeof record.readAtMs === 'number';
}
