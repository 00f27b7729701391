// monitor.csv: one row per episode, behind a first line that tells when and what.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import { parseNumber } from '../../formats/numbers';
import { decodeUtf8 } from '../../formats/text';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import type { HistoryWriter } from '../_history/writer';

/** Seconds since `t_start`. */
const timeColumn = 't';

export interface MonitorHead {
  /** Seconds since the epoch. */
  readonly startSeconds: number;
  readonly startedMs: number;
  readonly environment: string | null;
  readonly line: string;
}

/** The first line: `#{"t_start": 1795424022.38, "env_id": "CartPole-v1"}`. Null where it is another. */
export function monitorHeadOf(head: Uint8Array): MonitorHead | null {
  const line = (decodeUtf8(head).text.split('\n', 1)[0] ?? '').trim();
  const value = jsonOf(line.replace(/^#/, ''));
  if (!line.startsWith('#') || !isObject(value) || typeof value.t_start !== 'number') return null;
  return {
    startSeconds: value.t_start,
    startedMs: value.t_start * 1000,
    environment: typeof value.env_id === 'string' && value.env_id !== 'None' ? value.env_id : null,
    line,
  };
}

function jsonOf(text: string): Value {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/** Reads the episodes of one file as series of their own, told apart by the file's name; trouble is returned. */
export async function readMonitor(file: SourceFile, head: MonitorHead | null, writer: HistoryWriter, context: ReadContext): Promise<Issue[]> {
  const kind = { key: 'file', value: file.name, always: true } as const;
  const place = { file: file.path };
  const issues: Issue[] = head
    ? []
    : [issue('bad-record', `The first line of ${file.name} is damaged: its episodes have no times.`, { ...place, where: 'line 1' })];
  let columns: readonly string[] | null = null;
  const bad = { count: 0, line: 0 };
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context)) {
      if (!complete && lines.pop() !== '') issues.push(issue('truncated', `${file.name} ends in the middle of a row; that row was left out.`, place));
      for (const [at, line] of lines.entries()) {
        if (line === '' || line.startsWith('#')) continue;
        const cells = line.split(',');
        if (columns === null) columns = cells;
        else if (cells.length === columns.length) addEpisode(columns, cells, head);
        else if (bad.count++ === 0) bad.line = firstLine + at;
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, place));
  }
  if (bad.count > 0)
    issues.push(issue('bad-record', `Rows of ${file.name} with other cells than its header: ${bad.count}.`, { ...place, where: `line ${bad.line}` }));
  return issues;

  function addEpisode(names: readonly string[], cells: readonly string[], start: MonitorHead | null): void {
    const seconds = parseNumber(cells[names.indexOf(timeColumn)] ?? '');
    const time = start && seconds !== null ? (start.startSeconds + seconds) * 1000 : Number.NaN;
    for (const [at, name] of names.entries()) {
      const value = name === timeColumn ? null : parseNumber(cells[at] ?? '');
      if (value !== null) writer.column('', name, kind).add(Number.NaN, time, value);
    }
  }
}
