import { composePose, InputError, POSE_SIZE, poseInFrame, quaternion } from '@praxis/core';
import type { Inertial, Joint, Link, RobotModel } from '../description/robot-model.ts';
import type { JointValues } from '../kinematics/coordinates.ts';
import { jointsByParent, KinematicTree } from '../kinematics/tree.ts';
import { addInertia, INERTIA_SIZE } from './inertia.ts';

/** A rigid group of links moved by one joint. All numbers are in that joint's child frame. */
export interface Body {
  readonly joint: Joint;
  /** Index of the parent body; -1 for the root. */
  readonly parent: number;
  /** Pose of the joint's frame in the parent body's frame. */
  readonly pose: Float64Array;
  /** Inertia about the frame's origin, {@link INERTIA_SIZE} numbers. */
  readonly inertia: Float64Array;
}

/**
 * The moving bodies of a robot, parents first. Fixed and locked joints join their links to one body.
 * @throws {InputError} when a floating or planar joint is not locked, or an inertia has a negative principal moment.
 */
export function bodiesOf(model: RobotModel, locked: JointValues): Body[] {
  const tree = new KinematicTree(model);
  const coordinates = tree.coordinates.from(locked);
  const poses = new Float64Array(POSE_SIZE * tree.links.length);
  tree.forward(coordinates, poses);
  const place = (link: string) =>
    poses.subarray(POSE_SIZE * tree.linkIndex(link), POSE_SIZE * tree.linkIndex(link) + POSE_SIZE);
  const links = new Map(model.links.map((link) => [link.name, link]));
  const below = jointsByParent(model);
  const bodies: Body[] = [];
  /** Joints to visit, the next one last, each with the body that carries it and that body's frame. */
  const open: { joint: Joint; carrier: number; frame: Float64Array }[] = [];
  const enter = (name: string, carrier: number, frame: Float64Array): void => {
    if (carrier >= 0) addLink(links.get(name)!, poseInFrame(frame, place(name)), bodies[carrier].inertia);
    const joints = below.get(name) ?? [];
    for (let i = joints.length - 1; i >= 0; i--) open.push({ joint: joints[i], carrier, frame });
  };
  enter(model.root, -1, place(model.root));
  for (let next = open.pop(); next; next = open.pop()) {
    const { joint, carrier, frame } = next;
    if (joint.type === 'fixed' || Object.hasOwn(locked, joint.name)) {
      enter(joint.child, carrier, frame);
      continue;
    }
    if (joint.type === 'floating' || joint.type === 'planar') {
      throw new InputError(`joint "${joint.name}" is ${joint.type}: dynamics are of revolute and prismatic joints`);
    }
    const [x, y, z] = joint.origin.xyz;
    const origin = Float64Array.of(x, y, z, ...joint.origin.quaternion);
    const pose = composePoses(poseInFrame(frame, place(joint.parent)), origin);
    const at = bodies.length;
    bodies.push({ joint, parent: carrier, pose, inertia: new Float64Array(INERTIA_SIZE) });
    // Only poses within one body are used, so the joint positions do not matter.
    enter(joint.child, at, place(joint.child));
  }
  return bodies;
}

/** Share of the largest entry below which a negative principal minor is rounding. */
const ROUNDING_RATIO = 1e-6;

/**
 * Refuses an inertia with a negative principal moment: no distribution of mass has it, and a computed torque would be wrong.
 * A point mass (all zero) passes.
 */
function checkInertia(link: string, [ixx, ixy, ixz, iyy, iyz, izz]: Inertial['inertia']): void {
  const size = Math.max(...[ixx, iyy, izz, ixy, ixz, iyz].map(Math.abs));
  const minors = [
    ixx,
    iyy,
    izz,
    (ixx * iyy - ixy * ixy) / size,
    (ixx * izz - ixz * ixz) / size,
    (iyy * izz - iyz * iyz) / size,
    (ixx * (iyy * izz - iyz * iyz) - ixy * (ixy * izz - iyz * ixz) + ixz * (ixy * iyz - iyy * ixz)) / (size * size),
  ];
  if (size === 0 || minors.every((minor) => minor >= -ROUNDING_RATIO * size)) return;
  const given = `ixx=${ixx} ixy=${ixy} ixz=${ixz} iyy=${iyy} iyz=${iyz} izz=${izz}`;
  throw new InputError(
    `link "${link}": <inertia> ${given} has a negative principal moment; correct it for dynamics (moments above 0)`,
  );
}

function addLink({ name, inertial }: Link, pose: Float64Array, out: Float64Array): void {
  if (!inertial) return;
  const { mass, inertia, origin } = inertial;
  checkInertia(name, inertia);
  const [ixx, ixy, ixz, iyy, iyz, izz] = inertia;
  const own = Float64Array.of(mass, 0, 0, 0, ixx, ixy, ixz, iyy, iyz, izz);
  const at = composePoses(pose, Float64Array.of(...origin.xyz, ...origin.quaternion));
  const turn = new Float64Array(9);
  quaternion.toMatrix(at, turn, 3);
  addInertia(own, 0, turn, 0, at, 0, out, 0);
}

function composePoses(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(POSE_SIZE);
  composePose(a, b, out);
  return out;
}
