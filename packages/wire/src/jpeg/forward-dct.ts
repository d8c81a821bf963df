/** Factors by which the transform of Arai, Agui and Nakajima scales the coefficients of one dimension. */
const AAN_SCALE = Array.from({ length: 8 }, (_, k) => (k === 0 ? 1 : Math.cos((k * Math.PI) / 16) * Math.SQRT2));

/** Factors that turn scaled coefficients into quantised ones, row by row. */
export const divisorsOf = (quantisation: Uint8Array): Float32Array =>
  Float32Array.from(quantisation, (q, i) => 1 / (q * AAN_SCALE[i >> 3] * AAN_SCALE[i & 7] * 8));

const C4 = Math.SQRT1_2;
const C6 = Math.cos((6 * Math.PI) / 16);
const C2_MINUS_C6 = Math.cos((2 * Math.PI) / 16) - C6;
const C2_PLUS_C6 = Math.cos((2 * Math.PI) / 16) + C6;

/**
 * The two-dimensional discrete cosine transform of a block of 8 x 8 in place, scaled; {@link divisorsOf} has the scale. Source: Y. Arai,
 * T. Agui, M. Nakajima, "A fast DCT-SQ scheme for images", 1988.
 */
export function forwardDct(block: Float32Array): void {
  for (let i = 0; i < 64; i += 8) transform(block, i, 1);
  for (let i = 0; i < 8; i++) transform(block, i, 8);
}

function transform(d: Float32Array, at: number, step: number): void {
  const i1 = at + step;
  const i2 = i1 + step;
  const i3 = i2 + step;
  const i4 = i3 + step;
  const i5 = i4 + step;
  const i6 = i5 + step;
  const i7 = i6 + step;
  const s0 = d[at] + d[i7];
  const s7 = d[at] - d[i7];
  const s1 = d[i1] + d[i6];
  const s6 = d[i1] - d[i6];
  const s2 = d[i2] + d[i5];
  const s5 = d[i2] - d[i5];
  const s3 = d[i3] + d[i4];
  const s4 = d[i3] - d[i4];
  const even0 = s0 + s3;
  const even3 = s0 - s3;
  const even1 = s1 + s2;
  const rotated = (s1 - s2 + even3) * C4;
  d[at] = even0 + even1;
  d[i4] = even0 - even1;
  d[i2] = even3 + rotated;
  d[i6] = even3 - rotated;
  const odd0 = s4 + s5;
  const odd1 = s5 + s6;
  const odd2 = s6 + s7;
  const z5 = (odd0 - odd2) * C6;
  const z2 = C2_MINUS_C6 * odd0 + z5;
  const z4 = C2_PLUS_C6 * odd2 + z5;
  const z3 = odd1 * C4;
  const z11 = s7 + z3;
  const z13 = s7 - z3;
  d[i5] = z13 + z2;
  d[i3] = z13 - z2;
  d[i1] = z11 + z4;
  d[i7] = z11 - z4;
}
