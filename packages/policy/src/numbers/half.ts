/** Numbers of 16 bits, IEEE 754 binary16, as their bits: JavaScript has no array of them before Node 24. */

const EXPONENT_BIAS = 15;
const FRACTION_BITS = 10;
const LARGEST_EXPONENT = 31;
const SIGN = 0x8000;
const INFINITE = LARGEST_EXPONENT << FRACTION_BITS;
const NOT_A_NUMBER = INFINITE | (1 << (FRACTION_BITS - 1));
/** Distance of the numbers below 2^-14. */
const LEAST = 2 ** -24;

/** Layout of a binary32, from which numbers are rounded. */
const SINGLE = { bias: 127, fractionBits: 23, largestExponent: 255 } as const;
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The number of 16 bits. */
export function halfNumber(bits: number): number {
  const sign = bits & SIGN ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & LARGEST_EXPONENT;
  const fraction = bits & (2 ** FRACTION_BITS - 1);
  if (exponent === LARGEST_EXPONENT) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * LEAST;
  return sign * (1 + fraction / 2 ** FRACTION_BITS) * 2 ** (exponent - EXPONENT_BIAS);
}

/** Drops the last bits, rounding to the nearest number, of two to the even one. */
function dropBits(value: number, count: number): number {
  const kept = value >> count;
  const rest = value & (2 ** count - 1);
  const half = 2 ** (count - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

/** The 16 bits of the number that is nearest to a float32, of two the even one; infinity from 65520 on. */
export function halfBits(value: number): number {
  single[0] = value;
  const [bits] = singleBits;
  const sign = (bits >>> 16) & SIGN;
  const exponent = (bits >>> SINGLE.fractionBits) & SINGLE.largestExponent;
  const fraction = bits & (2 ** SINGLE.fractionBits - 1);
  const dropped = SINGLE.fractionBits - FRACTION_BITS;
  if (exponent === SINGLE.largestExponent) return sign | (fraction ? NOT_A_NUMBER : INFINITE);
  const shifted = exponent - SINGLE.bias + EXPONENT_BIAS;
  if (shifted >= LARGEST_EXPONENT) return sign | INFINITE;
  // A fraction that is rounded up to the next power of two carries into the exponent.
  if (shifted > 0) return sign | dropBits((shifted << SINGLE.fractionBits) | fraction, dropped);
  // Below 2^-14 all numbers are equally far apart, and below 2^-25 they are 0.
  if (shifted < -FRACTION_BITS) return sign;
  return sign | dropBits(fraction | (2 ** SINGLE.fractionBits), dropped + 1 - shifted);
}

/** The numbers of an array of 16-bit numbers. */
export function halfNumbers(data: ArrayBufferView): Float32Array {
  const bits = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return Float32Array.from(bits, halfNumber);
}
