import type { StreamValue } from '@praxis/core';
import type { Axis } from '../numbers/axes.ts';

/** Element types of a graph's inputs. */
export type GraphDtype = 'float32' | 'float16' | 'int64' | 'int32' | 'uint8' | 'bool' | 'string';

/** Elements of a graph's input in row-major order. A `bool` has 0 and 1 in a Uint8Array, a `float16` its bits in a Uint16Array. */
export type TensorData = Float32Array | Uint16Array | BigInt64Array | Int32Array | Uint8Array | string[];

/**
 * An input of a graph, written from samples. It owns the buffers that the graph reads, writes them in place and allocates nothing per
 * inference but for a new text.
 */
export interface GraphTensor {
  readonly dtype: GraphDtype;
  readonly shape: readonly number[];
  /** Meaning of each dimension. */
  readonly axes: readonly Axis[];
  readonly data: TensorData;
  /** Second input of the graph that is written with the first: the mask of a text. */
  readonly mask?: Pick<GraphTensor, 'dtype' | 'shape' | 'axes' | 'data'>;
  /** Streams that it is written from. */
  readonly streams: readonly string[];
  /**
   * Writes the buffers.
   * @param samples for each of {@link streams} its samples, oldest first, at least one; the oldest stands for those that are missing
   * @throws {PolicyError} when a sample does not match the manifest or is not finite
   */
  write(samples: readonly (readonly StreamValue[])[]): void;
  /** Writes what stands for an absent input: zeros, or for a text the padding alone. */
  clear(): void;
}

/** The sample of one of several steps; the oldest one stands for those that are missing. */
export const sampleAt = (samples: readonly StreamValue[], step: number, steps: number): StreamValue =>
  samples[Math.max(samples.length - steps + step, 0)];
