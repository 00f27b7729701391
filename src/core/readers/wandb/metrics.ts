// What define_metric says: which history key is the x axis of which.

import { type WireFields, wire } from '../../formats/protobuf';

const field = { name: 1, globName: 2, stepMetric: 4, control: 9 } as const;

/** A literal dot in a name given to define_metric is escaped. */
const unescaped = (name: string): string => name.replaceAll('\\.', '.');

export class DefinedMetrics {
  private readonly byName = new Map<string, string>();
  private readonly byGlob = new Map<string, string>();

  /** Takes a MetricRecord; a later one of the same name adds to an earlier one, or replaces it where it says so. @throws malformed */
  record(fields: WireFields, inner: WireFields): void {
    let name = '';
    let glob = '';
    let step = '';
    let overwrite = false;
    while (fields.next()) {
      if (fields.is(field.name, wire.bytes)) name = unescaped(fields.text);
      else if (fields.is(field.globName, wire.bytes)) glob = unescaped(fields.text);
      else if (fields.is(field.stepMetric, wire.bytes)) step = unescaped(fields.text);
      else if (fields.is(field.control, wire.bytes)) for (inner.inside(fields); inner.next(); ) if (inner.is(1, wire.varint)) overwrite = inner.bool;
    }
    const [map, key] = name === '' ? [this.byGlob, glob] : [this.byName, name];
    if (key !== '' && (step !== '' || overwrite || !map.has(key))) map.set(key, step);
  }

  /** The x axis of a series: its own definition decides, else the first pattern that fits and names one. Null for the step. */
  xAxisOf(series: string): string | null {
    let axis = this.byName.get(series);
    if (axis === undefined)
      for (const [glob, step] of this.byGlob) {
        if (step === '' || !(glob.endsWith('*') ? series.startsWith(glob.slice(0, -1)) : glob === series)) continue;
        axis = step;
        break;
      }
    return axis === undefined || axis === '' || axis === series ? null : axis;
  }
}
