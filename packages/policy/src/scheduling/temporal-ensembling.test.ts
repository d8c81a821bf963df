import { type ActionChunk, PolicyError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemporalEnsembling } from './temporal-ensembling.ts';
import { arrivals, at, chunkOf, expectContinuous, run, sampled, scheduled } from './testing/arrivals.ts';

/** A scheduler without transitions, whose targets are the means alone. */
const plain = (decay = 0.01) => new TemporalEnsembling({ decay, blend: 0 });

describe('TemporalEnsembling', () => {
  it('returns the mean of all chunks that cover the time, with the weights exp(-m i) from the oldest on', () => {
    const scheduler = plain(0.5);
    for (const [k, x] of [1, 2, 4].entries()) scheduler.addChunk(chunkOf(0.1 * k, at(x)), 0.1 * k);
    const weights = [0, 1, 2].map((i) => Math.exp(-0.5 * i));
    const sum = weights.reduce((a, b) => a + b);
    expect(sampled(scheduler, 0.3)![0]).toBeCloseTo((weights[0] + 2 * weights[1] + 4 * weights[2]) / sum, 12);
    // After the end of the first one, the second is the oldest.
    expect(sampled(scheduler, 0.45)![0]).toBeCloseTo((2 * weights[0] + 4 * weights[1]) / (weights[0] + weights[1]), 12);
    expect(sampled(scheduler, 0.55)![0]).toBeCloseTo(4, 12);
  });

  it('returns what the chunks predict when they agree, and interpolates between rows', () => {
    const moving = (t: number) => [t, 0, 0.2, 0, 0, Math.sin(t / 2), Math.cos(t / 2), 0.04];
    const scheduler = new TemporalEnsembling();
    for (const stamp of [1, 1.1, 1.2]) scheduler.addChunk(chunkOf(stamp, moving), stamp + 0.06);
    for (const t of [1.27, 1.3125, 1.39, 1.4]) {
      for (const [i, value] of sampled(scheduler, t)!.entries()) expect(value).toBeCloseTo(moving(t)[i], 9);
    }
  });

  it('averages orientations along the shorter way', () => {
    const turned = (angle: number) => () => [0, 0, 0.2, 0, 0, Math.sin(angle / 2), Math.cos(angle / 2), 0.04];
    const scheduler = plain(0);
    scheduler.addChunk(chunkOf(0, turned(3)), 0);
    scheduler.addChunk(chunkOf(0.1, turned(-3)), 0.1);
    // Half of the way from 3 to -3 over pi.
    const [, , , , , z, w] = sampled(scheduler, 0.2)!;
    expect(Math.abs(2 * Math.atan2(z, w))).toBeCloseTo(Math.PI, 9);
  });

  it('averages angles, and lets what snaps follow the newest chunk', () => {
    const blocksOf = (angle: number, opening: number): ActionChunk['blocks'] => ({
      wrist: { space: 'joint_position', data: new Float64Array(8).fill(angle), interpolation: ['angle'] },
      jaw: { space: 'gripper', data: new Float64Array(8).fill(opening), interpolation: ['snap'] },
    });
    const scheduler = plain(0);
    scheduler.addChunk({ ...chunkOf(0, at(0)), blocks: blocksOf(3, 0) }, 0);
    scheduler.addChunk({ ...chunkOf(0.1, at(0)), blocks: blocksOf(-3, 1) }, 0.1);
    const out = new Float64Array(2);
    expect(scheduler.sample(0.2, out)).toBe(true);
    expect(Math.cos(out[0])).toBeCloseTo(-1, 12);
    expect(out[1]).toBe(1);
  });

  it('fades the step when a chunk comes, and when one ends', () => {
    const scheduler = new TemporalEnsembling({ decay: 0, blend: 0.1 });
    scheduler.addChunk(chunkOf(0, at(0)), 0);
    scheduler.addChunk(chunkOf(0.1, at(1)), 0.12);
    const expected = [
      [0.12, 0],
      [0.17, 0.25],
      [0.22, 0.5],
      [0.4, 0.5],
      // The first chunk has ended at 0.4 s; the transition starts with the first sample after it.
      [0.402, 0.5],
      [0.452, 0.75],
      [0.502, 1],
    ] as const;
    for (const [time, x] of expected) expect(sampled(scheduler, time)![0], `${time} s`).toBeCloseTo(x, 9);
  });

  it('is empty before the first chunk, before its stamp, after its last row and grace, and after a reset', () => {
    const scheduler = new TemporalEnsembling({ grace: 0.02 });
    expect(sampled(scheduler, 0)).toBeUndefined();
    scheduler.addChunk(chunkOf(1, at(1)), 1.1);
    expect(sampled(scheduler, 0.99)).toBeUndefined();
    expect(sampled(scheduler, 1.419)![0]).toBe(1);
    expect(sampled(scheduler, 1.421)).toBeUndefined();
    scheduler.addChunk(chunkOf(1.1, at(1)), 1.1);
    scheduler.reset();
    expect(sampled(scheduler, 1.2)).toBeUndefined();
  });

  it('starts anew with a chunk of other blocks, after an empty queue, and after the clock was set back', () => {
    const scheduler = new TemporalEnsembling();
    scheduler.addChunk(chunkOf(1000, at(1)), 1000);
    const joints = { arm: { space: 'joint_position', data: new Float64Array(64).fill(2) } } as const;
    scheduler.addChunk({ ...chunkOf(1000.1, at(0)), blocks: joints }, 1000.1);
    expect([...sampled(scheduler, 1000.1)!]).toEqual(new Array<number>(8).fill(2));
    scheduler.addChunk(chunkOf(1002, at(3)), 1002);
    expect(sampled(scheduler, 1002)![0]).toBe(3);
    scheduler.addChunk(chunkOf(10, at(4)), 10);
    expect(sampled(scheduler, 10.1)![0]).toBe(4);
  });

  it('ignores and counts chunks of older observations, from the future, and past ones', () => {
    const scheduler = plain();
    scheduler.addChunk(chunkOf(1, at(1)), 1.12);
    scheduler.addChunk(chunkOf(0.9, at(5)), 1.13);
    scheduler.addChunk(chunkOf(3600, at(5)), 1.14);
    expect(sampled(scheduler, 1.3)![0]).toBe(1);
    scheduler.addChunk(chunkOf(1.05, at(6)), 2);
    expect(scheduler.counters).toEqual({ accepted: 1, outOfOrder: 1, ahead: 1, expired: 1, skippedActions: 2 });
  });

  it('refuses negative options', () => {
    expect(() => new TemporalEnsembling({ decay: -1 })).toThrow(PolicyError);
    expect(() => new TemporalEnsembling({ decay: -1 })).toThrow('decay -1');
  });
});

describe('TemporalEnsembling under any arrival of chunks', () => {
  it('returns a mean of the chunks in use exactly for the times that one of them covers', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const scheduler = plain();
        let used: readonly ActionChunk[] = [];
        let newestStamp = Number.NEGATIVE_INFINITY;
        const endOf = ({ stamp, horizon, period }: ActionChunk) => stamp + horizon * period;
        const wrong: number[] = [];
        run(scheduler, scheduled(list), (now, out, pushed) => {
          const alive = used.some((chunk) => now <= endOf(chunk) + scheduler.grace);
          if (!alive) used = [];
          for (const chunk of pushed) {
            const isOld = chunk.stamp <= newestStamp;
            if (isOld || now > endOf(chunk) + scheduler.grace) continue;
            used = [...used, chunk];
            newestStamp = chunk.stamp;
          }
          if ((out !== undefined) !== used.length > 0) wrong.push(now);
          if (!out) return;
          const xs = used.flatMap(({ blocks, horizon }) =>
            Array.from({ length: horizon }, (_, k) => blocks.arm.data[7 * k]),
          );
          if (out[0] < Math.min(...xs) - 1e-9 || out[0] > Math.max(...xs) + 1e-9) wrong.push(now);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is no faster than its rows and the blend require, and keeps unit quaternions', () => {
    expectContinuous((blend) => new TemporalEnsembling({ blend }));
  });
});
