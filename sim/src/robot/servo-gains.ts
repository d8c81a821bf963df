import { Dynamics, type Joint, type RobotModel } from '@praxis/model';
import { FOLLOWER_ARMATURE, type Servo } from '../mjcf/robot-bodies.ts';

/** Natural frequency of an arm joint's position loop (rad/s), with a control rate of 500 Hz. */
const ARM_FREQUENCY_RAD_S = 60;
/** Natural frequency of a gripper joint's position loop (rad/s), with a control rate of 500 Hz. */
const GRIPPER_FREQUENCY_RAD_S = 150;
/** Rate at which these frequencies hold (Hz). */
const REFERENCE_RATE_HZ = 500;
/** Damping ratio: servos of arms do not overshoot. */
const DAMPING_RATIO = 1.2;
/** Position error at which an arm joint applies its whole effort (rad; m for a prismatic joint). */
const FULL_EFFORT_ERROR = 0.1;
/** Least reflected inertia of a drive as a share of the inertia that it moves. */
const ARMATURE_RATIO = 0.1;

/** A joint to drive. */
export interface DrivenJoint {
  readonly joint: Joint;
  /** Way from closed to open of a gripper's joint (rad, m); undefined for a joint of the arm. */
  readonly travel?: number;
}

/**
 * Chooses gains of position servos: each loop has the same natural frequency at the inertia that the joint moves at home, is
 * overdamped, and is stiff enough to reach the joint's effort at an error of 0.1 rad, or a gripper's at its whole travel. Where that
 * needs more inertia than the links have, the drive's reflected inertia supplies it, as gears do.
 * @param home positions by joint (rad, m); other joints are at 0
 * @param rate rate of the commands (Hz)
 */
export function automaticServos(
  model: RobotModel,
  driven: readonly DrivenJoint[],
  home: Readonly<Record<string, number>>,
  rate: number,
): ReadonlyMap<string, Servo> {
  const inertias = inertiasAt(model, home);
  return new Map(
    driven.map(({ joint, travel }): [string, Servo] => {
      const frequency =
        ((travel === undefined ? ARM_FREQUENCY_RAD_S : GRIPPER_FREQUENCY_RAD_S) * Math.min(rate, REFERENCE_RATE_HZ)) /
        REFERENCE_RATE_HZ;
      const square = frequency * frequency;
      const moved = movedInertia(model, joint.name, inertias);
      const effort = joint.limit && Number.isFinite(joint.limit.effort) ? joint.limit.effort : 0;
      const stiffness = Math.max(square * moved * (1 + ARMATURE_RATIO), effort / (travel ?? FULL_EFFORT_ERROR));
      const armature = Math.max(ARMATURE_RATIO * moved, stiffness / square - moved);
      const inertia = moved + armature;
      return [joint.name, { kp: stiffness, kv: 2 * DAMPING_RATIO * Math.sqrt(stiffness * inertia), armature }];
    }),
  );
}

/** Returns the inertia that each joint moves, the others held (kg m^2, kg): the diagonal of the mass matrix. */
export function inertiasAt(model: RobotModel, home: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const dynamics = new Dynamics(model);
  const names = dynamics.jointNames;
  const n = names.length;
  const matrix = new Float64Array(n * n);
  dynamics.massMatrix(
    Float64Array.from(names, (name) => home[name] ?? 0),
    matrix,
  );
  return new Map(names.map((name, i) => [name, matrix[i * n + i]]));
}

/** Inertia that a joint moves, with that of the joints that mimic it (kg m^2, kg). */
function movedInertia(model: RobotModel, joint: string, inertias: ReadonlyMap<string, number>): number {
  const followers = model.joints.filter(({ mimic }) => mimic?.joint === joint);
  return followers.reduce((sum, { name, mimic }) => {
    const reflected = movedInertia(model, name, inertias) + FOLLOWER_ARMATURE;
    return sum + mimic!.multiplier * mimic!.multiplier * reflected;
  }, inertias.get(joint) ?? 0);
}
