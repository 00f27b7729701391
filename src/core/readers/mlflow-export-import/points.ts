// The metrics of an exported run.

import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';

export interface PointTrouble {
  readonly bad: number;
  /** A metric whose steps float64 cannot hold. */
  readonly inexact: string | null;
}

type Add = (name: string, step: number | bigint | null, time: number | null, value: number) => void;

/** Hands every point over, in the order of the export, which is that of MLflow's client. A metric of which only a number was exported has one point. */
export function readPoints(metrics: Value | undefined, add: Add): PointTrouble {
  let bad = 0;
  let inexact: string | null = null;
  for (const [name, points] of Object.entries(isObject(metrics) ? metrics : {})) {
    const last = numberOf(points);
    if (last !== null) add(name, null, null, last);
    else if (!Array.isArray(points)) bad++;
    for (const point of Array.isArray(points) ? (points as readonly Value[]) : []) {
      const { value, timestamp, step } = isObject(point) ? point : { value: undefined, timestamp: undefined, step: undefined };
      const number = numberOf(value);
      if (number === null) {
        bad++;
        continue;
      }
      if (typeof step === 'bigint') inexact ??= name;
      add(name, typeof step === 'bigint' || typeof step === 'number' ? step : null, numberOf(timestamp), number);
    }
  }
  return { bad, inexact };
}
