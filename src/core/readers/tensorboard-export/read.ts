// Reads the downloads of one folder: a file is one series, files of one run are one run.

import { type Issue, issue } from '../../base/issues';
import { readJsonFile } from '../../formats/json-file';
import { numberOf, parseNumber } from '../../formats/numbers';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { endDownloads } from '../_downloads/ending';
import { type Download, downloadsOf, placeOf } from '../_downloads/find';
import { readRows } from '../_downloads/table';
import { stemOf } from '../_history/find';
import { HistoryWriter } from '../_history/writer';
import type { ScalarFile } from './reader';

/** What the page names a series in its files. */
const unnamed = 'Value';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const path = placeOf(claim);
  const firsts = new Map<string, string>();
  const trouble: Issue[] = [];
  const writer = new HistoryWriter(context.limits.seriesPerRun, (run) => ({
    identity: { nativeId: null, within: run, head: new TextEncoder().encode(firsts.get(run) ?? '') },
    path,
    header: { name: run || null },
  }));
  for (const download of downloadsOf<ScalarFile>(claim)) {
    const { file } = download;
    const { run, tag } = namesOf(stemOf(file.name));
    let bad = 0;
    for await (const [wall, step, value] of pointsOf(download, trouble, context)) {
      if (value === null || step === null) {
        bad++;
        continue;
      }
      if (!firsts.has(run)) firsts.set(run, `${wall} ${step}`);
      // The same tag as CSV and as JSON: told apart by the file.
      writer.column(run, tag, { key: 'file', value: file.name }).add(step, wall === null ? Number.NaN : wall * 1000, value);
      yield* writer.drain();
    }
    writer.touch(run);
    if (bad > 0) writer.issue(issue('bad-value', `${bad} of the rows of ${file.name} ${bad === 1 ? 'is' : 'are'} no point.`, { file: file.path }), run);
  }
  yield* endDownloads(claim, writer, trouble, 'The download of TensorBoard');
};

/**
 * Run and tag by the file's name: `run-<run>-tag-<tag>` of older pages (browsers turn `/` into `_`), `<run>` of newer ones.
 * ` (1)` is what browsers add to a name that is taken.
 */
function namesOf(stem: string): { readonly run: string; readonly tag: string } {
  const name = stem.replace(/ ?\(\d+\)$/, '');
  const [, run, tag] = /^run[-_](.*)-tag-(.+)$/s.exec(name) ?? [];
  return tag === undefined ? { run: name, tag: unnamed } : { run: run ?? '', tag };
}

type Point = readonly [wall: number | null, step: number | null, value: number | null];

async function* pointsOf({ file, kind }: Download<ScalarFile>, trouble: Issue[], context: ReadContext): AsyncGenerator<Point> {
  if (kind.kind === 'csv') {
    for await (const row of readRows({ file, dialect: kind.dialect }, context, trouble))
      yield [parseNumber(row.cell(0)), parseNumber(row.cell(1)), parseNumber(row.cell(2))];
    return;
  }
  const { value, issues } = await readJsonFile(file, context);
  trouble.push(...issues);
  for (const point of Array.isArray(value) ? value : [])
    yield Array.isArray(point) && point.length === 3 ? [numberOf(point[0]), numberOf(point[1]), numberOf(point[2])] : [null, null, null];
}
