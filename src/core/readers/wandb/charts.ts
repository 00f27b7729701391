// Tables that the SDK's own charts are drawn from (`wandb.plot`): known by their columns, kept as the chart that they are.

import { confusionOf, curveOf } from '../../formats/media-json';
import type { ShapedBytes } from '../../model/events';
import type { Value } from '../../model/values';

type Rows = readonly Value[];

/** Columns of a chart's table → what it is. The column of lines is named first, then x and y. */
const charts: Readonly<Record<string, (rows: Rows) => ShapedBytes | null>> = {
  'Actual,Predicted,nPredictions': (rows) => withTriples(rows, [0, 1, 2], (triples) => confusionOf(triples.map(([a, b, n]) => [String(a), String(b), n]))),
  'class,precision,recall': (rows) => withTriples(rows, [0, 2, 1], curve('recall', 'precision')),
  'class,fpr,tpr': (rows) => withTriples(rows, [0, 1, 2], curve('false positive rate', 'true positive rate')),
  'step,lineKey,lineVal': (rows) => withTriples(rows, [1, 0, 2], curve('step', 'value')),
};

type Triple = readonly [Value, Value, number];

/** The chart of a table; null where the table is only a table. Such tables end in `_table` by the SDK's rule. */
export function chartOf(name: string, columns: readonly Value[], rows: Rows): ShapedBytes | null {
  const key = columns.join();
  return name.endsWith('_table') && Object.hasOwn(charts, key) ? (charts[key]?.(rows) ?? null) : null;
}

/** The rows by three of their columns, where the last one is a number everywhere. */
function withTriples(rows: Rows, order: readonly [number, number, number], make: (triples: readonly Triple[]) => ShapedBytes | null): ShapedBytes | null {
  const triples: Triple[] = [];
  for (const row of rows) {
    if (!Array.isArray(row)) return null;
    const [first, second, last] = order.map((at) => row[at] as Value);
    if (typeof last !== 'number') return null;
    triples.push([first ?? null, second ?? null, last]);
  }
  return make(triples);
}

const curve =
  (x: string, y: string) =>
  (triples: readonly Triple[]): ShapedBytes | null => {
    const lines = triples.flatMap(([name, at, value]): [string, number, number][] => (typeof at === 'number' ? [[String(name), at, value]] : []));
    return lines.length === triples.length ? curveOf(x, y, lines) : null;
  };
