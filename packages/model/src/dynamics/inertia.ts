/**
 * Spatial inertia about a frame's origin, 10 numbers: mass (kg), first moment m c (kg m), and the inertia about the
 * origin `[xx, xy, xz, yy, yz, zz]` (kg m^2). Inertias about the same origin add up.
 */
export const INERTIA_SIZE = 10;
export const FIRST_MOMENT_OFFSET = 1;
export const ROTATIONAL_OFFSET = 4;

const inertiaMatrix = new Float64Array(9);
const rotatedMatrix = new Float64Array(9);
const firstMoment = new Float64Array(3);

/**
 * Transforms the spatial inertia `body` into another frame and adds it to `out`. The body's frame lies at `p` in that
 * frame, rotated by `r` (9 numbers row-major). Allocates nothing.
 */
export function addInertia(
  body: Float64Array,
  bodyAt: number,
  r: Float64Array,
  rAt: number,
  p: Float64Array,
  pAt: number,
  out: Float64Array,
  at: number,
): void {
  const m = body[bodyAt];
  for (let i = 0; i < 3; i++) {
    firstMoment[i] = 0;
    for (let k = 0; k < 3; k++) firstMoment[i] += r[rAt + 3 * i + k] * body[bodyAt + FIRST_MOMENT_OFFSET + k];
  }
  const s = bodyAt + ROTATIONAL_OFFSET;
  inertiaMatrix[0] = body[s];
  inertiaMatrix[1] = inertiaMatrix[3] = body[s + 1];
  inertiaMatrix[2] = inertiaMatrix[6] = body[s + 2];
  inertiaMatrix[4] = body[s + 3];
  inertiaMatrix[5] = inertiaMatrix[7] = body[s + 4];
  inertiaMatrix[8] = body[s + 5];
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < 3; k++) {
      rotatedMatrix[3 * i + k] = 0;
      for (let l = 0; l < 3; l++) rotatedMatrix[3 * i + k] += r[rAt + 3 * i + l] * inertiaMatrix[3 * l + k];
    }
  }
  const x = p[pAt];
  const y = p[pAt + 1];
  const z = p[pAt + 2];
  const hx = firstMoment[0];
  const hy = firstMoment[1];
  const hz = firstMoment[2];
  out[at] += m;
  out[at + FIRST_MOMENT_OFFSET] += hx + m * x;
  out[at + FIRST_MOMENT_OFFSET + 1] += hy + m * y;
  out[at + FIRST_MOMENT_OFFSET + 2] += hz + m * z;
  // Inertia of a mass at r + p: |r + p|^2 1 - (r + p)(r + p)^T.
  let next = at + ROTATIONAL_OFFSET;
  for (let i = 0; i < 3; i++) {
    for (let k = i; k < 3; k++) {
      let value = 0;
      for (let l = 0; l < 3; l++) value += rotatedMatrix[3 * i + l] * r[rAt + 3 * k + l];
      value -= p[pAt + i] * firstMoment[k] + firstMoment[i] * p[pAt + k] + m * p[pAt + i] * p[pAt + k];
      if (i === k) value += 2 * (x * hx + y * hy + z * hz) + m * (x * x + y * y + z * z);
      out[next++] += value;
    }
  }
}
