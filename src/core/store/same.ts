// Whether a run that is put again says the same as the one that is there: every store answers alike.

import { toLosslessJson } from '../base/lossless';
import type { Run } from '../model/run';

/** Same fields and same digests of points. Where the run was found does not count: a moved folder is the same run. Nor what a person said of it. */
export function sameContents(a: Run, b: Run): boolean {
  return comparable(a) === comparable(b);
}

const comparable = ({ path: _path, source: _source, sources: _sources, own: _own, ...rest }: Run): string => toLosslessJson(sorted(rest));

/** Objects with their keys in one order: the order in which a tracker wrote its params says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
