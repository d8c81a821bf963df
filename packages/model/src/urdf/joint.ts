import { InputError } from '@praxis/core';
import {
  JOINT_TYPES,
  type Joint,
  type JointLimit,
  type JointType,
  type SoftLimit,
  type Vector3,
} from '../description/robot-model.ts';
import type { XmlElement } from '../xml/parse.ts';
import { findChild, readNonNegative, readNumber, readOrigin, readText, readVector3 } from './attributes.ts';

function typeOf(element: XmlElement, where: string): JointType {
  const type = readText(element, 'type', where);
  const known = JOINT_TYPES.find((each) => each === type);
  if (known) return known;
  throw new InputError(`${where}: type "${type}": unknown; expected ${JOINT_TYPES.join(', ')}`);
}

function axisOf(element: XmlElement, type: JointType, where: string): Vector3 {
  const axis = findChild(element, 'axis');
  const [x, y, z] = axis ? readVector3(axis, 'xyz', where, [1, 0, 0]) : [1, 0, 0];
  const length = Math.sqrt(x * x + y * y + z * z);
  if (length > 0) return [x / length, y / length, z / length];
  if (type === 'fixed' || type === 'floating') return [1, 0, 0];
  throw new InputError(`${where}: <axis> xyz="${x} ${y} ${z}": expected a vector that is not zero`);
}

function limitOf(element: XmlElement, type: JointType, where: string): JointLimit | undefined {
  const limit = findChild(element, 'limit');
  const bounded = type === 'revolute' || type === 'prismatic';
  if (!limit) {
    if (!bounded) return undefined;
    throw new InputError(`${where}: a ${type} joint needs <limit lower upper effort velocity>`);
  }
  if (type === 'fixed') return undefined;
  const lower = bounded ? readNumber(limit, 'lower', where, 0) : -Infinity;
  const upper = bounded ? readNumber(limit, 'upper', where, 0) : Infinity;
  if (lower > upper) {
    throw new InputError(`${where}: <limit> lower="${lower}" upper="${upper}": expected lower not above upper`);
  }
  // The URDF specification requires both in every <limit>.
  return {
    lower,
    upper,
    effort: readNonNegative(limit, 'effort', where),
    velocity: readNonNegative(limit, 'velocity', where),
  };
}

/**
 * The range of a `safety_controller`, which is 0 .. 0 where the tag names none (https://wiki.ros.org/pr2_controller_manager/safety_limits);
 * undefined for a joint that has no range of positions, and where the tag leaves none.
 */
function softLimitOf(
  element: XmlElement,
  limit: JointLimit | undefined,
  where: string,
  warn: (message: string) => void,
): SoftLimit | undefined {
  const controller = findChild(element, 'safety_controller');
  if (!controller || !limit || !Number.isFinite(limit.upper - limit.lower)) return undefined;
  if (!['soft_lower_limit', 'soft_upper_limit'].some((name) => controller.attributes.has(name))) return undefined;
  const lower = readNumber(controller, 'soft_lower_limit', where, 0);
  const upper = readNumber(controller, 'soft_upper_limit', where, 0);
  if (Math.max(lower, limit.lower) < Math.min(upper, limit.upper)) return { lower, upper };
  warn(
    `${where}: <safety_controller> soft_lower_limit="${lower}" soft_upper_limit="${upper}": leaves no range inside ${limit.lower} .. ${limit.upper}; it is ignored`,
  );
  return undefined;
}

/** @param warn receives that a joint cannot move, in one line */
export function readJoint(element: XmlElement, warn: (message: string) => void): Joint {
  const name = readText(element, 'name', 'a joint');
  const where = `joint "${name}"`;
  const type = typeOf(element, where);
  const [parent, childLink] = [findChild(element, 'parent'), findChild(element, 'child')];
  if (!parent) throw new InputError(`${where}: has no <parent link>`);
  if (!childLink) throw new InputError(`${where}: has no <child link>`);
  const dynamics = findChild(element, 'dynamics');
  // A fixed joint cannot mimic another; expanded xacro files may contain such tags.
  const mimic = type === 'fixed' ? undefined : findChild(element, 'mimic');
  if (mimic && (type === 'floating' || type === 'planar')) {
    throw new InputError(`${where}: <mimic>: expected a revolute, continuous or prismatic joint, not a ${type} one`);
  }
  const limit = limitOf(element, type, where);
  if (limit?.velocity === 0) warn(`${where}: <limit> velocity="0": the joint cannot move; expected its largest speed`);
  if (limit && limit.lower === limit.upper) {
    warn(`${where}: <limit> lower="${limit.lower}" upper="${limit.upper}": the joint cannot move`);
  }
  return {
    name,
    type,
    parent: readText(parent, 'link', where),
    child: readText(childLink, 'link', where),
    origin: readOrigin(element, where),
    axis: axisOf(element, type, where),
    limit,
    softLimit: softLimitOf(element, limit, where, warn),
    dynamics: dynamics && {
      damping: readNonNegative(dynamics, 'damping', where, 0),
      friction: readNonNegative(dynamics, 'friction', where, 0),
    },
    mimic: mimic && {
      joint: readText(mimic, 'joint', where),
      multiplier: readNumber(mimic, 'multiplier', where, 1),
      offset: readNumber(mimic, 'offset', where, 0),
    },
  };
}
