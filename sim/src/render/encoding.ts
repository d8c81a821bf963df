import { exp, log } from '@praxis/core';

/** Highest index of {@link ENCODED}. */
export const WHITE = 4095;

/** sRGB transfer function (IEC 61966-2-1): linear light `index / WHITE` to a byte. */
export const ENCODED = Uint8Array.from({ length: WHITE + 1 }, (_, index) => {
  const linear = index / WHITE;
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * exp(log(linear) / 2.4) - 0.055;
  return Math.floor(encoded * 255 + 0.5);
});
