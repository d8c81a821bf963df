import type { StreamValue } from '@praxis/core';

/** Element types of the graphs' inputs. */
export type TensorDtype = 'float32' | 'int64';

/**
 * Turns the samples of one stream into the input of its encoder's graph. It owns the buffer that the graph reads, writes
 * it in place and allocates nothing per call.
 */
export interface Processor {
  /** Element type of {@link data}. */
  readonly dtype: TensorDtype;
  /** Shape of the graph's input, batch of one included. */
  readonly shape: readonly number[];
  /** Row-major; written again by every {@link write}. */
  readonly data: Float32Array | BigInt64Array;
  /**
   * @param samples what the stream gave, oldest first, at least one and at most the window
   * @throws {PolicyError} when a sample is not what the manifest says, or not finite.
   */
  write(samples: readonly StreamValue[]): void;
}
