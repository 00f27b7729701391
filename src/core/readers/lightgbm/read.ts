// Reads dumped evaluations as curves over the iteration.

import type { Read } from '../../source/reader';
import { readCurves } from '../_history/curves';
import { evaluationsOf } from './evaluations';

export const read: Read = readCurves(evaluationsOf);
