// Files of Keras' CSVLogger: `epoch`, then the metrics in the order of their names.

import { cellNumber, isMissing } from '../../formats/csv';
import { isGzip } from '../../formats/gzip';
import { decodeUtf8 } from '../../formats/text';
import { tableOf } from '../_history/table';
import { areKerasMetrics } from './names';

/**
 * Whether the first bytes of a file are the logger's.
 * @param whole the bytes are the whole file
 */
export function isLoggerHead(head: Uint8Array, whole: boolean, stem: string): boolean {
  // Told without parsing: most tables begin otherwise.
  if (!isGzip(head) && !decodeUtf8(head.subarray(0, 16)).text.startsWith('epoch')) return false;
  const shape = tableOf(head, whole, stem, true);
  if (!shape?.dialect.named) return false;
  const { columns, sample } = shape.dialect;
  const [first, ...names] = columns;
  if (first !== 'epoch' || sample[0]?.[0] === undefined || !/^\d+$/.test(sample[0][0])) return false;
  // The keys of validation stand behind the others where the first epoch had none, each part sorted.
  const train = names.filter((name) => !name.startsWith('val_'));
  const val = names.filter((name) => name.startsWith('val_'));
  if (!isSorted(train) || !isSorted(val)) return false;
  const values = (at: number) => sample.flatMap((row) => (isMissing(row[at] ?? '') ? [] : (cellNumber(row[at]!, shape.dialect) ?? [])));
  return (
    startsAtZero(values(0)) &&
    areKerasMetrics(
      names.map((name, at) => ({ name, values: values(at + 1) })),
      false,
    )
  );
}

const isSorted = (names: readonly string[]): boolean => names.every((name, at) => at === 0 || names[at - 1]! < name);

/** Epochs count from 0, one by one, and begin again where a fit was appended. */
const startsAtZero = (epochs: readonly number[]): boolean => epochs.every((epoch, at) => epoch === 0 || (at > 0 && epoch === epochs[at - 1]! + 1));
