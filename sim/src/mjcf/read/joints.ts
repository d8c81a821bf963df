import { composePose, InputError, POSE_SIZE, type Pose, quaternion } from '@praxis/core';
import { type Joint, type JointLimit, type Mimic, originAt, type Vector3 } from '@praxis/model';
import type { ModelArrays } from './model-arrays.ts';

/** Joint types (mjtJoint). */
const JOINT = { free: 0, ball: 1, slide: 2, hinge: 3 } as const;
/** Transmission of an actuator (mjtTrn). */
const TRANSMISSION = { joint: 0, tendon: 3 } as const;
/** Path of a fixed tendon, a sum of joints (mjtWrap). */
const WRAP_JOINT = 1;

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

/** Share of an actuator's force that a joint gets, by its gear, or through a tendon that is a sum of joints; 0 where it does not move it. */
function gearOf(arrays: ModelArrays, actuator: number, joint: number): number {
  const type = arrays.number('actuator_trntype', actuator);
  const moved = arrays.number('actuator_trnid', 2 * actuator);
  const gear = arrays.number('actuator_gear', 6 * actuator);
  if (type === TRANSMISSION.joint) return moved === joint ? gear : 0;
  if (type !== TRANSMISSION.tendon) return 0;
  const first = arrays.number('tendon_adr', moved);
  let sum = 0;
  for (let i = first; i < first + arrays.number('tendon_num', moved); i++) {
    const isOf = arrays.number('wrap_type', i) === WRAP_JOINT && arrays.number('wrap_objid', i) === joint;
    if (isOf) sum += gear * arrays.number('wrap_prm', i);
  }
  return sum;
}

/** Names of the joints that actuators move. */
export const drivenJoints = (arrays: ModelArrays): ReadonlySet<string> =>
  new Set(
    Array.from({ length: arrays.model.njnt }, (_, joint) => joint)
      .filter((joint) =>
        Array.from({ length: arrays.model.nu }, (_, i) => i).some((i) => gearOf(arrays, i, joint) !== 0),
      )
      .map((joint) => arrays.name('joint', joint)),
  );

/** Largest torque or force of a joint by its own limit and those of the actuators on it; infinite if nothing bounds it. */
function effortOf(arrays: ModelArrays, joint: number): number {
  const bound = (range: readonly number[]) => Math.max(Math.abs(range[0]), Math.abs(range[1]));
  let effort = Infinity;
  if (arrays.isSet('jnt', joint, 'actfrclimited')) effort = bound(arrays.numbers('jnt_actfrcrange', 2 * joint, 2));
  for (let i = 0; i < arrays.model.nu; i++) {
    const gear = Math.abs(gearOf(arrays, i, joint));
    if (gear === 0 || !arrays.isSet('actuator', i, 'forcelimited')) continue;
    effort = Math.min(effort, gear * bound(arrays.numbers('actuator_forcerange', 2 * i, 2)));
  }
  return effort;
}

/** Damping, friction, spring and drive inertia of a joint. */
function dynamicsOf(arrays: ModelArrays, joint: number): NonNullable<Joint['dynamics']> {
  const dof = arrays.number('jnt_dofadr', joint);
  const stiffness = arrays.number('jnt_stiffness', joint);
  const armature = arrays.number('dof_armature', dof);
  const rest = arrays.number('qpos_spring', arrays.number('jnt_qposadr', joint));
  return {
    damping: arrays.number('dof_damping', dof),
    friction: arrays.number('dof_frictionloss', dof),
    ...(stiffness > 0 && { spring: { stiffness, rest } }),
    ...(armature > 0 && { armature }),
  };
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
    joints.push({
      ...{ name: jointName, parent: at, child, axis, limit },
      type: slide ? 'prismatic' : limit.upper === Infinity ? 'continuous' : 'revolute',
      origin: originAt(composed(pending, translationTo(anchor, 1), motion(slide, axis, -reference))),
      dynamics: dynamicsOf(arrays, id),
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
