// Reads dumped or printed evaluations as curves over the iteration.

import type { Read } from '../../source/reader';
import { readCurves } from '../_history/curves';
import { evaluationsOf, roundOf } from './evaluations';

export const read: Read = readCurves(evaluationsOf, roundOf);
