import { ActionRows } from '../actions/rows.ts';
import type { ActionChunk } from '../actions/specs.ts';
import type { ChunkScheduler } from '../ports/policy.ts';

/** Returns the row of the newest chunk for the present time, without interpolation. */
export class NewestChunk implements ChunkScheduler {
  #chunk: ActionChunk | undefined;
  readonly addedChunks: { readonly stamp: number; readonly at: number }[] = [];

  addChunk(chunk: ActionChunk, now: number): void {
    this.#chunk = chunk;
    this.addedChunks.push({ stamp: chunk.stamp, at: now });
  }

  sample(now: number, out: Float64Array): boolean {
    if (!this.#chunk) return false;
    const { stamp, period, horizon } = this.#chunk;
    const row = Math.max(0, Math.ceil((now - stamp) / period - 1e-9) - 1);
    if (row >= horizon) return false;
    const rows = new ActionRows(this.#chunk);
    out.set(rows.flat().subarray(row * rows.size, (row + 1) * rows.size));
    return true;
  }

  reset(): void {
    this.#chunk = undefined;
  }
}
