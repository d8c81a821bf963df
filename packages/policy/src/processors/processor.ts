import type { StreamValue } from '@praxis/core';

/** Element types of the graphs' inputs. */
export type TensorDtype = 'float32' | 'int64';

/**
 * Converts the samples of one stream to the input of its encoder's graph. It owns the buffer that the graph reads, writes it
 * in place and allocates nothing per call.
 */
export interface Processor {
  /** Element type of {@link data}. */
  readonly dtype: TensorDtype;
  /** Shape of the graph's input, including the batch dimension of 1. */
  readonly shape: readonly number[];
  /** Input of the graph in row-major order; {@link write} overwrites it. */
  readonly data: Float32Array | BigInt64Array;
  /**
   * Converts samples into {@link data}.
   * @param samples samples of the stream, oldest first, from one to the window's size
   * @throws {PolicyError} when a sample does not match the manifest or is not finite.
   */
  write(samples: readonly StreamValue[]): void;
}
