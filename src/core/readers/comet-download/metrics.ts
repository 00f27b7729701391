// metrics.jsonl: a line per point, in the words of Comet's REST interface.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { numberOf, parseNumber } from '../../formats/numbers';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import type { PointCollector } from '../_logs/collector';
import { readJsonLines } from '../_logs/json-lines';

/** Gathers all points; trouble is returned. Values are text, a step may be absent, `runContext` tells series of one name apart. */
export async function readMetrics(file: SourceFile, points: PointCollector, context: ReadContext): Promise<Issue[]> {
  let bad = 0;
  let firstBad = 0;
  const issues = await readJsonLines(
    file,
    (row, line) => {
      if (!isObject(row) || typeof row.metricName !== 'string') throw new SyntaxError('no point');
      const { metricName: name, metricValue, step, timestamp, runContext } = row;
      const value = typeof metricValue === 'string' ? parseNumber(metricValue) : numberOf(metricValue);
      if (value === null) {
        if (bad++ === 0) firstBad = line;
        return;
      }
      const traits = { system: name.startsWith('sys.'), ...(typeof runContext === 'string' && runContext !== '' ? { context: { context: runContext } } : {}) };
      points.add(name, typeof step === 'number' || typeof step === 'bigint' ? step : null, numberOf(timestamp), value, traits);
    },
    'points',
    context,
  );
  if (bad > 0) issues.push(issue('bad-value', `${bad} values of metrics are no numbers and were skipped.`, { file: file.path, where: `line ${firstBad}` }));
  return issues;
}
