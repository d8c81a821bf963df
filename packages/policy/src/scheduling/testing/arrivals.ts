import { type ActionChunk, armBlocks, type ChunkScheduler, POSE_SIZE, quaternion } from '@praxis/core';
import fc from 'fast-check';
import { expect } from 'vitest';

const gates = { vision: 1, wrench: 1, language: 1, joints: 1 };

/** Makes a chunk; `row` returns the action for a time (s). */
export const chunkOf = (
  stamp: number,
  row: (t: number) => readonly number[],
  horizon = 8,
  period = 0.05,
): ActionChunk => {
  const rows = Array.from({ length: horizon }, (_, k) => row(stamp + (k + 1) * period));
  const poses = Float64Array.from(rows.flatMap((each) => each.slice(0, POSE_SIZE)));
  const widths = Float64Array.from(rows, (each) => each[POSE_SIZE]);
  return { stamp, period, horizon, blocks: armBlocks(poses, widths), gates };
};

/** Returns an action that stays at x (m). */
export const at = (x: number) => (): number[] => [x, 0, 0.2, 0, 0, 0, 1, 0.04];

/** Numbers of a row: pose and width. */
export const ROW_SIZE = 8;

/** What a scheduler returns at `now` (s); undefined while it is empty. */
export const sampled = (scheduler: ChunkScheduler, now: number): Float64Array | undefined => {
  const out = new Float64Array(ROW_SIZE);
  return scheduler.sample(now, out) ? out : undefined;
};

/** Chunks of random rows, 20 to 180 ms apart, each arriving 0 to 300 ms after its observation. */
export const arrivals = fc.array(
  fc.record({
    gap: fc.integer({ min: 20, max: 180 }),
    delay: fc.integer({ min: 0, max: 300 }),
    rows: fc.array(
      fc.record({
        x: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        turn: fc.double({ min: -1, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

export const ACTION_PERIOD_S = 0.05;
const CONTROL_PERIOD_S = 0.002;

/** A chunk and the time at which it arrives (s). */
export interface Arrival {
  readonly time: number;
  readonly chunk: ActionChunk;
}

/** The chunks in order of their arrival. */
export const scheduled = (
  list: readonly { gap: number; delay: number; rows: readonly { x: number; turn: number }[] }[],
) => {
  let stamp = 0;
  const all = list.map(({ gap, delay, rows }): Arrival => {
    stamp += gap / 1000;
    const chunk = chunkOf(stamp, () => at(0)(), rows.length, ACTION_PERIOD_S);
    for (const [k, { x, turn }] of rows.entries()) {
      chunk.blocks.arm.data[k * POSE_SIZE] = x;
      chunk.blocks.arm.data[k * POSE_SIZE + 5] = Math.sin(turn / 2);
      chunk.blocks.arm.data[k * POSE_SIZE + 6] = Math.cos(turn / 2);
    }
    return { time: stamp + delay / 1000, chunk };
  });
  return all.sort((a, b) => a.time - b.time);
};

/**
 * Runs 500 Hz ticks. `each` gets the scheduler's output, the chunks that were added at that tick, and whether the queue was
 * empty before them.
 */
export const run = (
  scheduler: ChunkScheduler,
  list: readonly Arrival[],
  each: (now: number, out: Float64Array | undefined, pushed: readonly ActionChunk[], ranOut: boolean) => void,
): void => {
  let next = 0;
  for (let tick = 0; tick * CONTROL_PERIOD_S < 4; tick++) {
    const now = tick * CONTROL_PERIOD_S;
    const pushed: ActionChunk[] = [];
    const ranOut = !sampled(scheduler, now);
    while (next < list.length && list[next].time <= now) {
      pushed.push(list[next].chunk);
      scheduler.addChunk(list[next++].chunk, now);
    }
    each(now, sampled(scheduler, now), pushed, ranOut);
  }
};

/**
 * Checks for any arrival of chunks that targets are no faster than their rows and the blend require, and that quaternions keep their length.
 * @param create makes the scheduler with a duration of its blend (s)
 */
export function expectContinuous(create: (blend: number) => ChunkScheduler): void {
  const blend = 0.05;
  fc.assert(
    fc.property(arrivals, (list) => {
      const scheduler = create(blend);
      // Rows lie within 0.6 m and 2 rad of each other. A blended step adds to the rest of the previous ones, hence the
      // factor of 2 for chunks that arrive faster than the blend.
      const speed = 0.6 / ACTION_PERIOD_S + (0.6 * 2) / blend;
      const turnSpeed = 2 / ACTION_PERIOD_S + (2 * 2) / blend;
      let last: Float64Array | undefined;
      let [length, step, turned] = [0, 0, 0];
      run(scheduler, scheduled(list), (_, out, _pushed, ranOut) => {
        // After a gap of any length there is no old target to blend from.
        if (ranOut) last = undefined;
        if (out) length = Math.max(length, Math.abs(Math.hypot(...out.subarray(3, 7)) - 1));
        if (out && last) {
          step = Math.max(step, Math.abs(out[0] - last[0]));
          const turn = new Float64Array(4);
          const rotation = new Float64Array(3);
          quaternion.conjugate(last, turn, 3);
          quaternion.multiply(out, turn, turn, 3);
          quaternion.toRotationVector(turn, rotation);
          turned = Math.max(turned, Math.hypot(...rotation));
        }
        last = out;
      });
      expect(length).toBeLessThan(1e-9);
      expect(step).toBeLessThan(speed * CONTROL_PERIOD_S + 1e-9);
      expect(turned).toBeLessThan(turnSpeed * CONTROL_PERIOD_S + 1e-9);
    }),
    { numRuns: 60 },
  );
}
