// The end of reading downloads: what was gathered, and what was wrong with files that many runs share.

import { type Issue, issue } from '../../base/issues';
import type { RunEvent } from '../../model/events';
import type { Claim } from '../../source/reader';
import type { HistoryWriter } from '../_history/writer';

/**
 * Everything that the writer holds, and the ends of its runs. Trouble of a table stands with its run if it has just one, else by itself:
 * thousands of runs do not repeat it.
 * @param what the tables are, for the issue that they have no runs
 */
export function* endDownloads(claim: Claim, writer: HistoryWriter, trouble: readonly Issue[], what: string): Generator<RunEvent> {
  const keys = writer.names.map((name) => writer.touch(name));
  const [only] = keys.length === 1 ? keys : [];
  yield* writer.flush();
  for (const one of trouble) yield only === undefined ? { kind: 'issue', issue: one } : { kind: 'issue', run: only, issue: one };
  for (const run of keys) yield { kind: 'end', run };
  if (keys.length === 0 && trouble.length === 0) yield { kind: 'issue', issue: issue('empty', `${what} has no runs yet.`, { file: claim.files[0]!.path }) };
}
