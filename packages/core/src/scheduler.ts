import type { ActionChunk } from './policy.ts';

/**
 * Port: decides which action holds at a time while chunks arrive late and overlap.
 * `@praxis/policy` has receding horizon; others can be written against this port.
 */
export interface ChunkScheduler {
  /** A chunk arrived at time `now` (s). */
  push(chunk: ActionChunk, now: number): void;
  /**
   * Writes the target for time `now` into `out` (length ACTION_SIZE): poses interpolated between rows.
   * Returns false, and leaves `out` alone, when no action is left for this time: an empty queue.
   */
  sample(now: number, out: Float64Array): boolean;
  reset(): void;
}
