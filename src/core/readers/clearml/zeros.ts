// ClearML writes 0 for what is not finite. This tells series that look as if it had.

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

  /** Takes a point, in the order in which they were logged. */
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
