// Rows of `run.history()` or `run.scan_history()`, as pandas writes them.

import { isMissing } from '../../formats/csv';
import { parseNumber } from '../../formats/numbers';
import type { RunEvent } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { readRows } from '../_downloads/table';
import { isIndexName } from '../_history/columns';
import { historyRunColumns } from './columns';
import type { WandbRuns } from './read';
import type { WandbFile } from './runs';

export async function* readHistory({ file, dialect }: WandbFile, runs: WandbRuns, context: ReadContext): AsyncGenerator<RunEvent> {
  const place = (name: string) => dialect.columns.indexOf(name);
  const [stepAt, timeAt] = [place('_step'), place('_timestamp')];
  const runAt = historyRunColumns.map(place).find((at) => at >= 0) ?? -1;
  // W&B's own columns begin with a line; the rest is what was logged.
  const logged = [...dialect.columns.entries()].filter(([at, name]) => at !== runAt && !name.startsWith('_') && !isIndexName(name));
  const texts = new Map<string, Record<string, string>>();
  for await (const row of readRows({ file, dialect }, context, runs.trouble)) {
    const name = runAt < 0 ? null : row.cell(runAt);
    const id = dialect.columns[runAt] === 'run_id' ? name : null;
    const first = logged.map(([at]) => row.cell(at)).join('\0');
    const key = runs.begin(`${file.path}\0${name ?? ''}`, id === null ? name : null, id, `${row.cell(stepAt)}\0${row.cell(timeAt)}\0${first}`, file.path);
    const seconds = parseNumber(row.cell(timeAt));
    const step = parseNumber(row.cell(stepAt)) ?? Number.NaN;
    for (const [at, column] of logged) {
      const text = row.cell(at);
      const value = isMissing(text) ? null : (parseNumber(text) ?? switches.get(text));
      if (typeof value === 'number') runs.writer.column(key, column).add(step, seconds === null ? Number.NaN : seconds * 1000, value);
      else if (value === undefined && !text.startsWith('{')) texts.set(key, { ...texts.get(key), [column]: text });
    }
    yield* runs.writer.drain();
  }
  for (const [key, last] of texts) runs.writer.summary(key, last);
}

const switches: ReadonlyMap<string, number> = new Map([
  ['True', 1],
  ['False', 0],
]);
