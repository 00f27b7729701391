// metrics.jsonl: a line per point, in the words of Comet's REST interface.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { addPoint } from '../_comet/points';
import type { PointCollector } from '../_logs/collector';
import { readJsonLines } from '../_logs/json-lines';

/** Gathers all points; trouble is returned. */
export async function readMetrics(file: SourceFile, points: PointCollector, context: ReadContext): Promise<Issue[]> {
  let bad = 0;
  let firstBad = 0;
  const issues = await readJsonLines(
    file,
    (row, line) => {
      if (!isObject(row) || typeof row.metricName !== 'string') throw new SyntaxError('no point');
      if (!addPoint({ ...row, metricName: row.metricName }, points) && bad++ === 0) firstBad = line;
    },
    'points',
    context,
  );
  if (bad > 0) issues.push(issue('bad-value', `${bad} values of metrics are no numbers and were skipped.`, { file: file.path, where: `line ${firstBad}` }));
  return issues;
}
