import { setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { recordFrames } from './episode-records.ts';
import { WrenchSeries } from './wrench-series.ts';

const { kinematics, tool, home } = setupOf({ urdf: armUrdf() });
const wrenches = Array.from({ length: 40 }, (_, frame) => Float64Array.of(frame, -frame, 2, 0, 0.1, 0));
const joints = wrenches.map(() => Float64Array.from(home));

describe('contact wrenches of frames', () => {
  it('are linear between frames, and the newest one is that of the frame', () => {
    const series = new WrenchSeries({ ...{ wrenches, joints, fps: 10, kinematics }, load: undefined });
    expect(series.firstFrame).toBe(0);
    const window = series.window(20);
    expect(window).toHaveLength(64 * 6);
    const forces = Array.from({ length: 64 }, (_, k) => window[6 * k]);
    for (const [k, force] of forces.entries()) expect(force).toBeCloseTo(20 - (63 - k) / 10, 9);
    // Before the first frame stands its own.
    expect(series.window(2)[0]).toBe(0);
  });

  it('of a sensor that feels the tool begin with its zero, and have neither weight nor offset', () => {
    const offset = Float64Array.of(3, -2, 1, 0.1, 0.2, 0.3);
    const felt = wrenches.map((_, frame) => offset.map((value, i) => value + (i === 2 && frame >= 20 ? 5 : 0)));
    const series = new WrenchSeries({ ...{ wrenches: felt, joints, fps: 20, kinematics }, load: tool! });
    expect(series.firstFrame).toBe(2);
    const [before, after] = [series.window(10), series.window(39)];
    for (let i = 0; i < 6; i++) expect(before[63 * 6 + i]).toBeCloseTo(0, 9);
    for (let i = 0; i < 6; i++) expect(after[63 * 6 + i]).toBeCloseTo(i === 2 ? 5 : 0, 9);
  });
});

describe('the frames of records', () => {
  it('are all of them at their rate or below, else those nearest to its times', () => {
    expect(recordFrames(4, 10, 10)).toEqual([0, 1, 2, 3]);
    expect(recordFrames(3, 5, 10)).toEqual([0, 1, 2]);
    expect(recordFrames(10, 30, 10)).toEqual([0, 3, 6, 9]);
    expect(recordFrames(10, 25, 10)).toEqual([0, 3, 5, 8]);
  });
});
