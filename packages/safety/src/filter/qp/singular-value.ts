const MAX_SWEEPS = 12;
const gram = new Float64Array(36);

/**
 * Smallest singular value of a matrix with at most six rows, no more rows than columns: the root of the smallest
 * eigenvalue of A A^T, by cyclic Jacobi rotations (Golub and Van Loan, "Matrix Computations", 8.5). Allocates nothing.
 * @param matrix rows x columns, row-major
 */
export function smallestSingularValue(matrix: Float64Array, rows: number, columns: number): number {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += matrix[r * columns + k] * matrix[c * columns + k];
      gram[r * rows + c] = sum;
      gram[c * rows + r] = sum;
    }
  }
  for (let sweep = 0; sweep < MAX_SWEEPS && !diagonal(rows); sweep++) {
    for (let p = 0; p < rows; p++) for (let q = p + 1; q < rows; q++) rotate(rows, p, q);
  }
  let smallest = Number.POSITIVE_INFINITY;
  for (let r = 0; r < rows; r++) smallest = Math.min(smallest, gram[r * rows + r]);
  return Math.sqrt(Math.max(smallest, 0));
}

function diagonal(n: number): boolean {
  let off = 0;
  let on = 0;
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < r; c++) off += gram[r * n + c] * gram[r * n + c];
    on += gram[r * n + r] * gram[r * n + r];
  }
  return off <= 1e-20 * on;
}

/** Rotates the element at (p, q) to zero. */
function rotate(n: number, p: number, q: number): void {
  const pq = gram[p * n + q];
  if (pq === 0) return;
  const theta = (gram[q * n + q] - gram[p * n + p]) / (2 * pq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = gram[k * n + p];
    const kq = gram[k * n + q];
    gram[k * n + p] = c * kp - s * kq;
    gram[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = gram[p * n + k];
    const qk = gram[q * n + k];
    gram[p * n + k] = c * pk - s * qk;
    gram[q * n + k] = s * pk + c * qk;
  }
}
