import { type ActionChunk, PolicyError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecedingHorizon } from './receding-horizon.ts';
import {
  ACTION_PERIOD_S,
  arrivals,
  at,
  chunkOf,
  expectContinuous,
  ROW_SIZE,
  run,
  sampled,
  scheduled,
} from './testing/arrivals.ts';

/** Returns an action with x = t (m) and a rotation of t (rad) about z. */
const moving = (t: number): number[] => [t, 0, 0.2, 0, 0, Math.sin(t / 2), Math.cos(t / 2), 0.04];
describe('RecedingHorizon', () => {
  it('returns each row at its time and interpolates between rows', () => {
    const scheduler = new RecedingHorizon();
    scheduler.addChunk(chunkOf(1, moving), 1);
    for (const t of [1.05, 1.1, 1.1125, 1.39, 1.4]) {
      const expected = moving(t);
      for (const [i, value] of sampled(scheduler, t)!.entries()) expect(value).toBeCloseTo(expected[i], 9);
    }
  });

  it('holds the first row until its time', () => {
    const scheduler = new RecedingHorizon();
    scheduler.addChunk(chunkOf(1, moving), 1);
    expect(sampled(scheduler, 1)![0]).toBeCloseTo(1.05, 12);
  });

  it('gives the same actions whether or not it was asked for times ahead', () => {
    const time = fc.double({ min: 1, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 0.06 }), time, fc.boolean())), (steps) => {
        const [asked, left] = [new RecedingHorizon(), new RecedingHorizon()];
        let now = 1;
        for (const [step, ahead, arrives] of steps.filter(([each]) => Number.isFinite(each))) {
          now += step;
          if (arrives) for (const each of [asked, left]) each.addChunk(chunkOf(now - 0.02, at(now % 1)), now);
          sampled(asked, ahead);
          expect(sampled(asked, now)).toEqual(sampled(left, now));
        }
      }),
    );
  });

  it('is empty before the first chunk, before its stamp, after its last row and grace, and after a reset', () => {
    const scheduler = new RecedingHorizon({ grace: 0.02 });
    expect(sampled(scheduler, 0)).toBeUndefined();
    scheduler.addChunk(chunkOf(1, moving), 1.1);
    expect(sampled(scheduler, 0.99)).toBeUndefined();
    expect(sampled(scheduler, 1.419)![0]).toBeCloseTo(1.4, 12);
    expect(sampled(scheduler, 1.421)).toBeUndefined();
    scheduler.addChunk(chunkOf(1, moving), 1.1);
    scheduler.reset();
    expect(sampled(scheduler, 1.2)).toBeUndefined();
  });

  it('follows the next chunk after the clock was set back, and refuses one from the future', () => {
    const scheduler = new RecedingHorizon({ blend: 0 });
    scheduler.addChunk(chunkOf(1000, at(1)), 1000);
    scheduler.addChunk(chunkOf(10, at(2)), 10);
    expect(sampled(scheduler, 10.1)![0]).toBe(2);
    scheduler.addChunk(chunkOf(3600, at(3)), 10.1);
    scheduler.addChunk(chunkOf(10.1, at(4)), 10.1);
    expect(sampled(scheduler, 10.2)![0]).toBe(4);
    expect(scheduler.counters).toMatchObject({ accepted: 3, ahead: 1, outOfOrder: 0 });
  });

  it('does not change the output while it is empty', () => {
    const out = new Float64Array(ROW_SIZE).fill(7);
    expect(new RecedingHorizon().sample(1, out)).toBe(false);
    expect(out.every((value) => value === 7)).toBe(true);
  });

  it('skips the actions that are past because of the inference delay', () => {
    const scheduler = new RecedingHorizon();
    scheduler.addChunk(chunkOf(1, moving), 1.17);
    expect(sampled(scheduler, 1.17)![0]).toBeCloseTo(1.17, 12);
    expect(scheduler.counters).toMatchObject({ accepted: 1, skippedActions: 3 });
    scheduler.reset();
    scheduler.addChunk(chunkOf(2, moving), 2.05);
    expect(scheduler.counters.skippedActions).toBe(3);
  });

  it('blends from the old chunk to the new one without a jump, and follows the new one afterwards', () => {
    const scheduler = new RecedingHorizon({ blend: 0.1 });
    scheduler.addChunk(chunkOf(0, at(0)), 0);
    scheduler.addChunk(chunkOf(0.1, at(1)), 0.12);
    expect(sampled(scheduler, 0.12)![0]).toBeCloseTo(0, 12);
    expect(sampled(scheduler, 0.17)![0]).toBeCloseTo(0.5, 12);
    expect(sampled(scheduler, 0.22)![0]).toBeCloseTo(1, 12);
    expect(sampled(scheduler, 0.3)![0]).toBe(1);
  });

  it('fades each space by its own rule: an angle the shorter way round, an opening not at all', () => {
    const blocksOf = (angle: number, opening: number): ActionChunk['blocks'] => ({
      wrist: { space: 'joint_position', data: new Float64Array(8).fill(angle), interpolation: ['angle'] },
      jaw: { space: 'gripper', data: new Float64Array(8).fill(opening), interpolation: ['snap'] },
    });
    const scheduler = new RecedingHorizon({ blend: 0.1 });
    scheduler.addChunk({ ...chunkOf(0, at(0)), blocks: blocksOf(3, 0) }, 0);
    scheduler.addChunk({ ...chunkOf(0.1, at(0)), blocks: blocksOf(-3, 1) }, 0.12);
    const out = new Float64Array(2);
    const angles: number[] = [];
    for (let k = 0; k <= 10; k++) {
      expect(scheduler.sample(0.12 + 0.01 * k, out)).toBe(true);
      expect(out[1]).toBe(1);
      angles.push(out[0]);
    }
    // From 3 to -3 the shorter way leads over pi.
    const way = 2 * Math.PI - 6;
    for (const [k, angle] of angles.entries()) expect(angle).toBeCloseTo(-3 - way * (1 - k / 10), 9);
  });

  it('jumps to a chunk of other blocks', () => {
    const scheduler = new RecedingHorizon({ blend: 0.1 });
    scheduler.addChunk(chunkOf(0, at(0)), 0);
    const joints = { arm: { space: 'joint_position', data: new Float64Array(64).fill(2) } } as const;
    scheduler.addChunk({ ...chunkOf(0.1, at(0)), blocks: joints }, 0.12);
    expect([...sampled(scheduler, 0.12)!]).toEqual(new Array<number>(8).fill(2));
  });

  it('jumps to the new chunk with a blend of 0', () => {
    const scheduler = new RecedingHorizon({ blend: 0 });
    scheduler.addChunk(chunkOf(0, at(0)), 0);
    scheduler.addChunk(chunkOf(0.1, at(1)), 0.12);
    expect(sampled(scheduler, 0.12)![0]).toBe(1);
  });

  it('does not blend after the queue was empty', () => {
    const scheduler = new RecedingHorizon({ blend: 0.1 });
    scheduler.addChunk(chunkOf(0, at(0)), 0);
    scheduler.addChunk(chunkOf(1, at(1)), 1);
    expect(sampled(scheduler, 1)![0]).toBe(1);
  });

  it('ignores chunks of older observations and chunks that are past on arrival', () => {
    const scheduler = new RecedingHorizon();
    scheduler.addChunk(chunkOf(1, at(1)), 1.05);
    scheduler.addChunk(chunkOf(0.9, at(5)), 1.1);
    expect(sampled(scheduler, 1.3)![0]).toBe(1);
    scheduler.addChunk(chunkOf(1.05, at(6)), 2);
    expect(scheduler.counters).toMatchObject({ accepted: 1, outOfOrder: 1, expired: 1 });
  });

  it('refuses negative times', () => {
    expect(() => new RecedingHorizon({ blend: -1 })).toThrow(PolicyError);
    expect(() => new RecedingHorizon({ blend: -1 })).toThrow('blend -1 s');
  });
});

describe('RecedingHorizon under any arrival of chunks', () => {
  it('returns an action exactly for the times that the newest chunk covers', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const scheduler = new RecedingHorizon();
        let newest: ActionChunk | undefined;
        const wrong: number[] = [];
        run(scheduler, scheduled(list), (now, out, pushed) => {
          for (const chunk of pushed) {
            const expired = now > chunk.stamp + chunk.horizon * ACTION_PERIOD_S + scheduler.grace;
            if (!expired && chunk.stamp >= (newest?.stamp ?? 0)) newest = chunk;
          }
          const covered =
            newest !== undefined &&
            now >= newest.stamp &&
            now <= newest.stamp + newest.horizon * ACTION_PERIOD_S + scheduler.grace;
          if ((out !== undefined) !== covered) wrong.push(now);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is no faster than its rows and the blend require, and keeps unit quaternions', () => {
    expectContinuous((blend) => new RecedingHorizon({ blend }));
  });
});
