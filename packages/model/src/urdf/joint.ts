import { InputError } from '@praxis/core';
import { JOINT_TYPES, type Joint, type JointLimit, type JointType, type Vector3 } from '../description/robot-model.ts';
import { findChild, readNonNegative, readNumber, readOrigin, readText, readVector3 } from './attributes.ts';
import type { XmlElement } from './xml.ts';

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

export function readJoint(element: XmlElement): Joint {
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
  return {
    name,
    type,
    parent: readText(parent, 'link', where),
    child: readText(childLink, 'link', where),
    origin: readOrigin(element, where),
    axis: axisOf(element, type, where),
    limit: limitOf(element, type, where),
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
