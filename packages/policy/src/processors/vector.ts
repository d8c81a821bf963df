import { type JointState, PolicyError, type StreamValue } from '@praxis/core';
import type { Processor } from './processor.ts';

const isVector = (value: unknown): value is Float64Array => value instanceof Float64Array;

const isJointState = (value: StreamValue): value is JointState => typeof value === 'object' && 'position' in value;

/** The numbers of a sample; those of a joint state are its positions, which the control loop puts in the order of the manifest. */
const numbersOf = (sample: StreamValue): StreamValue => (isJointState(sample) ? sample.position : sample);

/**
 * Makes the processor of vectors of length d: the last `window` samples to float32 `[1, window, d]`, or `[1, d]` for a window
 * of one, oldest first, (value - mean) / std. The oldest sample is repeated until the window is full. Joint states count as vectors
 * of positions.
 * @param where encoder and stream in errors
 * @param mean,std statistics of each element, in the stream's unit
 */
export function vectorProcessor(
  where: string,
  window: number,
  { mean, std }: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Processor {
  const size = mean.length;
  const data = new Float32Array(window * size);
  const means = Float64Array.from(mean);
  const stds = Float64Array.from(std);
  return {
    dtype: 'float32',
    shape: window === 1 ? [1, size] : [1, window, size],
    data,
    write(samples) {
      // More samples than the window: only the newest count. Fewer: the oldest is repeated in front.
      const lead = window - samples.length;
      for (let row = 0; row < window; row++) {
        const sample = numbersOf(samples[Math.max(row - lead, 0)]);
        if (!isVector(sample) || sample.length !== size) {
          const given = isVector(sample) ? `${sample.length} numbers` : `type ${typeof sample}`;
          throw new PolicyError(`${where}: a sample has ${given}, expected a Float64Array of ${size}`);
        }
        for (let i = 0; i < size; i++) {
          const value = sample[i];
          if (!Number.isFinite(value)) throw new PolicyError(`${where}: element ${i} is ${value}, expected finite`);
          data[row * size + i] = (value - means[i]) / stds[i];
        }
      }
    },
  };
}
