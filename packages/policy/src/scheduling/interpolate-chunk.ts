import { ACTION_SIZE, type ActionChunk, lerp, quaternion } from '@praxis/core';

/**
 * Writes a chunk's target for time `now` (s) into `out` (length ACTION_SIZE): between rows positions are linear and
 * orientations spherically linear; before the first row the first one holds, after the last the last.
 */
export function interpolateChunk(
  { stamp, period, horizon, actions }: ActionChunk,
  now: number,
  out: Float64Array,
): void {
  const row = Math.min(Math.max((now - stamp) / period - 1, 0), horizon - 1);
  const a = Math.floor(row) * ACTION_SIZE;
  const b = Math.min(a + ACTION_SIZE, (horizon - 1) * ACTION_SIZE);
  const share = row - Math.floor(row);
  for (let i = 0; i < ACTION_SIZE; i++) out[i] = lerp(actions[a + i], actions[b + i], share);
  quaternion.slerp(actions, actions, share, out, a + 3, b + 3, 3);
}
