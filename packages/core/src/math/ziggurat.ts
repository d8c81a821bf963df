import { exp, log } from './exponential.ts';

/**
 * Gaussian numbers by Marsaglia and Tsang's ziggurat in the form that Doornik gives for doubles ("An Improved Ziggurat Method to
 * Generate Normal Random Samples", 2005): 128 layers of equal area, of which all but one draw in a hundred costs a product.
 */

const LAYERS = 128;
/** Where the tail begins, and the area of each layer. */
const TAIL_START = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;

/** Width of each layer; the lowest one is widened by the tail's area. */
const LAYER_WIDTH = new Float64Array(LAYERS + 1);
/** Share of each layer that lies under the curve whatever the height. */
const INSIDE_RATIO = new Float64Array(LAYERS);

const density = (x: number): number => exp(-0.5 * x * x);

LAYER_WIDTH[0] = LAYER_AREA / density(TAIL_START);
LAYER_WIDTH[1] = TAIL_START;
for (let i = 2, f = density(TAIL_START); i < LAYERS; i++) {
  LAYER_WIDTH[i] = Math.sqrt(-2 * log(LAYER_AREA / LAYER_WIDTH[i - 1] + f));
  f = density(LAYER_WIDTH[i]);
}
for (let i = 0; i < LAYERS; i++) INSIDE_RATIO[i] = LAYER_WIDTH[i + 1] / LAYER_WIDTH[i];

/** What the ziggurat draws from. */
export interface UniformSource {
  /** 32 random bits. */
  bits(): number;
  /** In [lo, hi). */
  uniform(lo: number, hi: number): number;
}

/** Beyond `TAIL`, by Marsaglia's exponentials. The arguments of `log` are in (0, 1]. */
function drawTail(random: UniformSource): number {
  for (;;) {
    const x = -log(1 - random.uniform(0, 1)) / TAIL_START;
    const y = -log(1 - random.uniform(0, 1));
    if (2 * y >= x * x) return TAIL_START + x;
  }
}

/** Mean 0, standard deviation 1. */
export function standardNormal(random: UniformSource): number {
  for (;;) {
    const u = random.uniform(-1, 1);
    const layer = random.bits() & (LAYERS - 1);
    if (Math.abs(u) < INSIDE_RATIO[layer]) return u * LAYER_WIDTH[layer];
    if (layer === 0) return u < 0 ? -drawTail(random) : drawTail(random);
    const x = u * LAYER_WIDTH[layer];
    const outer = exp(-0.5 * (LAYER_WIDTH[layer] * LAYER_WIDTH[layer] - x * x));
    const inner = exp(-0.5 * (LAYER_WIDTH[layer + 1] * LAYER_WIDTH[layer + 1] - x * x));
    if (inner + random.uniform(0, 1) * (outer - inner) < 1) return x;
  }
}
