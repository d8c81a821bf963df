import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import { HOME_JOINTS_RAD, SerialArm, sevenJointArm } from '../testing/serial-arm.ts';
import { DifferentialIk } from './differential-ik.ts';

const PERIOD_S = 0.002;
const DAMPING = 0.02;

/** Five joints with the proportions of a small arm: pan, lift, elbow, wrist and roll. */
const fiveJointArm = () =>
  new SerialArm(
    [
      { offset: [0.03, 0, 0.06], axis: [0, 0, 1] },
      { offset: [0.03, 0, 0.055], axis: [0, 1, 0] },
      { offset: [0.03, 0, 0.11], axis: [0, 1, 0] },
      { offset: [0.13, 0, 0], axis: [0, 1, 0] },
      { offset: [0.06, 0, 0], axis: [1, 0, 0] },
    ],
    [0.1, 0, 0],
    1.8,
    3,
  );

const TRAVEL_S = 0.2;
/** Gain of the controller's feedback of the position (1/s). */
const FEEDBACK_PER_S = 40;

/** Moves the tool along x, y, z at a velocity (m/s) without turning it, and returns the change of its position (m). */
function travel(arm: Kinematics, start: Float64Array, velocity: readonly number[], weights?: readonly number[]) {
  const ik = new DifferentialIk(arm, { weights });
  ik.reset(start);
  const [from, pose] = [new Float64Array(7), new Float64Array(7)];
  arm.forward(ik.joints, from);
  const motion = new Float64Array(6);
  for (let tick = 0; tick * PERIOD_S < TRAVEL_S; tick++) {
    arm.forward(ik.joints, pose);
    for (let i = 0; i < 3; i++) {
      const behind = from[i] + velocity[i] * tick * PERIOD_S - pose[i];
      motion[i] = (velocity[i] + FEEDBACK_PER_S * behind) * PERIOD_S;
    }
    ik.move(motion, PERIOD_S);
  }
  arm.forward(ik.joints, pose);
  return [0, 1, 2].map((i) => pose[i] - from[i]);
}

/** True when no joint's motion within the limits from `joints` on would lower the error of the step that led there. */
function isLeastWithinLimits(arm: Kinematics, from: Float64Array, joints: Float64Array, motion: Float64Array): boolean {
  const n = from.length;
  const jacobian = new Float64Array(6 * n);
  arm.jacobian(from, jacobian);
  const step = joints.map((value, i) => value - from[i]);
  const left = motion.map((value, r) => step.reduce((sum, change, i) => sum - jacobian[n * r + i] * change, value));
  return step.every((change, i) => {
    const descent = left.reduce((sum, value, r) => sum + jacobian[n * r + i] * value, -(DAMPING ** 2) * change);
    const couldSink = from[i] > arm.lower[i] && descent < -1e-9;
    return !couldSink && !(from[i] < arm.upper[i] && descent > 1e-9);
  });
}

describe('DifferentialIk', () => {
  it('holds a joint at its limit only while the least error lies beyond it', () => {
    const [arm, random, steps] = [sevenJointArm(), new Random(1, 'steps'), 4000];
    const ik = new DifferentialIk(arm, { damping: DAMPING, velocityShare: 100 });
    let least = 0;
    for (let k = 0; k < steps; k++) {
      const start = HOME_JOINTS_RAD.map(
        (home, i) => [home, arm.lower[i], arm.upper[i]][Math.floor(random.uniform(0, 3))],
      );
      const motion = Float64Array.from({ length: 6 }, () => random.uniform(-0.2, 0.2) * PERIOD_S);
      ik.reset(start);
      ik.move(motion, PERIOD_S);
      if (isLeastWithinLimits(arm, start, ik.joints, motion)) least++;
    }
    // 56 % if a joint that was held once stays held.
    expect(least / steps).toBeGreaterThan(0.999);
  });

  it('moves the tool of a five-joint arm straight, whatever the orientation can follow', () => {
    const angle = (middle: number) => fc.double({ min: middle - 0.2, max: middle + 0.2, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(angle(-0.4), angle(-0.8), angle(0.9), angle(0.3), angle(0)),
        fc.nat(2),
        fc.constantFrom(-0.1, 0.1),
        (joints, axis, speed) => {
          const velocity = [0, 0, 0];
          velocity[axis] = speed;
          const moved = travel(fiveJointArm(), Float64Array.from(joints), velocity);
          moved.forEach((metres, i) => {
            expect(Math.abs(metres - TRAVEL_S * velocity[i])).toBeLessThan(0.001);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('with equal weights such an arm trades position for orientation', () => {
    const start = Float64Array.of(-0.4, -0.9, 1, 0.3, 0);
    const moved = travel(fiveJointArm(), start, [0, 0.1, 0], [1, 1, 1, 1, 1, 1]);
    expect(moved[1]).toBeLessThan(0.015);
  });

  it('leaves an axis of weight 0 free', () => {
    const velocity = [0.1, 0, 0];
    const start = Float64Array.of(0, -0.9, 1, 0.3, 0);
    const [x, , z] = travel(fiveJointArm(), start, velocity, [1, 1, 0, 0, 0, 0]);
    expect(Math.abs(x - 0.02)).toBeLessThan(0.001);
    expect(Math.abs(z)).toBeGreaterThan(1e-4);
  });

  it('refuses weights that are not six numbers of at least 0', () => {
    const arm = fiveJointArm();
    expect(() => new DifferentialIk(arm, { weights: [1, 1, 1] })).toThrow('weights 1,1,1: expected 6 finite numbers');
    expect(() => new DifferentialIk(arm, { weights: [1, 1, 1, 1, 1, -1] })).toThrow('of at least 0');
  });
});
