/**
 * Exponential and logarithm that are bit-identical in every engine (see trigonometry.ts). Methods of fdlibm, error
 * below 1 ulp.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const SMALLEST_EXPONENT = -1074;
const LARGEST_EXPONENT = 1023;

const POWERS_OF_TWO = new Float64Array(LARGEST_EXPONENT - SMALLEST_EXPONENT + 1);
for (let k = 0, power = Number.MIN_VALUE; k < POWERS_OF_TWO.length; k++, power *= 2) POWERS_OF_TWO[k] = power;

/** Exponential function e^x; 0 below -745.13 and Infinity above 709.78. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.abs(x) > 0.34657359027997264 ? Math.round(x * INVERSE_LN2) : 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  const y = k === 0 ? 1 - ((r * c) / (c - 2) - r) : 1 - (low - (r * c) / (2 - c) - high);
  // Two steps, because 2^1024 overflows and a subnormal result must be rounded only once.
  if (k > LARGEST_EXPONENT) return y * 2 * POWERS_OF_TWO[k - 1 - SMALLEST_EXPONENT];
  if (k < -1021) return y * POWERS_OF_TWO[k + 1000 - SMALLEST_EXPONENT] * 2 ** -1000;
  return y * POWERS_OF_TWO[k - SMALLEST_EXPONENT];
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
float[0] = 1;
const HIGH_WORD = words[1] === 0 ? 0 : 1;

/** Natural logarithm of x; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  const subnormal = x < 2 ** -1022;
  float[0] = subnormal ? x * 2 ** 54 : x;
  let k = (words[HIGH_WORD] >>> 20) - 1023 - (subnormal ? 54 : 0);
  const fraction = words[HIGH_WORD] & 0xfffff;
  // The mantissa is scaled to [sqrt(1/2), sqrt(2)), where log(1 + f) is smallest.
  const upper = fraction >= 0x6a09e;
  words[HIGH_WORD] = fraction | (upper ? 0x3fe00000 : 0x3ff00000);
  if (upper) k += 1;
  const f = float[0] - 1;
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}
