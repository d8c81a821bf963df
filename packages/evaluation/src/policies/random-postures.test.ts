import { setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { randomPostures } from './random-postures.ts';

const setup = setupOf({ urdf: armUrdf() });
const { kinematics } = setup;

describe('randomPostures', () => {
  it('draws postures within the limits of the joints, the same ones from the same seed', () => {
    const postures = randomPostures(setup, [], 8, 1);
    expect(postures).toHaveLength(8);
    expect(randomPostures(setup, [], 8, 1)).toEqual(postures);
    expect(randomPostures(setup, [], 8, 2)).not.toEqual(postures);
    for (const posture of postures) {
      for (const [i, position] of posture.entries()) {
        expect(position).toBeGreaterThan(kinematics.lower[i]);
        expect(position).toBeLessThan(kinematics.upper[i]);
      }
    }
  });

  it('keeps to what was trained: the positions of joints, and the place of the tool', () => {
    const [joint] = kinematics.jointNames;
    const statistics = [
      { stream: 'joints', names: [joint], mean: [0.1], std: [0.02] },
      { stream: 'ee_state', names: ['element 0', 'y', 'z'], mean: [0.45, 0, Number.NaN], std: [0.05, 0.1, 1] },
    ];
    const postures = randomPostures(setup, statistics, 8, 1);
    expect(postures).toHaveLength(8);
    const pose = new Float64Array(7);
    for (const posture of postures) {
      expect(Math.abs(posture[0] - 0.1)).toBeLessThanOrEqual(0.04);
      kinematics.forward(posture, pose);
      expect(Math.abs(pose[0] - 0.45)).toBeLessThanOrEqual(0.1);
      expect(Math.abs(pose[1])).toBeLessThanOrEqual(0.2);
      expect(pose[2]).toBeGreaterThanOrEqual(0.05);
    }
  });

  it('gives none where the arm does not come to the place that was trained', () => {
    const far = [{ stream: 'ee_state', names: ['x'], mean: [9], std: [0.1] }];
    expect(randomPostures(setup, far, 2, 1)).toEqual([]);
  });
});
