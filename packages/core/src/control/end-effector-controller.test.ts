import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quaternion } from '../math/index.ts';
import type { ChunkScheduler } from '../ports/policy.ts';
import { ControlledArm } from '../testing/controlled-arm.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from '../testing/serial-arm.ts';
import { EndEffectorController } from './end-effector-controller.ts';

const CONTROL_PERIOD_S = 0.002;
const NO_CONTACT = new Float64Array(6);

/** A scheduler that returns the result of `target`; it has no action if that is undefined. */
class FunctionScheduler implements ChunkScheduler {
  target: (now: number) => ArrayLike<number> | undefined = () => undefined;
  addChunk(): void {}
  reset(): void {}
  sample(now: number, out: Float64Array): boolean {
    const target = this.target(now);
    if (!target) return false;
    for (let i = 0; i < 8; i++) out[i] = target[i];
    return true;
  }
}

function setUp(options?: ConstructorParameters<typeof ControlledArm>[2]) {
  const arm = sevenJointArm();
  const targets = new FunctionScheduler();
  const controller = new ControlledArm(arm, targets, options);
  controller.begin(HOME_JOINTS_RAD, 0.04, 0);
  const start = Float64Array.of(...controller.pose, 0.04);
  let tick = 0;
  const run = (seconds: number, each: () => void = () => {}, contact: ArrayLike<number> = NO_CONTACT) => {
    for (let i = Math.round(seconds / CONTROL_PERIOD_S); i > 0; i--) {
      controller.step(++tick * CONTROL_PERIOD_S, contact);
      each();
    }
  };
  return { arm, targets, controller, start, run, now: () => tick * CONTROL_PERIOD_S };
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
function angle(a: Float64Array, b: Float64Array): number {
  const turn = new Float64Array(4);
  quaternion.conjugate(a, turn, 3);
  quaternion.multiply(b, turn, turn, 3);
  const vector = new Float64Array(3);
  quaternion.toRotationVector(turn, vector);
  return Math.hypot(...vector);
}
function displaced(pose: Float64Array, move: readonly number[], turn: readonly number[], width = 0.04): Float64Array {
  const out = Float64Array.of(...pose.subarray(0, 7), width);
  for (let i = 0; i < 3; i++) out[i] += move[i];
  const q = new Float64Array(4);
  quaternion.fromRotationVector(turn, q);
  quaternion.multiply(q, out, out, 0, 3, 3);
  return out;
}
const between = (size: number) => fc.double({ min: -size, max: size, noNaN: true });

describe('EndEffectorController', () => {
  it('stands at its measured start until the first action', () => {
    const { controller, start, run } = setUp();
    run(0.5);
    expect(controller.state).toBe('waiting');
    expect(distance(controller.pose, start)).toBeLessThan(1e-12);
    expect([...controller.joints]).toEqual([...HOME_JOINTS_RAD]);
  });

  it('reaches any target in the workspace within the limits of tool and joints', () => {
    fc.assert(
      fc.property(
        // Region that this arm reaches from its start within its joint limits, corners included.
        fc.tuple(between(0.1), between(0.15), between(0.1)),
        fc.tuple(between(0.2), between(0.2), between(0.8)),
        (move, turn) => {
          const { arm, controller, targets, start, run } = setUp();
          const goal = displaced(start, move, turn);
          targets.target = () => goal;
          const pose = controller.pose.slice();
          const joints = controller.joints.slice();
          let [fastest, fastestTurn, fastestJoint, outside] = [0, 0, 0, 0];
          run(3, () => {
            fastest = Math.max(fastest, distance(pose, controller.pose) / CONTROL_PERIOD_S);
            fastestTurn = Math.max(fastestTurn, angle(pose, controller.pose) / CONTROL_PERIOD_S);
            for (let i = 0; i < 7; i++) {
              const q = controller.joints[i];
              fastestJoint = Math.max(fastestJoint, Math.abs(q - joints[i]) / CONTROL_PERIOD_S / arm.maxVelocity[i]);
              if (!(q >= arm.lower[i] && q <= arm.upper[i])) outside++;
            }
            pose.set(controller.pose);
            joints.set(controller.joints);
          });
          // The tool's path is curved within a tick, hence 2 %.
          expect(fastest).toBeLessThan(0.5 * 1.02);
          expect(fastestTurn).toBeLessThan(2 * 1.02);
          expect(fastestJoint).toBeLessThanOrEqual(1);
          expect(outside).toBe(0);
          expect(distance(controller.pose, goal)).toBeLessThan(1e-4);
          expect(angle(controller.pose, goal)).toBeLessThan(1e-3);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('accelerates within the limit and does not overshoot', () => {
    const { controller, targets, start, run } = setUp();
    const goal = displaced(start, [0.15, 0, 0], [0, 0, 0]);
    targets.target = () => goal;
    let last = start[0];
    let speed = 0;
    let furthest = 0;
    run(2, () => {
      const now = (controller.pose[0] - last) / CONTROL_PERIOD_S;
      expect(Math.abs(now - speed) / CONTROL_PERIOD_S).toBeLessThan(2 * 1.3);
      speed = now;
      last = controller.pose[0];
      furthest = Math.max(furthest, last);
    });
    expect(furthest).toBeLessThan(goal[0] + 5e-4);
  });

  it('follows a target of constant velocity without a lag', () => {
    const { controller, targets, start, run } = setUp();
    targets.target = (now) => displaced(start, [0, 0.2 * now, 0], [0, 0, 0.3 * now]);
    run(1);
    const goal = displaced(start, [0, 0.2, 0], [0, 0, 0.3]);
    expect(distance(controller.pose, goal)).toBeLessThan(1e-3);
    expect(angle(controller.pose, goal)).toBeLessThan(5e-3);
  });

  it('stretches towards an unreachable target within its limits and returns at once', () => {
    const { arm, controller, targets, start, run } = setUp();
    targets.target = () => displaced(start, [3, 0, 1], [0, 0, 0]);
    run(4, () => {
      for (let i = 0; i < 7; i++) {
        expect(controller.joints[i]).toBeGreaterThanOrEqual(arm.lower[i]);
        expect(controller.joints[i]).toBeLessThanOrEqual(arm.upper[i]);
      }
    });
    targets.target = () => start;
    run(5);
    expect(distance(controller.pose, start)).toBeLessThan(2e-3);
  });

  it('continues to the last target without actions, then brakes, stands and reports it', () => {
    const { controller, targets, start, run } = setUp({ holdAfter: 0.3 });
    targets.target = (now) => (now < 0.2 ? displaced(start, [0.3, 0, 0], [0, 0, 0], 0) : undefined);
    run(0.198);
    expect(controller.state).toBe('tracking');
    run(0.1);
    expect(controller.state).toBe('empty');
    run(0.3);
    expect(controller.state).toBe('holding');
    run(0.5);
    const pose = controller.pose.slice();
    const width = controller.gripperWidth;
    run(0.5);
    expect(distance(controller.pose, pose)).toBeLessThan(1e-4);
    expect(controller.gripperWidth).toBe(width);
    expect(distance(controller.pose, start)).toBeLessThan(0.29);
    targets.target = () => start;
    run(2);
    expect(controller.state).toBe('tracking');
    expect(distance(controller.pose, start)).toBeLessThan(1e-4);
  });

  it('moves to the posture in the null space while the tool stands', () => {
    const { arm, targets } = setUp();
    const elsewhere = HOME_JOINTS_RAD.slice();
    elsewhere[2] += 0.5;
    const runToRest = (posture: Float64Array, start: Float64Array) => {
      const controller = new ControlledArm(arm, targets, { ik: { posture, postureGain: 2 } });
      controller.begin(start, 0.04, 0);
      const goal = Float64Array.of(...controller.pose, 0.04);
      targets.target = () => goal;
      for (let i = 1; i <= 3000; i++) controller.step(i * CONTROL_PERIOD_S, NO_CONTACT);
      expect(distance(controller.pose, goal)).toBeLessThan(1e-3);
      return controller.joints;
    };
    const apart = (joints: Float64Array) => Math.hypot(...HOME_JOINTS_RAD.map((q, i) => q - joints[i]));
    const moved = runToRest(elsewhere, HOME_JOINTS_RAD);
    expect(apart(moved)).toBeGreaterThan(0.2);
    expect(apart(runToRest(HOME_JOINTS_RAD, moved))).toBeLessThan(0.02);
  });

  it('moves the gripper no faster than its speed and no further than its range', () => {
    const { controller, targets, start, run } = setUp({ gripperSpeed: 0.05 });
    targets.target = () => displaced(start, [0, 0, 0], [0, 0, 0], 0.2);
    let last = controller.gripperWidth;
    run(2, () => {
      expect(controller.gripperWidth - last).toBeLessThanOrEqual(0.05 * CONTROL_PERIOD_S + 1e-12);
      last = controller.gripperWidth;
    });
    expect(controller.gripperWidth).toBe(0.08);
  });

  it('is displaced by force / stiffness along the compliant axis only, and returns', () => {
    const { controller, targets, start, run } = setUp();
    targets.target = () => start;
    controller.setAdmittance({ mass: 2, damping: 100, stiffness: 500, axes: ['z'] });
    run(2, undefined, [5, 5, 5, 0, 0, 0]);
    expect(controller.pose[2] - start[2]).toBeCloseTo(0.01, 4);
    expect(controller.pose[0] - start[0]).toBeCloseTo(0, 4);
    run(2);
    expect(distance(controller.pose, start)).toBeLessThan(1e-3);
  });

  it('does not jump when compliance ends', () => {
    const { controller, targets, start, run } = setUp();
    targets.target = () => start;
    controller.setAdmittance({ mass: 2, damping: 100, stiffness: 500, axes: ['z'] });
    run(2, undefined, [0, 0, 10, 0, 0, 0]);
    const before = controller.pose[2];
    controller.setAdmittance(undefined);
    run(CONTROL_PERIOD_S);
    expect(Math.abs(controller.pose[2] - before)).toBeLessThan(1e-4);
    run(1);
    expect(distance(controller.pose, start)).toBeLessThan(1e-3);
  });

  it('refuses an admittance with mass 0', () => {
    const { controller } = setUp();
    expect(() => controller.setAdmittance({ mass: 0, damping: 1, stiffness: 1, axes: ['z'] })).toThrow('mass is 0 kg');
  });

  it('does not jump after a pause of the process', () => {
    const { controller, targets, start, now } = setUp();
    targets.target = () => displaced(start, [0.2, 0, 0], [0, 0, 0]);
    controller.step(now() + 10, NO_CONTACT);
    expect(distance(controller.pose, start)).toBeLessThan(0.005);
  });
});

describe('hybrid control of force and position', () => {
  /** Runs a tool with the given stiffness along z, whose target moves by 2 cm along x and z while it presses down with 4 N. */
  function press(stiffnessZ: number, contact: ArrayLike<number>, seconds = 1) {
    const motion = new Float64Array(7);
    const targets = { space: 'pose', motion, stiffness: new Float64Array(3), force: new Float64Array(3) } as const;
    const admittance = { mass: 2, damping: 400, stiffness: 2000, axes: ['x', 'y', 'z'] } as const;
    const controller = new EndEffectorController(sevenJointArm(), targets, { admittance });
    controller.reset(Float64Array.from(HOME_JOINTS_RAD));
    const start = controller.pose.slice();
    for (let i = 0; i < seconds / CONTROL_PERIOD_S; i++) {
      targets.stiffness.set([2000, 2000, stiffnessZ]);
      targets.force.set([0, 0, -4]);
      const along = Math.min(0.02, 0.04 * i * CONTROL_PERIOD_S);
      motion.set([start[0] + along, start[1], start[2] + along, ...start.subarray(3)]);
      controller.move('tracking', CONTROL_PERIOD_S, contact);
    }
    return [controller.pose[0] - start[0], controller.pose[2] - start[2]];
  }

  it('lets the force alone move the tool along an axis without stiffness', () => {
    const [x, z] = press(0, NO_CONTACT);
    expect(x).toBeCloseTo(0.02, 4);
    // Force / damping is the speed in free space.
    expect(z).toBeCloseTo(-0.01, 3);
  });

  it('rests where the contact force is what it presses with, wherever its target is', () => {
    const [x, z] = press(0, [0, 0, 4, 0, 0, 0]);
    expect(x).toBeCloseTo(0.02, 4);
    expect(Math.abs(z)).toBeLessThan(1e-5);
  });

  it('follows its target along an axis with stiffness, short of it by force / stiffness', () => {
    const [, z] = press(2000, NO_CONTACT, 3);
    expect(z).toBeCloseTo(0.02 - 0.002, 4);
  });
});
