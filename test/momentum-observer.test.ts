import { chainKinematics } from '@praxis/model';
import { DEFAULT_FORCE, MomentumObserver } from '@praxis/safety';
import { pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { buildScene } from '../sim/src/episode/scene.ts';
import { armModel } from '../sim/src/robot/arm.ts';
import { ARM_JOINTS, BASE_LINK } from '../sim/src/robot/praxis-arm.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';

const CONTROL_PERIOD_S = 0.002;
const HAND = 'hand';

/** Creates the simulated arm in motion, with an observer of its true positions, velocities and servo torques. */
async function observedArm() {
  const instance = pick.draw({ seed: 5, wordings: 'train', swap: false });
  const arm = armModel(armUrdf());
  const { world, robot } = await buildScene(arm, instance, drawConditions(5, arm), 5);
  const { model } = arm;
  const observer = new MomentumObserver(model, ARM_JOINTS, {
    limit: 10,
    gain: 50,
    samples: 2,
    // The simulator compensates the links' weight in addition to the servos.
    gravity: 'compensated',
    armature: Object.fromEntries(ARM_JOINTS.map((name) => [name, arm.servos.get(name)!.armature])),
  });
  const hand = chainKinematics(model, BASE_LINK, HAND);
  const mass = model.links.find(({ name }) => name === HAND)!.inertial!;
  const joints = ARM_JOINTS.map((name) => world.joint(name));
  const servos = ARM_JOINTS.map((name) => world.actuator(name));
  const start = joints.map(({ qpos }) => world.view('qpos')[qpos]);
  const of = (view: 'qpos' | 'qvel', at: (joint: { qpos: number; qvel: number }) => number) =>
    Float64Array.from(joints, (joint) => world.view(view)[at(joint)]);
  let time = 0;
  const run = (seconds: number, each: () => void = () => {}) => {
    for (let k = Math.round(seconds / CONTROL_PERIOD_S); k > 0; k--) {
      time += CONTROL_PERIOD_S;
      servos.forEach((servo, i) => {
        world.view('ctrl')[servo] = start[i] + 0.1 * (1 - Math.cos(2 * time)) * (i % 2 ? 1 : -1);
      });
      world.step();
      const position = of('qpos', ({ qpos }) => qpos);
      const velocity = of('qvel', ({ qvel }) => qvel);
      const effort = Float64Array.from(servos, (servo) => world.view('actuator_force')[servo]);
      observer.observe(position, velocity, effort, time);
      each();
    }
  };
  /**
   * Applies a constant force to the hand's centre of mass (N, world frame).
   * @returns a function that computes the force's current torque on each joint (N m)
   */
  const applyForce = (force: readonly number[]) => {
    world.view('xfrc_applied').set([...force, 0, 0, 0], 6 * world.body(HAND));
    return () => {
      const jacobian = new Float64Array(6 * 7);
      const pose = new Float64Array(7);
      const q = of('qpos', ({ qpos }) => qpos);
      hand.jacobian(q, jacobian);
      hand.forward(q, pose);
      const [x, y, z, w] = pose.subarray(3);
      const [cx, cy, cz] = mass.origin.xyz;
      const [tx, ty, tz] = [2 * (y * cz - z * cy), 2 * (z * cx - x * cz), 2 * (x * cy - y * cx)];
      const r = [cx + w * tx + y * tz - z * ty, cy + w * ty + z * tx - x * tz, cz + w * tz + x * ty - y * tx];
      const [fx, fy, fz] = force;
      const wrench = [fx, fy, fz, r[1] * fz - r[2] * fy, r[2] * fx - r[0] * fz, r[0] * fy - r[1] * fx];
      return ARM_JOINTS.map((_, i) => wrench.reduce((sum, f, row) => sum + f * jacobian[7 * row + i], 0));
    };
  };
  return { world, robot, observer, run, applyForce };
}

describe('the momentum observer and MuJoCo', () => {
  it('estimates no torque while the arm moves freely', async () => {
    const { world, observer, run } = await observedArm();
    let worst = 0;
    run(0.2);
    run(2, () => {
      worst = Math.max(worst, ...observer.torque.map(Math.abs));
    });
    world.close();
    expect(worst).toBeLessThan(0.3);
  });

  it('estimates the torque of a force on the hand in every joint while the arm moves', async () => {
    const { world, observer, run, applyForce } = await observedArm();
    run(0.5);
    for (const force of [
      [12, -20, 15],
      [0, 0, -25],
      [-10, 10, 0],
    ]) {
      const appliedTorque = applyForce(force);
      run(0.15);
      const expected = appliedTorque();
      expected.forEach((torque, i) => {
        expect(Math.abs(observer.torque[i] - torque)).toBeLessThan(0.3 + 0.03 * Math.abs(torque));
      });
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(3);
    }
    applyForce([0, 0, 0]);
    run(0.2);
    expect(Math.max(...observer.torque.map(Math.abs))).toBeLessThan(0.3);
    world.close();
  });

  it('is off by default', () => {
    expect(DEFAULT_FORCE.externalTorque).toBeNull();
  });
});
