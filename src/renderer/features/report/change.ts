// How parts of the tab change what is arranged in it.

import type { ChangeOptions } from '../../state/workspace-store';
import type { ReportSlice } from './slice';

/** @param label names the undo step */
export type ChangeReport = (label: string, next: (slice: ReportSlice) => ReportSlice, options?: ChangeOptions) => void;
