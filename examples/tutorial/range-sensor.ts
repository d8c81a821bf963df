import type { ModalityDefinition } from '@praxis/sim';

/** Largest distance that the sensor measures (m). */
const MAX_RANGE_M = 1;
/** Standard deviation of the noise in one sample (m). */
const NOISE_STD_M = 0.001;

/** A range finder between the fingers, which looks straight down. */
export const range: ModalityDefinition = {
  spec: { name: 'range', modality: 'range', dtype: 'float64', shape: [1], unit: 'm', frame: 'tool0', rateHz: 50 },
  simulate: ({ world, random }) => {
    // This runs once in each episode; the function that it returns runs once for each sample.
    return () => {
      const [x, y, z] = world.pose('tool0');
      const hit = world.ray([x, y, z], [0, 0, -1], 'tool0');
      const distance = Math.min(hit?.distance ?? MAX_RANGE_M, MAX_RANGE_M);
      return Float64Array.of(distance + random.normal(0, NOISE_STD_M));
    };
  },
};
