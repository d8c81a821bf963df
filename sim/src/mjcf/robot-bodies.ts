import { InputError } from '@praxis/core';
import type { Collision, Geometry, Joint, Link, RobotModel } from '@praxis/model';
import { element, type MjcfAttributes, type MjcfElement } from './element.ts';

/** Position servo of one joint. The second unit is that of a prismatic joint. */
export interface Servo {
  /** Position gain (Nm/rad or N/m). */
  readonly kp: number;
  /** Damping gain (Nms/rad or Ns/m). */
  readonly kv: number;
  /** Reflected inertia of the drive (kg m^2 or kg). */
  readonly armature: number;
}

/** Returns a pose as MJCF attributes; MuJoCo orders quaternions w x y z. */
const poseAttributes = ({
  xyz,
  quaternion: [x, y, z, w],
}: {
  xyz: readonly number[];
  quaternion: readonly number[];
}) => ({
  pos: xyz,
  quat: [w, x, y, z],
});

function shapeAttributes(geometry: Geometry): MjcfAttributes {
  switch (geometry.type) {
    case 'box':
      return { type: 'box', size: geometry.size.map((s) => s / 2) };
    case 'cylinder':
    case 'capsule':
      return { type: geometry.type, size: [geometry.radius, geometry.length / 2] };
    case 'sphere':
      return { type: 'sphere', size: geometry.radius };
    case 'mesh':
      throw new InputError(`collision mesh "${geometry.filename}": the simulator collides primitives only`);
  }
}

const collisionElement = (link: Link) => (c: Collision) =>
  element({
    class: 'robot',
    ...shapeAttributes(c.geometry),
    ...poseAttributes(c.origin),
    friction: link.name.includes('finger') ? [1.4, 0.02, 0.0002] : undefined,
  });

function inertialElements({ inertial: i }: Link): MjcfElement[] {
  if (!i) return [];
  const [ixx, ixy, ixz, iyy, iyz, izz] = i.inertia;
  return [element({ pos: i.origin.xyz, mass: i.mass, fullinertia: [ixx, iyy, izz, ixy, ixz, iyz] })];
}

function jointElements(joint: Joint, servo: Servo | undefined): MjcfElement[] {
  if (joint.type === 'fixed') return [];
  if (joint.type === 'floating' || joint.type === 'planar') {
    throw new InputError(`joint "${joint.name}" is ${joint.type}: the simulator drives revolute and prismatic joints`);
  }
  const limit = joint.type === 'continuous' ? undefined : joint.limit;
  return [
    element({
      name: joint.name,
      type: joint.type === 'prismatic' ? 'slide' : 'hinge',
      axis: joint.axis,
      range: limit && [limit.lower, limit.upper],
      limited: limit && 'true',
      damping: joint.dynamics?.damping ?? 0,
      armature: servo?.armature ?? 0.01,
    }),
  ];
}

/**
 * Converts the links of a URDF to nested MJCF bodies with the same frames, masses and collision shapes. Each body has
 * gravity compensation, as the controllers of research arms do it. A site named `sensorLink` carries the wrist sensor.
 * @throws {InputError} for a floating or planar joint, and for a collision mesh.
 */
export function robotBodies(model: RobotModel, servos: ReadonlyMap<string, Servo>, sensorLink: string): MjcfElement {
  const children = new Map<string, Joint[]>();
  for (const joint of model.joints) children.set(joint.parent, [...(children.get(joint.parent) ?? []), joint]);
  const links = new Map(model.links.map((link) => [link.name, link]));
  const body = (name: string, joint: Joint | undefined): MjcfElement => {
    const link = links.get(name)!;
    return element(
      { name, gravcomp: 1, ...(joint && poseAttributes(joint.origin)) },
      {
        inertial: inertialElements(link),
        joint: joint ? jointElements(joint, servos.get(joint.name)) : [],
        site: name === sensorLink ? [element({ name })] : [],
        geom: link.collisions.map(collisionElement(link)),
        body: (children.get(name) ?? []).map((child) => body(child.child, child)),
      },
    );
  };
  return body(model.root, undefined);
}

/** Makes the position servos of the given joints, with the URDF's position and effort limits. */
export function servoActuators(model: RobotModel, servos: ReadonlyMap<string, Servo>): MjcfElement[] {
  return model.joints
    .filter((joint) => servos.has(joint.name))
    .map(({ name, limit }) => {
      const { kp, kv } = servos.get(name)!;
      return element({
        name,
        joint: name,
        kp,
        kv,
        ctrlrange: limit && Number.isFinite(limit.lower) ? [limit.lower, limit.upper] : undefined,
        forcerange: limit && [-limit.effort, limit.effort],
      });
    });
}
