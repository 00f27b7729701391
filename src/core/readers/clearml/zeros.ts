// ClearML writes 0 for what is not finite. This tells series that look as if it had.

import { type Issue, issue } from '../../base/issues';
import type { RunEvent } from '../../model/events';

/** Zeros at the end that are too many for chance. */
const fewest = 3;
/** A value below this share of the peak may well have gone to 0 by itself, as a learning rate does. */
const abrupt = 0.1;

interface Seen {
  peak: number;
  last: number;
  zeros: number;
  count: number;
}

export class LostValues {
  private readonly series = new Map<string, Seen>();

  /** Takes a point, in order of the iterations. */
  add(name: string, value: number): void {
    const seen = this.series.get(name) ?? { peak: 0, last: 0, zeros: 0, count: 0 };
    this.series.set(name, seen);
    seen.count++;
    if (value === 0) {
      seen.zeros++;
      return;
    }
    seen.zeros = 0;
    seen.last = Math.abs(value);
    seen.peak = Math.max(seen.peak, seen.last);
  }

  /** Names of series that fell from a real value to exact zeros for good, and of those that are 0 throughout beside them. */
  names(): readonly string[] {
    const ended = [...this.series].filter(([, { zeros }]) => zeros >= fewest);
    const fell = ended.filter(([, { peak, last }]) => peak > 0 && last >= abrupt * peak);
    return fell.length === 0 ? [] : ended.filter(([, { peak, last }]) => peak === 0 || last >= abrupt * peak).map(([name]) => name);
  }
}

/** Passes the series of a run on, and says at their end which of them look as if they had lost values. The machine's own are left alone. */
export function* watched(series: Iterable<RunEvent>, issues: Issue[], file: string): Generator<RunEvent> {
  const names = new Map<number, string>();
  const lost = new LostValues();
  for (const event of series) {
    if (event.kind === 'series' && !event.system) names.set(event.series, event.key.name);
    const name = event.kind === 'points' ? names.get(event.series) : undefined;
    if (event.kind === 'points' && name !== undefined) for (const value of event.values) lost.add(name, value);
    yield event;
  }
  const found = lost.names();
  if (found.length === 0) return;
  const named = found.length > 3 ? `${found.slice(0, 3).join(', ')} and ${found.length - 3} more` : found.join(', ');
  issues.push(issue('nonfinite-lost', `ClearML writes 0 for NaN and infinity: the zeros at the end of ${named} look like it.`, { file }));
}
