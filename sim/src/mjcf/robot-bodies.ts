import { InputError } from '@praxis/core';
import type { Collision, Geometry, Joint, Link, RobotModel } from '@praxis/model';

/** Servo of one joint: position gain (Nm/rad or N/m) and damping gain (Nms/rad or Ns/m). */
export interface Servo {
  readonly kp: number;
  readonly kv: number;
  readonly armature: number;
}

const list = (values: readonly number[]) => values.join(' ');

/** MuJoCo writes quaternions w x y z. */
const placed = ({ xyz, quaternion: [x, y, z, w] }: { xyz: readonly number[]; quaternion: readonly number[] }) =>
  `pos="${list(xyz)}" quat="${list([w, x, y, z])}"`;

function shape(geometry: Geometry): string {
  switch (geometry.type) {
    case 'box':
      return `type="box" size="${list(geometry.size.map((s) => s / 2))}"`;
    case 'cylinder':
    case 'capsule':
      return `type="${geometry.type}" size="${geometry.radius} ${geometry.length / 2}"`;
    case 'sphere':
      return `type="sphere" size="${geometry.radius}"`;
    case 'mesh':
      throw new InputError(`collision mesh "${geometry.filename}": the simulator collides primitives only`);
  }
}

const collision = (link: Link) => (c: Collision) =>
  `<geom class="robot" ${shape(c.geometry)} ${placed(c.origin)}${link.name.includes('finger') ? ' friction="1.4 0.02 0.0002"' : ''}/>`;

function inertial({ inertial: i }: Link): string {
  if (!i) return '';
  const [ixx, ixy, ixz, iyy, iyz, izz] = i.inertia;
  return `<inertial pos="${list(i.origin.xyz)}" mass="${i.mass}" fullinertia="${list([ixx, iyy, izz, ixy, ixz, iyz])}"/>`;
}

function jointElement(joint: Joint, servo: Servo | undefined): string {
  if (joint.type === 'fixed') return '';
  if (joint.type === 'floating' || joint.type === 'planar') {
    throw new InputError(`joint "${joint.name}" is ${joint.type}: the simulator drives revolute and prismatic joints`);
  }
  const kind = joint.type === 'prismatic' ? 'slide' : 'hinge';
  const range =
    joint.type === 'continuous' || !joint.limit
      ? ''
      : ` range="${joint.limit.lower} ${joint.limit.upper}" limited="true"`;
  const damping = joint.dynamics?.damping ?? 0;
  return `<joint name="${joint.name}" type="${kind}" axis="${list(joint.axis)}"${range} damping="${damping}" armature="${servo?.armature ?? 0.01}"/>`;
}

/**
 * The links of a URDF as nested MJCF bodies, with the same frames, masses and collision shapes. Every link compensates its
 * own weight, as a research arm's controller does. A site named after the link of the wrist sensor carries the sensor.
 */
export function robotBodies(model: RobotModel, servos: ReadonlyMap<string, Servo>, sensorLink: string): string {
  const children = new Map<string, Joint[]>();
  for (const joint of model.joints) children.set(joint.parent, [...(children.get(joint.parent) ?? []), joint]);
  const links = new Map(model.links.map((link) => [link.name, link]));
  const body = (name: string, joint: Joint | undefined): string => {
    const link = links.get(name)!;
    return [
      `<body name="${name}" gravcomp="1"${joint ? ` ${placed(joint.origin)}` : ''}>`,
      inertial(link),
      joint ? jointElement(joint, servos.get(joint.name)) : '',
      name === sensorLink ? `<site name="${name}"/>` : '',
      ...link.collisions.map(collision(link)),
      ...(children.get(name) ?? []).map((child) => body(child.child, child)),
      '</body>',
    ].join('');
  };
  return body(model.root, undefined);
}

/** Position servos for the joints named, with the URDF's limits and efforts. */
export function servoActuators(model: RobotModel, servos: ReadonlyMap<string, Servo>): string {
  return model.joints
    .filter((joint) => servos.has(joint.name))
    .map((joint) => {
      const { kp, kv } = servos.get(joint.name)!;
      const limit = joint.limit;
      const range = limit && Number.isFinite(limit.lower) ? ` ctrlrange="${limit.lower} ${limit.upper}"` : '';
      const force = limit ? ` forcerange="${-limit.effort} ${limit.effort}"` : '';
      return `<position name="${joint.name}" joint="${joint.name}" kp="${kp}" kv="${kv}"${range}${force}/>`;
    })
    .join('');
}
