// Studies out of the rows of a storage.

import { cellNumber, cellText } from '../../formats/sqlite';
import { attributesOf, type Row } from './rows';
import { metricNamesKey, metricNamesOf, type Study } from './trial';

/**
 * Id → study.
 * @param names id and name; @param directions id and direction, in the order of objectives; @param attributes id, key, value
 */
export function studiesOf(names: Iterable<Row>, directions: Iterable<Row>, attributes: Iterable<Row>): ReadonlyMap<number, Study> {
  const ways = grouped(directions);
  const kept = grouped(attributes);
  const found = new Map<number, Study>();
  for (const [id, name] of names) {
    const key = cellNumber(id) ?? -1;
    found.set(key, {
      name: cellText(name) ?? '',
      directions: (ways.get(key) ?? []).map(([, direction]) => (cellText(direction) ?? '').toLowerCase()),
      metricNames: metricNamesOf(attributesOf(kept.get(key) ?? [])[metricNamesKey]),
    });
  }
  return found;
}

/** Rows by the id that they begin with. */
export function grouped(rows: Iterable<Row>): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const key = cellNumber(row[0]) ?? -1;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
