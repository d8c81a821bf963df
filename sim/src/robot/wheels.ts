import type { RobotModel } from '@praxis/model';
import type { WheelServo, Wheels } from '../mjcf/robot-bodies.ts';
import type { BaseSetup } from './base-setup.ts';

/** Time in which a wheel's servo follows a step of its speed (s), with the mass of the robot on the wheels. */
const WHEEL_TIME_S = 0.005;
/** Reflected inertia of a wheel's drive as a share of the inertia that the mass of the robot adds to it. */
const ARMATURE_RATIO = 0.1;

/** Makes the wheels of a robot's bases; undefined for a robot without one. */
export function wheelsOf(model: RobotModel, bases: readonly BaseSetup[]): Wheels | undefined {
  if (bases.length === 0) return undefined;
  const mass = model.links.reduce((sum, { inertial }) => sum + (inertial?.mass ?? 0), 0);
  const servos = new Map<string, WheelServo>();
  const links = new Set<string>();
  for (const { left, right, wheelRadius } of bases) {
    const joints = [...left, ...right];
    const inertia = (mass * wheelRadius * wheelRadius) / joints.length;
    for (const name of joints) {
      servos.set(name, { kv: inertia / WHEEL_TIME_S, armature: ARMATURE_RATIO * inertia });
      links.add(model.joints.find((joint) => joint.name === name)!.child);
    }
  }
  return { servos, links, casters: new Set(bases.flatMap(({ casters }) => casters)) };
}
