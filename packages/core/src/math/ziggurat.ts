import { exp, log } from './exponential.ts';

/**
 * Normal random numbers by the ziggurat method of Marsaglia and Tsang in Doornik's form for doubles ("An Improved
 * Ziggurat Method to Generate Normal Random Samples", 2005). It has 128 layers of equal area; 99 % of the draws cost
 * one product.
 */

/** Number of layers; a power of two, so that random bits select one. */
const LAYER_COUNT = 128;
/** Start of the tail, and area of each layer. */
const TAIL_START = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;

/** Width of each layer; the lowest one also contains the area of the tail. */
const LAYER_WIDTH = new Float64Array(LAYER_COUNT + 1);
/** Share of each layer's width that lies under the curve at every height. */
const INSIDE_RATIO = new Float64Array(LAYER_COUNT);

const density = (x: number): number => exp(-0.5 * x * x);

LAYER_WIDTH[0] = LAYER_AREA / density(TAIL_START);
LAYER_WIDTH[1] = TAIL_START;
for (let i = 2, f = density(TAIL_START); i < LAYER_COUNT; i++) {
  LAYER_WIDTH[i] = Math.sqrt(-2 * log(LAYER_AREA / LAYER_WIDTH[i - 1] + f));
  f = density(LAYER_WIDTH[i]);
}
for (let i = 0; i < LAYER_COUNT; i++) INSIDE_RATIO[i] = LAYER_WIDTH[i + 1] / LAYER_WIDTH[i];

/** Source of uniform random numbers. */
export interface UniformSource {
  /** Draws 32 random bits. */
  bits(): number;
  /** Draws a number in [lo, hi). */
  uniform(lo: number, hi: number): number;
}

/** Draws a number beyond `TAIL_START` by Marsaglia's exponentials. The arguments of `log` are in (0, 1]. */
function drawTail(random: UniformSource): number {
  for (;;) {
    const x = -log(1 - random.uniform(0, 1)) / TAIL_START;
    const y = -log(1 - random.uniform(0, 1));
    if (2 * y >= x * x) return TAIL_START + x;
  }
}

/** Draws a normal number with mean 0 and standard deviation 1. */
export function standardNormal(random: UniformSource): number {
  for (;;) {
    const u = random.uniform(-1, 1);
    const layer = random.bits() & (LAYER_COUNT - 1);
    if (Math.abs(u) < INSIDE_RATIO[layer]) return u * LAYER_WIDTH[layer];
    if (layer === 0) return u < 0 ? -drawTail(random) : drawTail(random);
    const x = u * LAYER_WIDTH[layer];
    const outer = exp(-0.5 * (LAYER_WIDTH[layer] * LAYER_WIDTH[layer] - x * x));
    const inner = exp(-0.5 * (LAYER_WIDTH[layer + 1] * LAYER_WIDTH[layer + 1] - x * x));
    if (inner + random.uniform(0, 1) * (outer - inner) < 1) return x;
  }
}
