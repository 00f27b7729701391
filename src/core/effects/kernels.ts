// Kernels of one param, centred over its levels, so that what they describe is exactly the param's own effect.

import { bins } from './bins';
import { type Param, positionsOf } from './param';

/** One param as the model sees it: few levels, and some shapes that its effect may have. */
export interface Factor {
  readonly name: string;
  /** Level of each configuration, −1 where the param does not apply. */
  readonly column: Int32Array;
  readonly levels: number;
  /** Candidate kernels, levels × levels, row by row; zero mean under uniform levels, mean of the diagonal 1. */
  readonly kernels: readonly Float64Array[];
  /** Share of the space in which the param applies. */
  readonly reach: number;
}

/** Values beyond this many are snapped to equal steps of the scale; categories beyond it share one level. */
export const mostLevels = 16;
/** Length scales of a Matérn-5/2 kernel on a scale from 0 to 1: from a cliff to nearly straight. */
const lengths = [0.12, 0.35, 1, 3];

export function factorOf(param: Param, rows: Int32Array, reach: number): Factor {
  const { of, places } = gridOf(param);
  const kernels = places ? (places.length === 2 ? [equality(2)] : lengths.map((length) => matern(places, length))) : [equality(countOf(of))];
  const column = Int32Array.from(rows, (row) => of[row] as number);
  const levels = places ? places.length : countOf(of);
  return { name: param.name, column, levels, kernels: kernels.map((kernel) => centred(kernel, levels)), reach };
}

const countOf = (of: Int32Array): number => of.reduce((most, level) => Math.max(most, level), 0) + 1;

/** Levels of the analysis: those seen where they are few, else equal steps over the scale. */
export function gridOf(param: Param): { readonly of: Int32Array; readonly places: readonly number[] | null } {
  const places = positionsOf(param);
  if (!places) return { of: bins(param, mostLevels).of, places: null };
  if (places.length <= mostLevels) return { of: param.column, places };
  const last = mostLevels - 1;
  const step = places.map((place) => Math.round(place * last));
  return { of: param.column.map((level) => (level === -1 ? -1 : (step[level] as number))), places: Array.from({ length: mostLevels }, (_, at) => at / last) };
}

const equality = (levels: number): Float64Array => Float64Array.from({ length: levels * levels }, (_, at) => (Math.floor(at / levels) === at % levels ? 1 : 0));

function matern(places: readonly number[], length: number): Float64Array {
  const size = places.length;
  return Float64Array.from({ length: size * size }, (_, at) => {
    const r = (Math.sqrt(5) * Math.abs((places[Math.floor(at / size)] as number) - (places[at % size] as number))) / length;
    return (1 + r + (r * r) / 3) * Math.exp(-r);
  });
}

/** P K P with P = I − 1/L, scaled to a mean diagonal of 1. */
function centred(kernel: Float64Array, levels: number): Float64Array {
  const rows = new Float64Array(levels);
  let all = 0;
  for (let a = 0; a < levels; a++) {
    for (let b = 0; b < levels; b++) rows[a] = (rows[a] as number) + (kernel[a * levels + b] as number) / levels;
    all += (rows[a] as number) / levels;
  }
  const out = kernel.map((value, at) => value - (rows[Math.floor(at / levels)] as number) - (rows[at % levels] as number) + all);
  let trace = 0;
  for (let a = 0; a < levels; a++) trace += (out[a * levels + a] as number) / levels;
  return trace > 0 ? out.map((value) => value / trace) : out;
}
