/**
 * Inverse trigonometric functions that are bit-identical in every engine (see trigonometry.ts). Argument splitting and
 * minimax polynomials of fdlibm, error below 1 ulp (atan2: 1 ulp of its quotient more).
 */

const PIO2_HIGH = 1.5707963267948966;
const PIO2_LOW = 6.123233995736766e-17;
const PI = Math.PI;
const PI_LOW = 1.2246467991473532e-16;

/** Arc tangent of x (rad), in [-pi/2, pi/2]. */
export function atan(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude < 2 ** -27) return x;
  if (magnitude > 2 ** 66) return x > 0 ? PIO2_HIGH : -PIO2_HIGH;
  let baseHigh = 0;
  let baseLow = 0;
  let t = magnitude;
  if (magnitude >= 2.4375) {
    t = -1 / magnitude;
    baseHigh = PIO2_HIGH;
    baseLow = PIO2_LOW;
  } else if (magnitude >= 1.1875) {
    t = (magnitude - 1.5) / (1 + 1.5 * magnitude);
    baseHigh = 0.982793723247329;
    baseLow = 1.3903311031230998e-17;
  } else if (magnitude >= 0.6875) {
    t = (magnitude - 1) / (magnitude + 1);
    baseHigh = 0.7853981633974483;
    baseLow = 3.061616997868383e-17;
  } else if (magnitude >= 0.4375) {
    t = (2 * magnitude - 1) / (2 + magnitude);
    baseHigh = 0.4636476090008061;
    baseLow = 2.2698777452961687e-17;
  }
  const z = t * t;
  const w = z * z;
  const odd =
    z *
    (0.3333333333333293 +
      w *
        (0.14285714272503466 +
          w *
            (0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
  const even =
    w *
    (-0.19999999999876483 +
      w * (-0.11111110405462356 + w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  const angle = baseHigh === 0 ? t - t * (odd + even) : baseHigh - (t * (odd + even) - baseLow - t);
  return x < 0 ? -angle : angle;
}

/**
 * Angle of the vector (x, y) from the x axis (rad), in [-pi, pi]. Signed zeros and infinities give the values of
 * `Math.atan2`.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const negativeX = x < 0 || Object.is(x, -0);
  const negativeY = y < 0 || Object.is(y, -0);
  let angle: number;
  if (y === 0) angle = negativeX ? PI : 0;
  else if (x === 0) angle = PIO2_HIGH;
  else if (Math.abs(x) === Infinity) {
    const steep = Math.abs(y) === Infinity;
    angle = negativeX ? (steep ? 0.75 * PI : PI) : steep ? 0.25 * PI : 0;
  } else if (Math.abs(y) === Infinity) angle = PIO2_HIGH;
  else {
    const acute = atan(Math.abs(y / x));
    angle = negativeX ? PI - (acute - PI_LOW) : acute;
  }
  return negativeY ? -angle : angle;
}

/** (asin(x) - x) / x^3 as a rational function of z = x^2 <= 1/4. */
function arcsineKernel(z: number): number {
  const p =
    z *
    (0.16666666666666666 +
      z *
        (-0.3255658186224009 +
          z *
            (0.20121253213486293 +
              z * (-0.04005553450067941 + z * (0.0007915349942898145 + z * 0.00003479331075960212)))));
  const q =
    1 + z * (-2.403394911734414 + z * (2.0209457602335057 + z * (-0.6882839716054533 + z * 0.07703815055590194)));
  return p / q;
}

/** Arc sine of x (rad), in [-pi/2, pi/2]; NaN outside [-1, 1]. */
export function asin(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude <= 1)) return Number.NaN;
  if (magnitude < 0.5) return magnitude < 2 ** -27 ? x : x + x * arcsineKernel(x * x);
  const z = (1 - magnitude) * 0.5;
  const s = Math.sqrt(z);
  const r = arcsineKernel(z);
  // s = f + c with f of 24 bits, so that f * f is exact.
  const f = Math.fround(s);
  const c = s === 0 ? 0 : (z - f * f) / (s + f);
  const quarter = PIO2_HIGH * 0.5;
  const angle = quarter - (2 * s * r - (PIO2_LOW - 2 * c) - (quarter - 2 * f));
  return x < 0 ? -angle : angle;
}

/** Arc cosine of x (rad), in [0, pi]; NaN outside [-1, 1]. */
export function acos(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude <= 1)) return Number.NaN;
  if (magnitude < 0.5) return PIO2_HIGH - (x - (PIO2_LOW - x * arcsineKernel(x * x)));
  const z = (1 - magnitude) * 0.5;
  const s = Math.sqrt(z);
  const r = arcsineKernel(z);
  if (x < 0) return PI - 2 * (s + (r * s - PIO2_LOW));
  const f = Math.fround(s);
  const c = s === 0 ? 0 : (z - f * f) / (s + f);
  return 2 * (f + (r * s + c));
}
