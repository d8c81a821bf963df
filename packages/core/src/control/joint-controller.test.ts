import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kinematics } from '../ports/kinematics.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from '../testing/serial-arm.ts';
import { JointController, type JointTargets } from './joint-controller.ts';

const CONTROL_PERIOD_S = 0.002;
const ACCELERATION = 8;
const ARM = sevenJointArm();
const ORDER = [0, 1, 2, 3, 4, 5, 6];

function setUp(space: JointTargets['space'], kinematics: Kinematics = ARM, start: ArrayLike<number> = HOME_JOINTS_RAD) {
  const motion = new Float64Array(7);
  const controller = new JointController(kinematics, { space, motion, order: ORDER });
  controller.reset(Float64Array.from(start));
  /** Runs and returns the largest speed and acceleration of each tick. */
  const run = (seconds: number, state: 'tracking' | 'empty' | 'holding' = 'tracking') => {
    let [speed, acceleration] = [0, 0];
    const before = controller.joints.slice();
    const velocity = new Float64Array(7).fill(Number.NaN);
    for (let k = Math.round(seconds / CONTROL_PERIOD_S); k > 0; k--) {
      controller.move(state, CONTROL_PERIOD_S);
      for (let i = 0; i < 7; i++) {
        const now = (controller.joints[i] - before[i]) / CONTROL_PERIOD_S;
        speed = Math.max(speed, Math.abs(now) / kinematics.maxVelocity[i]);
        if (!Number.isNaN(velocity[i])) {
          acceleration = Math.max(acceleration, Math.abs(now - velocity[i]) / CONTROL_PERIOD_S);
        }
        velocity[i] = now;
        before[i] = controller.joints[i];
      }
    }
    return { speed, acceleration };
  };
  return { motion, controller, run };
}

const angles = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 7, maxLength: 7 });

describe('JointController', () => {
  it('reaches any positions within the limits of position, speed and acceleration', () => {
    fc.assert(
      fc.property(angles, (targets) => {
        const { motion, controller, run } = setUp('position');
        motion.set(targets);
        const { speed, acceleration } = run(6);
        expect(speed).toBeLessThanOrEqual(0.9 + 1e-9);
        // The last step before rest is as long as the rest of the way.
        expect(acceleration).toBeLessThanOrEqual(ACCELERATION * 1.05);
        for (const [i, target] of targets.entries()) {
          const wanted = Math.min(Math.max(target, ARM.lower[i]), ARM.upper[i]);
          expect(controller.joints[i]).toBeCloseTo(wanted, 6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('does not overshoot, and follows a target of constant speed without a lag', () => {
    const { motion, controller, run } = setUp('position');
    motion.set(HOME_JOINTS_RAD);
    motion[0] = 0.5;
    for (let k = 0; k < 100; k++) {
      run(0.02);
      expect(controller.joints[0]).toBeLessThan(0.5 + 1e-6);
    }
    for (let k = 0; k < 500; k++) {
      motion[0] = 0.5 + 0.4 * k * CONTROL_PERIOD_S;
      run(CONTROL_PERIOD_S);
    }
    // The joint is where the target will be after this control period.
    expect(Math.abs(controller.joints[0] - motion[0])).toBeLessThan(1.01 * 0.4 * CONTROL_PERIOD_S);
  });

  it('turns a joint without limits the shorter way round', () => {
    const free = Float64Array.from(ARM.lower, () => Number.POSITIVE_INFINITY);
    const kinematics: Kinematics = {
      jointNames: ARM.jointNames,
      lower: free.map((each) => -each),
      upper: free,
      maxVelocity: ARM.maxVelocity,
      forward: (joints, out) => ARM.forward(joints, out),
      jacobian: (joints, out) => ARM.jacobian(joints, out),
    };
    const { motion, controller, run } = setUp('position', kinematics, [3, 0, 0, 0, 0, 0, 0]);
    motion[0] = -3;
    run(2);
    expect(controller.joints[0]).toBeCloseTo(2 * Math.PI - 3, 6);
  });

  it('goes at a velocity, brakes before a limit, and ends with the actions', () => {
    const { motion, controller, run } = setUp('velocity');
    motion[0] = 1;
    const { acceleration } = run(1);
    expect(acceleration).toBeLessThanOrEqual(ACCELERATION * 1.01);
    expect(controller.joints[0]).toBeCloseTo(1 - 1 / (2 * ACCELERATION), 2);
    run(5);
    expect(controller.joints[0]).toBeLessThanOrEqual(ARM.upper[0]);
    expect(controller.joints[0]).toBeCloseTo(ARM.upper[0], 4);
    motion[0] = -1;
    run(0.5);
    run(0.3, 'empty');
    const at = controller.joints[0];
    run(0.3, 'empty');
    expect(controller.joints[0]).toBe(at);
  });

  it('continues to the last position without actions, and brakes when it holds', () => {
    const { motion, controller, run } = setUp('position');
    motion.set(HOME_JOINTS_RAD);
    motion[0] = 2;
    run(0.3);
    run(0.2, 'empty');
    const at = controller.joints[0];
    expect(at).toBeGreaterThan(0.4);
    run(0.5, 'holding');
    const still = controller.joints[0];
    expect(still).toBeLessThan(1.7);
    run(0.5, 'holding');
    expect(controller.joints[0]).toBe(still);
  });

  it('refuses options out of range, and compliance', () => {
    const targets = { space: 'position', motion: new Float64Array(7), order: ORDER } as const;
    expect(() => new JointController(ARM, targets, { acceleration: 0 })).toThrow('acceleration is 0');
    expect(() => new JointController(ARM, targets, { velocityShare: 2 })).toThrow('velocity share is 2');
    const { controller } = setUp('position');
    expect(() => controller.setAdmittance({ mass: 1, damping: 1, stiffness: 1, axes: ['x'] })).toThrow(
      'follows joints',
    );
  });
});
