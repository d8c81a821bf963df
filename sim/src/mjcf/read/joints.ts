import { composePose, InputError, POSE_SIZE, type Pose, quaternion } from '@praxis/core';
import { type Joint, type JointLimit, type Mimic, originAt, type Vector3 } from '@praxis/model';
import type { ModelArrays } from './model-arrays.ts';

/** Joint types (mjtJoint). */
const JOINT = { free: 0, ball: 1, slide: 2, hinge: 3 } as const;
/** Equality constraints (mjtEq). */
const EQUALITY_JOINT = 2;
/** Numbers of an equality constraint's data (mjNEQDATA). */
const EQUALITY_DATA = 11;
/** Transmission of an actuator to a joint (mjtTrn). */
const TRANSMISSION_JOINT = 0;

const translationTo = ([x, y, z]: readonly number[], sign: 1 | -1): Pose =>
  Float64Array.of(sign * x, sign * y, sign * z, 0, 0, 0, 1);

function composed(...poses: readonly Pose[]): Pose {
  const out = Float64Array.of(0, 0, 0, 0, 0, 0, 1);
  for (const pose of poses) composePose(out, pose, out);
  return out;
}

const isZero = (pose: Pose): boolean => pose.subarray(0, POSE_SIZE - 1).every((value) => value === 0);

/** Motion of a joint by a value (rad, m) along or about its axis. */
function motion(slide: boolean, axis: Vector3, value: number): Pose {
  if (slide)
    return translationTo(
      axis.map((each) => each * value),
      1,
    );
  const out = Float64Array.of(0, 0, 0, 0, 0, 0, 1);
  quaternion.fromRotationVector(
    axis.map((each) => each * value),
    out,
    0,
    3,
  );
  return out;
}

/** Largest torque or force of a joint by its own limit and those of the actuators on it; infinite if nothing bounds it. */
function effortOf(arrays: ModelArrays, joint: number): number {
  const bound = (range: readonly number[]) => Math.max(Math.abs(range[0]), Math.abs(range[1]));
  let effort = Infinity;
  if (arrays.isSet('jnt', joint, 'actfrclimited')) effort = bound(arrays.numbers('jnt_actfrcrange', 2 * joint, 2));
  for (let i = 0; i < arrays.model.nu; i++) {
    const isOn = arrays.number('actuator_trntype', i) === TRANSMISSION_JOINT;
    if (!isOn || arrays.number('actuator_trnid', 2 * i) !== joint) continue;
    if (!arrays.isSet('actuator', i, 'forcelimited')) continue;
    const gear = Math.abs(arrays.number('actuator_gear', 6 * i));
    effort = Math.min(effort, gear * bound(arrays.numbers('actuator_forcerange', 2 * i, 2)));
  }
  return effort;
}

/** The joints that equality constraints make follow another, by the name of the follower. */
export function mimicsOf(arrays: ModelArrays, warn: (message: string) => void): ReadonlyMap<string, Mimic> {
  const mimics = new Map<string, Mimic>();
  for (let i = 0; i < arrays.model.neq; i++) {
    if (!arrays.isSet('eq', i, 'active0')) continue;
    if (arrays.number('eq_type', i) !== EQUALITY_JOINT) {
      warn(`equality constraint ${i}: closes a loop, which the kinematics do not know`);
      continue;
    }
    const [follower, leader] = [arrays.number('eq_obj1id', i), arrays.number('eq_obj2id', i)];
    const [constant, factor, ...higher] = arrays.numbers('eq_data', EQUALITY_DATA * i, 5);
    const name = arrays.name('joint', follower);
    if (leader < 0 || higher.some((value) => value !== 0)) {
      warn(`joint "${name}": its equality constraint is not linear in another joint; it counts as free`);
      continue;
    }
    const reference = (joint: number) => arrays.number('qpos0', arrays.number('jnt_qposadr', joint));
    // MuJoCo: q1 - ref1 = constant + factor * (q2 - ref2).
    const offset = reference(follower) + constant - factor * reference(leader);
    mimics.set(name, { joint: arrays.name('joint', leader), multiplier: factor, offset });
  }
  return mimics;
}

function limitOf(arrays: ModelArrays, joint: number): JointLimit {
  const limited = arrays.isSet('jnt', joint, 'limited');
  const [lower, upper] = limited ? arrays.numbers('jnt_range', 2 * joint, 2) : [-Infinity, Infinity];
  return { lower, upper, effort: effortOf(arrays, joint), velocity: Infinity };
}

/**
 * Joints from a body's parent to the body, and links between them: MuJoCo lets several joints act on one body, each about an anchor
 * of its own, and gives a joint a value other than 0 in the drawn posture.
 * @throws {InputError} for a ball joint
 */
export function jointsTo(
  arrays: ModelArrays,
  body: number,
  mimics: ReadonlyMap<string, Mimic>,
): { readonly joints: readonly Joint[]; readonly links: readonly string[] } {
  const parent = arrays.name('body', arrays.number('body_parentid', body));
  const name = arrays.name('body', body);
  const first = arrays.number('body_jntadr', body);
  const count = arrays.number('body_jntnum', body);
  const joints: Joint[] = [];
  const links: string[] = [];
  let pending = arrays.pose('body_pos', 'body_quat', body);
  let at = parent;
  for (let id = first; id < first + count; id++) {
    const type = arrays.number('jnt_type', id);
    const jointName = arrays.name('joint', id);
    if (type === JOINT.ball) throw new InputError(`joint "${jointName}": a ball joint, expected hinges or slides`);
    if (type === JOINT.free) {
      // Its coordinates are the body's pose in the world.
      const origin = originAt(Float64Array.of(0, 0, 0, 0, 0, 0, 1));
      joints.push({ name: jointName, type: 'floating', parent, child: name, origin, axis: [1, 0, 0] });
      return { joints, links };
    }
    const [x, y, z] = arrays.numbers('jnt_axis', 3 * id, 3);
    const axis: Vector3 = [x, y, z];
    const anchor = arrays.numbers('jnt_pos', 3 * id, 3);
    const reference = arrays.number('qpos0', arrays.number('jnt_qposadr', id));
    const slide = type === JOINT.slide;
    const limit = limitOf(arrays, id);
    const back = translationTo(anchor, -1);
    const child = id === first + count - 1 && isZero(back) ? name : `${name}/${jointName}`;
    if (child !== name) links.push(child);
    const dof = arrays.number('jnt_dofadr', id);
    joints.push({
      ...{ name: jointName, parent: at, child, axis, limit },
      type: slide ? 'prismatic' : limit.upper === Infinity ? 'continuous' : 'revolute',
      origin: originAt(composed(pending, translationTo(anchor, 1), motion(slide, axis, -reference))),
      dynamics: { damping: arrays.number('dof_damping', dof), friction: arrays.number('dof_frictionloss', dof) },
      mimic: mimics.get(jointName),
    });
    pending = back;
    at = child;
  }
  if (at !== name) {
    const origin = originAt(pending);
    joints.push({ name: `${name}_fixed`, type: 'fixed', parent: at, child: name, origin, axis: [1, 0, 0] });
  }
  return { joints, links };
}
