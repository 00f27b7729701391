// The two kinds of file that RocksDB writes in records: write-ahead logs and the MANIFEST. What is wrong with one is told here.

import { type Issue, issue } from '../../base/issues';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { maskedCrc32c } from '../crc';
import { LevelDbLog, type LogDamage } from '../leveldb-log';
import type { LoggedEntry } from './cursor';
import type { Tombstone } from './tombstones';
import { parseBatch } from './write-batch';

export type StoreContext = Pick<ReadContext, 'limits' | 'signal' | 'progress'>;

export const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/**
 * Hands over the records of a file. What is damaged is told in `issues`; only a cancel is thrown.
 * @param take gets a record in memory of its own, and may throw SyntaxError to refuse it
 * @param number of the log, where its chunks may name it
 * @returns whether nothing is missing
 */
export async function readRecords(
  file: SourceFile,
  context: StoreContext,
  issues: Issue[],
  take: (record: Uint8Array<ArrayBuffer>) => void,
  number?: number,
): Promise<boolean> {
  const told = issues.length;
  if (file.size > context.limits.wholeFileBytes) {
    const message = `${file.name} has ${file.size} bytes; the limit for a file read whole is ${context.limits.wholeFileBytes}.`;
    issues.push(issue('too-large', message, { file: file.path }));
    return false;
  }
  let refused = 0;
  const log: LevelDbLog = new LevelDbLog(
    file,
    context,
    {
      record(bytes, _, start, end) {
        try {
          take(bytes.slice(start, end));
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          if (refused++ === 0)
            issues.push(issue('bad-record', `A record cannot be read: ${error.message}.`, { file: file.path, where: `byte ${log.recordAt}` }));
        }
      },
    },
    { headerBytes: 0, check: maskedCrc32c, ...(number === undefined ? {} : { number }) },
  );
  try {
    while (await log.next());
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
  }
  issues.push(...damageIssues(file, log.damage));
  return issues.length === told;
}

function* damageIssues(file: SourceFile, damage: LogDamage): Generator<Issue> {
  const place = (at: number) => ({ file: file.path, where: `byte ${at}` });
  const { bad, firstBad, tooLarge, firstTooLarge, truncatedAt } = damage;
  if (bad > 0) yield issue('bad-record', `The log is damaged in ${counted(bad, 'place')}; what was written there is missing.`, place(firstBad));
  if (tooLarge > 0)
    yield issue('too-large', `${counted(tooLarge, 'record')} of the log ${tooLarge === 1 ? 'is' : 'are'} larger than the limit.`, place(firstTooLarge));
  if (truncatedAt >= 0) yield issue('truncated', 'The log ends in the middle of a record.', place(truncatedAt));
}

export interface Logged {
  readonly entries: readonly LoggedEntry[];
  readonly tombstones: readonly Tombstone[];
}

/** What was written and not yet made a table of, by one write-ahead log: for a killed writer that may be all there is. */
export async function readLog(file: SourceFile, number: number, context: StoreContext, issues: Issue[]): Promise<Logged> {
  const entries: LoggedEntry[] = [];
  const tombstones: Tombstone[] = [];
  const unsupported = new Set<string>();
  const take = (record: Uint8Array<ArrayBuffer>): void => {
    const batch = parseBatch(record);
    for (const entry of batch.entries) entries.push(entry);
    for (const tombstone of batch.tombstones) tombstones.push(tombstone);
    for (const what of batch.unsupported) unsupported.add(what);
  };
  await readRecords(file, context, issues, take, number);
  for (const what of unsupported) issues.push(issue('unsupported', `The log holds ${what}, which cannot be read.`, { file: file.path }));
  return { entries, tombstones };
}
