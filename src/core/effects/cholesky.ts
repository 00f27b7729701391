// Cholesky factorisation of small symmetric matrices, row by row in one typed array, and what is solved with it.

/** Overwrites the lower triangle of `matrix` (n × n) with L of L Lᵀ. @returns log of the determinant, NaN where it is not positive definite */
export function cholesky(matrix: Float64Array, n: number): number {
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = matrix[row + j] as number;
      for (let k = 0; k < j; k++) sum -= (matrix[row + k] as number) * (matrix[other + k] as number);
      if (i === j) {
        if (!(sum > 0)) return Number.NaN;
        const root = Math.sqrt(sum);
        matrix[row + i] = root;
        logDeterminant += 2 * Math.log(root);
      } else matrix[row + j] = sum / (matrix[other + j] as number);
    }
  }
  return logDeterminant;
}

/** L⁻¹ b, into `out`. */
export function forward(lower: Float64Array, n: number, b: ArrayLike<number>, out: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    const row = i * n;
    for (let k = 0; k < i; k++) sum -= (lower[row + k] as number) * (out[k] as number);
    out[i] = sum / (lower[row + i] as number);
  }
  return out;
}

/** L⁻ᵀ b, into `out`. */
export function backward(lower: Float64Array, n: number, b: ArrayLike<number>, out: Float64Array): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (lower[k * n + i] as number) * (out[k] as number);
    out[i] = sum / (lower[i * n + i] as number);
  }
  return out;
}

/** (L Lᵀ)⁻¹ as a full matrix. */
export function inverse(lower: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  const unit = new Float64Array(n);
  const half = new Float64Array(n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit.fill(0);
    unit[j] = 1;
    backward(lower, n, forward(lower, n, unit, half), column);
    for (let i = 0; i < n; i++) out[i * n + j] = column[i] as number;
  }
  return out;
}
