// Dumps of curves: a JSON file that maps names to lists of numbers, one per epoch or iteration.

import { issue } from '../../base/issues';
import { readExactly } from '../../formats/bytes';
import { readJsonFile } from '../../formats/json-file';
import { numberOf } from '../../formats/numbers';
import type { RunEvent } from '../../model/events';
import type { Value } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { Found } from './find';
import { type RoundOf, readRounds } from './round-logs';
import { finishRuns, startOf } from './runs';
import { HistoryWriter } from './writer';

const headBytes = 64 * 1024;

/** One curve; its steps are the positions in the list. */
export interface ListedCurve {
  readonly name: string;
  readonly items: readonly Value[];
  /** False where an item's position is not its step. */
  readonly stepped: boolean;
}

/** The number of an item, where it is one that a curve can hold: switches are no measurements. */
export const itemNumber = (value: Value): number | null => (typeof value === 'boolean' ? null : numberOf(value));

/** True for a list of at least one number; `null` may stand where a value is missing. */
export const isCurve = (value: Value | undefined): value is readonly Value[] =>
  Array.isArray(value) && value.some((item) => itemNumber(item) !== null) && value.every((item) => item === null || itemNumber(item) !== null);

/** Values that were float32 before they were written: widened, they have 17 digits and are still exact in 24 bits. */
export const wereFloat32 = (values: readonly (number | null)[]): boolean => values.every((value) => value === null || Object.is(Math.fround(value), value));

/**
 * Reads the claimed dumps. `curvesOf` is what the format makes of a file's value: null where it is none any more; `roundOf` what it makes of a
 * line, where it has text logs too.
 */
export function readCurves(
  curvesOf: (value: Value) => { readonly curves: readonly ListedCurve[]; readonly notes: readonly string[] } | null,
  roundOf: RoundOf | null = null,
): Read {
  return async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
    const found = claim.note as Found;
    const heads = await Promise.all(found.logs.map((file) => readExactly(file, 0, headBytes, context.signal)));
    const writer = new HistoryWriter(context.limits.seriesPerRun, startOf(found, heads, false));
    writer.touch('');
    for (const file of found.logs) {
      const kind = found.logs.length > 1 ? { key: 'file', value: file.name } : null;
      if (roundOf && !/\.json$/i.test(file.name)) {
        for (const one of await readRounds(file, roundOf, writer, kind, context)) writer.issue(one);
        yield* writer.drain();
        continue;
      }
      const { value, issues } = await readJsonFile(file, context);
      for (const one of issues) writer.issue(one);
      const read = value === undefined ? null : curvesOf(value);
      if (!read && issues.length === 0) writer.issue(issue('bad-record', `${file.name} holds no curves any more.`, { file: file.path }));
      for (const note of read?.notes ?? []) writer.issue(issue('bad-value', note, { file: file.path, severity: 'note' }));
      for (const { name, items, stepped } of read?.curves ?? []) {
        const column = writer.column('', name, kind);
        items.forEach((item, at) => {
          const number = itemNumber(item);
          if (number !== null) column.add(stepped ? at : Number.NaN, Number.NaN, number);
        });
      }
      yield* writer.drain();
    }
    yield* finishRuns(found, claim, writer, context);
  };
}
