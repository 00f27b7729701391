// Rows of scalars: those of training, those of validation, and what MMCV wrote before the first of them.

import type { Issue } from '../../base/issues';
import { flatten, isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import type { HistoryWriter, RowKind } from '../_history/writer';
import { readJsonLines } from '../_logs/json-lines';

/** Validation logs names that training logs too (`time`): its series have a context, always. */
const validation: RowKind = { key: 'mode', value: 'val', always: true };

/** How far a training came. */
export interface Progress {
  readonly epoch: number;
  readonly iteration: number;
  /** The last epoch that was validated; 0 where validation goes by iterations. */
  readonly validatedEpoch: number;
  /** The row of settings, where there is one (MMCV). */
  readonly meta: Values | null;
}

/**
 * Reads all rows into a run of the writer.
 * @param epochLength iterations of one epoch: MMCV counts them anew in each
 */
export async function readRows(
  file: SourceFile,
  run: string,
  writer: HistoryWriter,
  epochLength: number | null,
  context: ReadContext,
): Promise<{ readonly progress: Progress; readonly issues: readonly Issue[] }> {
  const progress = { epoch: 0, iteration: 0, validatedEpoch: 0, meta: null as Values | null };
  const old = new OldSteps(epochLength);
  const issues = await readJsonLines(
    file,
    (row) => {
      if (!isObject(row)) throw new SyntaxError('no row');
      if (!('step' in row) && !('mode' in row)) {
        if ('loss' in row || progress.meta) throw new SyntaxError('no row');
        progress.meta = row;
        return;
      }
      const { mode, epoch } = row;
      const isValidation = typeof mode === 'string' ? mode !== 'train' : !('iter' in row) && !('lr' in row) && ('time' in row || 'data_time' in row);
      const step = 'step' in row ? numberOf(row.step) : isValidation ? numberOf(epoch) : old.stepOf(numberOf(epoch), numberOf(row.iter));
      if (!isValidation) {
        progress.epoch = Math.max(progress.epoch, numberOf(epoch) ?? 0);
        progress.iteration = Math.max(progress.iteration, step ?? 0);
      } else if (step !== null && step <= progress.epoch) progress.validatedEpoch = Math.max(progress.validatedEpoch, step);
      for (const [name, value] of Object.entries(flatten(row, '/'))) {
        const number = name === 'step' || typeof value === 'boolean' ? null : numberOf(value);
        if (number !== null) writer.column(run, name, isValidation ? validation : null).add(step ?? Number.NaN, Number.NaN, number);
      }
    },
    'rows',
    context,
  );
  return { progress, issues };
}

/** MMCV counts iterations within an epoch, or through all epochs where it trains by iteration. */
class OldSteps {
  private last = { epoch: 0, iteration: 0 };
  private length: number;
  private restarts: boolean;

  /** The text log tells how long an epoch is; without it the last iteration that was logged does, as in OpenMMLab's own plots. */
  constructor(epochLength: number | null) {
    this.length = epochLength ?? 0;
    this.restarts = epochLength !== null;
  }

  stepOf(epoch: number | null, iteration: number | null): number | null {
    if (epoch === null || iteration === null) return iteration;
    if (epoch > this.last.epoch && this.last.epoch > 0 && iteration <= this.last.iteration) {
      this.restarts = true;
      this.length = Math.max(this.length, this.last.iteration);
    }
    this.last = { epoch, iteration };
    return this.restarts ? (epoch - 1) * this.length + iteration : iteration;
  }
}
