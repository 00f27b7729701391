// SKELETON: reads a claim into events. Here: lines of `step value`, one series.

import { issue } from '../../base/issues';
import { readLines } from '../../formats/lines';
import { parseNumber } from '../../formats/numbers';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';

/** Expected trouble is an issue and never a throw; a SourceError may pass. Points come in batches of at most 65,536. */
export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const run = 0;
  const [log] = claim.key;
  if (!log) return;
  // The id must stay the same when the run is moved or grows: a native id, or else the first bytes of its data.
  yield { kind: 'begin', run, identity: { nativeId: null, within: log.name, head: new TextEncoder().encode('skeleton\n') }, path: claim.root.path };
  yield { kind: 'header', run, set: { status: 'unknown' } };
  yield { kind: 'series', run, series: 0, key: { name: 'value', context: {} } };
  for await (const { lines, firstLine, complete } of readLines(log, context)) {
    const points = lines.map((line) => line.split(' ').map(parseNumber));
    // A last line without its line feed may be cut.
    if (!complete) points.pop();
    const whole = points.filter((point): point is [number, number] => point.length === 2 && point.every((part) => part !== null));
    yield {
      kind: 'points',
      run,
      series: 0,
      steps: Float64Array.from(whole, ([step]) => step),
      values: Float64Array.from(whole, ([, value]) => value),
      times: null,
    };
    const bad = points.findIndex((point, at) => firstLine + at > 1 && point.some((part) => part === null));
    if (bad >= 0) yield { kind: 'issue', run, issue: issue('bad-record', 'A line is no point.', { file: log.path, where: `line ${firstLine + bad}` }) };
    if (!complete) yield { kind: 'issue', run, issue: issue('truncated', `${log.name} ends in the middle of a line.`, { file: log.path }) };
  }
  yield { kind: 'end', run };
};
