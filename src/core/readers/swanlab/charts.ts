// ECharts options that SwanLab's own helpers write: confusion matrices and lines are kept as what they are, other charts as JSON.

import { isObject } from '../../formats/flatten';
import { confusionOf, curveOf, jsonOf } from '../../formats/media-json';
import type { ShapedBytes } from '../../model/events';
import type { Value, Values } from '../../model/values';

/** The helper writes what `sklearn` counts, row (actual) before column, and names the axes the other way round. */
const confusionNote = 'Shares of each actual class. SwanLab’s own picture has its axes swapped.';

export function chartOf(bytes: Uint8Array<ArrayBuffer>): ShapedBytes {
  const option = jsonOf(bytes);
  const series = isObject(option) && Array.isArray(option.series) ? option.series.filter((one) => isObject(one)) : [];
  const [x, y] = isObject(option) ? [axisName(option.xAxis), axisName(option.yAxis)] : ['', ''];
  const [only] = series;
  if (series.length === 1 && only?.type === 'heatmap' && x === 'Prediction' && y === 'Ground truth') {
    const cells = triples(only);
    if (cells) return confusionOf(cells, confusionNote);
  }
  if (series.length > 0 && series.every(({ type }) => type === 'line') && x !== '' && y !== '') {
    const points = series.map(pairs);
    // A line without a name is the diagonal of a ROC curve.
    if (points.every((list) => list !== null))
      return curveOf(
        x,
        y,
        series.flatMap(({ name }, i) =>
          (typeof name === 'string' && name !== '' ? (points[i] ?? []) : []).map(([atX, atY]) => [String(name), atX, atY] as const),
        ),
      );
  }
  return { bytes, form: 'text' };
}

function axisName(axis: Value | undefined): string {
  const first = Array.isArray(axis) ? (axis[0] as Value) : axis;
  return isObject(first) && typeof first.name === 'string' ? first.name : '';
}

function triples({ data }: Values): [string, string, number][] | null {
  const cells = Array.isArray(data) ? data.flatMap((cell: Value) => (Array.isArray(cell) && typeof cell[2] === 'number' ? [cell] : [])) : [];
  if (cells.length === 0 || cells.length !== (data as readonly Value[]).length) return null;
  return cells.map(([actual, predicted, share]) => [String(actual), String(predicted), share as number]);
}

function pairs({ data }: Values): [number, number][] | null {
  if (!Array.isArray(data)) return null;
  const points = data.flatMap((point: Value): [number, number][] => {
    const [x, y] = Array.isArray(point) ? (point as readonly Value[]) : [];
    return typeof x === 'number' && typeof y === 'number' ? [[x, y]] : [];
  });
  return points.length === data.length ? points : null;
}
