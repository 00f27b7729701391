// Words for the tracker of a run: each reader says its own. A format that no reader of this version has is called by its id.

import { formats } from '../readers';

const trackerOf = (format: string) => formats.find(({ id }) => id === format)?.tracker;

/** Short, for where there is little room: `W&B`. */
export const trackerWord = (format: string): string => trackerOf(format)?.short ?? format;
export const trackerName = (format: string): string => trackerOf(format)?.name ?? format;
