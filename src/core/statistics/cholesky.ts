// Cholesky factors of symmetric positive definite matrices: what Gaussian processes are solved with.

/** A lower triangular factor, row by row in one array of n × n; what stands above the diagonal is not read. */
export interface Cholesky {
  readonly n: number;
  readonly lower: Float64Array;
}

/** Overwrites the lower triangle of `matrix` (n × n, row by row) with L of A = L Lᵀ. @returns ln |A|, NaN where A is not positive definite to the precision of float64 */
export function factorise(matrix: Float64Array, n: number): number {
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = matrix[row + j] as number;
      for (let k = 0; k < j; k++) sum -= (matrix[row + k] as number) * (matrix[other + k] as number);
      if (i !== j) {
        matrix[row + j] = sum / (matrix[other + j] as number);
        continue;
      }
      if (!(sum > 0) || !Number.isFinite(sum)) return Number.NaN;
      const root = Math.sqrt(sum);
      matrix[row + i] = root;
      logDeterminant += 2 * Math.log(root);
    }
  }
  return logDeterminant;
}

/** The factor of a matrix that stays as it is, or null where it is not positive definite. Only the lower triangle is read. */
export function choleskyOf(matrix: Float64Array, n: number): Cholesky | null {
  const lower = Float64Array.from(matrix);
  return Number.isNaN(factorise(lower, n)) ? null : { n, lower };
}

/** L⁻¹ b, into `out`. */
export function forward({ n, lower }: Cholesky, b: ArrayLike<number>, out: Float64Array<ArrayBuffer> = new Float64Array(n)): Float64Array<ArrayBuffer> {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (lower[row + k] as number) * (out[k] as number);
    out[i] = sum / (lower[row + i] as number);
  }
  return out;
}

/** L⁻ᵀ b. */
export function backward({ n, lower }: Cholesky, b: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const out = Float64Array.from(b);
  // Row by row instead of down the columns: memory is read in the order in which it lies.
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const value = (out[i] as number) / (lower[row + i] as number);
    out[i] = value;
    for (let k = 0; k < i; k++) out[k] = (out[k] as number) - (lower[row + k] as number) * value;
  }
  return out;
}

/** A⁻¹ b. */
export const solve = (factor: Cholesky, b: ArrayLike<number>): Float64Array<ArrayBuffer> => backward(factor, forward(factor, b));

/** A⁻¹, both triangles filled. */
export function inverse({ n, lower }: Cholesky): Float64Array<ArrayBuffer> {
  // Rows of L⁻¹: row i is (eᵢ − Σₖ Lᵢₖ · row k) / Lᵢᵢ.
  const inverted = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const pivot = lower[row + i] as number;
    for (let k = 0; k < i; k++) {
      const factor = (lower[row + k] as number) / pivot;
      if (factor === 0) continue;
      const from = k * n;
      for (let j = 0; j <= k; j++) inverted[row + j] = (inverted[row + j] as number) - factor * (inverted[from + j] as number);
    }
    inverted[row + i] = 1 / pivot;
  }
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const from = k * n;
    for (let i = 0; i <= k; i++) {
      const factor = inverted[from + i] as number;
      if (factor === 0) continue;
      const row = i * n;
      for (let j = 0; j <= i; j++) out[row + j] = (out[row + j] as number) + factor * (inverted[from + j] as number);
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[j * n + i] = out[i * n + j] as number;
  return out;
}

/** ln |A|. */
export function logDeterminant({ n, lower }: Cholesky): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(lower[i * n + i] as number);
  return 2 * sum;
}
