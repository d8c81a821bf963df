/**
 * Sine, cosine and tangent that are bit-identical in every JavaScript engine: they use only + - * / and rounding.
 * `Math.sin` and its relatives may differ in the last bit between engines, and then an episode would not replay.
 *
 * Method: Cody-Waite reduction by pi/2 in parts of 33 bits, then the minimax polynomials of fdlibm (Sun Microsystems,
 * 1993) on [-pi/4, pi/4]. The error is below 1 ulp (tangent 2 ulp) for |x| < 1e6. A larger argument is first reduced
 * modulo 2 pi in double precision, which costs absolute accuracy in proportion to |x|.
 */

const TWO_OVER_PI = 0.6366197723675814;
const TWO_PI = 2 * Math.PI;
// Parts of pi/2 of 33 bits each, and the remainder after each part.
const PIO2_1 = 1.5707963267341256;
const PIO2_2 = 6.077100506303966e-11;
const PIO2_2_REST = 2.0222662487959506e-21;
const PIO2_3 = 2.0222662487111665e-21;
const PIO2_3_REST = 8.4784276603689e-32;
const MAX_REDUCED_RAD = 1e6;
const CANCELLATION_THRESHOLD = 2 ** -25;

// The reduced argument is a sum of two doubles, high and low. One array is reused: a module variable that holds a
// double is boxed at each write.
const reduced = new Float64Array(2);

/** Writes x - n pi/2 to `reduced` and returns n modulo 4. */
function reduce(x: number): number {
  const y = Math.abs(x) > MAX_REDUCED_RAD ? x % TWO_PI : x;
  const n = Math.round(y * TWO_OVER_PI);
  const first = y - n * PIO2_1;
  let part = n * PIO2_2;
  let rest = first - part;
  let error = n * PIO2_2_REST - (first - rest - part);
  if (Math.abs(rest - error) < CANCELLATION_THRESHOLD) {
    const second = rest;
    part = n * PIO2_3;
    rest = second - part;
    error = n * PIO2_3_REST - (second - rest - part);
  }
  const high = rest - error;
  reduced[0] = high;
  reduced[1] = rest - high - error;
  return n & 3;
}

/** sin(x + y) for |x| <= pi/4, where y is the low part of the argument. */
function sineKernel(x: number, y: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * y - v * r) - y - v * -0.16666666666666632);
}

/** cos(x + y) for |x| <= pi/4, where y is the low part of the argument. */
function cosineKernel(x: number, y: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (0.00002480158728947673 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * y));
}

/** Sine of x (rad); NaN if x is not finite. */
export function sin(x: number): number {
  if (x === 0) return x;
  switch (reduce(x)) {
    case 0:
      return sineKernel(reduced[0], reduced[1]);
    case 1:
      return cosineKernel(reduced[0], reduced[1]);
    case 2:
      return -sineKernel(reduced[0], reduced[1]);
    default:
      return -cosineKernel(reduced[0], reduced[1]);
  }
}

/** Cosine of x (rad); NaN if x is not finite. */
export function cos(x: number): number {
  switch (reduce(x)) {
    case 0:
      return cosineKernel(reduced[0], reduced[1]);
    case 1:
      return -sineKernel(reduced[0], reduced[1]);
    case 2:
      return -cosineKernel(reduced[0], reduced[1]);
    default:
      return sineKernel(reduced[0], reduced[1]);
  }
}

/** Writes sin(x) and cos(x) to `out[offset]` and `out[offset + 1]`. Both use one argument reduction. */
export function sincos(x: number, out: Float64Array, offset = 0): void {
  const quadrant = reduce(x);
  const s = x === 0 ? x : sineKernel(reduced[0], reduced[1]);
  const c = cosineKernel(reduced[0], reduced[1]);
  const swapped = (quadrant & 1) === 1;
  out[offset] = quadrant >= 2 ? -(swapped ? c : s) : swapped ? c : s;
  out[offset + 1] = quadrant === 1 || quadrant === 2 ? -(swapped ? s : c) : swapped ? s : c;
}

/** Tangent of x (rad); NaN if x is not finite. */
export function tan(x: number): number {
  if (x === 0) return x;
  const odd = (reduce(x) & 1) === 1;
  const s = sineKernel(reduced[0], reduced[1]);
  const c = cosineKernel(reduced[0], reduced[1]);
  return odd ? -c / s : s / c;
}
