// Text logs of boosting: a line per round among others.

import { type Issue, issue } from '../../base/issues';
import { readLines } from '../../formats/lines';
import { decodeUtf8 } from '../../formats/text';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import type { HistoryWriter, RowKind } from './writer';

/** What one line tells. */
export interface Round {
  readonly iteration: number;
  readonly values: readonly (readonly [name: string, value: number])[];
}

/** What a format makes of a line; null for every other line. */
export type RoundOf = (line: string) => Round | null;

/** The first line of a round among the first bytes of a file, or null. Longer lines are looked at as far as they are there. */
export function headRound(head: Uint8Array, roundOf: RoundOf): Round | null {
  for (const line of decodeUtf8(head).text.split(/\r?\n/)) {
    const round = line.length > longestLine ? null : roundOf(line);
    if (round) return round;
  }
  return null;
}

/** A round of a thousand metrics. */
const longestLine = 64 * 1024;

/** Reads the rounds into the writer, other lines are passed over; trouble is returned. A last line without its line feed is left out. */
export async function readRounds(file: SourceFile, roundOf: RoundOf, writer: HistoryWriter, kind: RowKind | null, context: ReadContext): Promise<Issue[]> {
  const issues: Issue[] = [];
  const place = { file: file.path };
  let last = Number.NEGATIVE_INFINITY;
  let restart = 0;
  let rounds = 0;
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context)) {
      if (!complete && (lines.pop() ?? '').trim() !== '')
        issues.push(issue('truncated', `${file.name} ends in the middle of a line; that line was left out.`, place));
      for (const [at, line] of lines.entries()) {
        const round = line.length > longestLine ? null : roundOf(line);
        if (!round) continue;
        rounds++;
        if (round.iteration <= last && restart === 0) restart = firstLine + at;
        last = round.iteration;
        for (const [name, value] of round.values) writer.column('', name, kind).add(round.iteration, Number.NaN, value);
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, place));
  }
  if (rounds === 0) issues.push(issue('bad-record', `${file.name} holds no rounds any more.`, place));
  if (restart > 0) {
    const message = `Rounds of ${file.name} begin again: more than one training wrote into it.`;
    issues.push(issue('step-restart', message, { ...place, where: `line ${restart}`, tip: 'All rounds are kept as they stand.' }));
  }
  return issues;
}
