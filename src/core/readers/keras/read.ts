// Reads what the CSVLogger wrote as any table of a history, and dumps of the history as curves over the epoch.

import type { Read } from '../../source/reader';
import { readCurves } from '../_history/curves';
import type { Found } from '../_history/find';
import { readTables } from '../_history/table-rows';
import { historyOf } from './history';

const readHistories = readCurves((value) => historyOf(value, true));

export const read: Read = (claim, context) =>
  (claim.note as Found).logs.some(({ name }) => /\.json$/i.test(name)) ? readHistories(claim, context) : readTables(claim, context);
