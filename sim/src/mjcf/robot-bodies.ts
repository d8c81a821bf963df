import { InputError } from '@praxis/core';
import type { Collision, Geometry, Joint, Link, Origin, RobotModel } from '@praxis/model';
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

/** A joint that follows another one: position = multiplier * (position of the leader) + offset. */
export interface Coupling {
  readonly follower: string;
  readonly leader: string;
  readonly multiplier: number;
  /** Offset (rad or m). */
  readonly offset: number;
}

/** Speed servo of one driven wheel. */
export interface WheelServo {
  /** Torque for each rad/s that the wheel lacks (Nms/rad). */
  readonly kv: number;
  /** Reflected inertia of the drive (kg m^2). */
  readonly armature: number;
}

/** What lets a robot drive over the floor. */
export interface Wheels {
  /** Servo of each wheel's joint. */
  readonly servos: ReadonlyMap<string, WheelServo>;
  /** Links of the wheels. Their surface is rubber. */
  readonly links: ReadonlySet<string>;
  /** Links that slide over the floor in any direction. */
  readonly casters: ReadonlySet<string>;
}

/** Everything about a robot that physics needs. */
export interface RobotPhysics {
  readonly model: RobotModel;
  /** Servo of each driven joint. */
  readonly servos: ReadonlyMap<string, Servo>;
  /** Links of the wrist force/torque sensors. */
  readonly sensorLinks: readonly string[];
  /** Undefined for a robot whose root is fixed to the scene. One with wheels moves freely, on a floor in place of the table. */
  readonly wheels?: Wheels;
  /**
   * Index of the arm that each link belongs to, for a robot with several arms, which collide with each other. Default: no such links.
   */
  readonly armOf?: ReadonlyMap<string, number>;
  /** Pose of the root link in the scene; undefined: the scene's origin. */
  readonly root?: Pick<Origin, 'xyz' | 'quaternion'>;
  /** Joints that follow others. */
  readonly couplings: readonly Coupling[];
  /** Links of the gripper. They collide with one another; all other links collide with the scene and the gripper only. */
  readonly gripperLinks: ReadonlySet<string>;
  /** Links that the gripper's joints move. Their surface is rubber. */
  readonly fingerLinks: ReadonlySet<string>;
  /** Vertices of the convex hulls of each collision mesh, x y z each, by the name that the description gives. */
  readonly hulls: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** Pairs of links that never collide. */
  readonly exclusions: readonly (readonly [string, string])[];
}

/** Names of bodies that no link can have: MuJoCo's own, and what the robot stands on. */
const SCENE_BODIES: readonly string[] = ['world', 'table', 'floor'];

/** Returns the name of a link's body: its own, unless the scene has a body of that name. */
export const bodyName = (link: string): string => (SCENE_BODIES.includes(link) ? `${link}_link` : link);

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

/** Attributes of the shapes of one collision geometry: one, or several convex ones for a mesh. */
function shapeAttributes(geometry: Geometry, { hulls }: RobotPhysics): readonly MjcfAttributes[] {
  switch (geometry.type) {
    case 'box':
      return [{ type: 'box', size: geometry.size.map((s) => s / 2) }];
    case 'cylinder':
    case 'capsule':
      return [{ type: geometry.type, size: [geometry.radius, geometry.length / 2] }];
    case 'sphere':
      return [{ type: 'sphere', size: geometry.radius }];
    case 'mesh':
      if (!hulls.has(geometry.filename))
        throw new InputError(`collision mesh "${geometry.filename}": its triangles are not loaded`);
      return hulls.get(geometry.filename)!.map((_, i) => ({ type: 'mesh', mesh: hullName(geometry, i) }));
  }
}

/** First bit of the contact type of the links of an arm beside others. Lower bits are those of objects and of added bodies. */
const FIRST_ARM_BIT = 8;

/** Contact type and affinity of the links of one of several arms: they collide with those of the others, and with what any link does. */
function armContact({ armOf, gripperLinks }: RobotPhysics, link: string): MjcfAttributes {
  const arm = armOf?.get(link);
  if (armOf === undefined || arm === undefined) return { contype: gripperLinks.has(link) ? undefined : 0 };
  const count = Math.max(...armOf.values()) + 1;
  const own = FIRST_ARM_BIT << arm;
  const all = (FIRST_ARM_BIT << count) - FIRST_ARM_BIT;
  return { contype: gripperLinks.has(link) ? 1 | own : own, conaffinity: 1 | (all & ~own) };
}

/** Surface of a link: rubber for fingers and wheels; casters slide, whatever they stand on. */
function surface({ fingerLinks, wheels }: RobotPhysics, link: string): MjcfAttributes {
  if (wheels?.casters.has(link)) return { friction: [0.005, 0.0001, 0.0001], priority: 1 };
  if (wheels?.links.has(link)) return { friction: [1, 0.0005, 0.0001], priority: 1 };
  return { friction: fingerLinks.has(link) ? [1.4, 0.02, 0.0002] : undefined };
}

const collisionElements = (link: Link, robot: RobotPhysics) => (c: Collision) =>
  shapeAttributes(c.geometry, robot).map((shape) =>
    element({
      class: 'robot',
      ...shape,
      ...poseAttributes(c.origin),
      ...surface(robot, link.name),
      ...armContact(robot, link.name),
      // Without this MuJoCo would give a link without <inertial> the mass of its shape in water.
      mass: link.inertial ? undefined : 0,
    }),
  );

function inertialElements({ inertial: i }: Link): MjcfElement[] {
  if (!i) return [];
  const [ixx, ixy, ixz, iyy, iyz, izz] = i.inertia;
  return [element({ pos: i.origin.xyz, mass: i.mass, fullinertia: [ixx, iyy, izz, ixy, ixz, iyz] })];
}

/** Name of the joint by which a robot with wheels moves freely. */
const FREE_JOINT = 'free motion';

/** Reflected inertia of a joint that follows another one (kg m^2, kg): it keeps light links stable. */
export const FOLLOWER_ARMATURE = 1e-4;

const springOf = ({ dynamics }: Joint): MjcfAttributes =>
  dynamics?.spring ? { stiffness: dynamics.spring.stiffness, springref: dynamics.spring.rest } : {};

function jointElements(joint: Joint, servo: Pick<Servo, 'armature'> | undefined): MjcfElement[] {
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
      ...springOf(joint),
      armature: servo?.armature ?? (joint.mimic ? (joint.dynamics?.armature ?? FOLLOWER_ARMATURE) : 0.01),
    }),
  ];
}

/**
 * Converts the links of a URDF to nested MJCF bodies with the same frames, masses and collision shapes. Each body of a fixed robot has
 * gravity compensation, as the controllers of research arms do it. A site named after a sensor's link carries that wrist sensor.
 * @throws {InputError} for a floating or planar joint, and for a collision mesh whose triangles are not loaded.
 */
export function robotBodies(robot: RobotPhysics): MjcfElement {
  const { model, servos, sensorLinks, root, wheels } = robot;
  const children = new Map<string, Joint[]>();
  for (const joint of model.joints) children.set(joint.parent, [...(children.get(joint.parent) ?? []), joint]);
  const links = new Map(model.links.map((link) => [link.name, link]));
  const body = (name: string, joint: Joint | undefined): MjcfElement => {
    const link = links.get(name)!;
    const origin = joint ? joint.origin : root;
    return element(
      { name: bodyName(name), gravcomp: wheels ? undefined : 1, ...(origin && poseAttributes(origin)) },
      {
        freejoint: wheels && !joint ? [element({ name: FREE_JOINT })] : [],
        inertial: inertialElements(link),
        joint: joint ? jointElements(joint, servos.get(joint.name) ?? wheels?.servos.get(joint.name)) : [],
        site: [...(sensorLinks.includes(name) ? [element({ name })] : []), ...loopSites(model, name)],
        geom: link.collisions.flatMap(collisionElements(link, robot)),
        body: (children.get(name) ?? []).map((child) => body(child.child, child)),
      },
    );
  };
  return body(model.root, undefined);
}

/** A mesh with its own scale is an asset of its own. */
const hullName = ({ filename, scale }: Extract<Geometry, { type: 'mesh' }>, piece: number): string =>
  `${filename} ${scale.join(' ')} ${piece}`;

/** Makes the assets of the collision meshes. */
export function hullElements({ model, hulls }: RobotPhysics): MjcfElement[] {
  const assets = new Map<string, MjcfElement>();
  for (const { geometry } of model.links.flatMap(({ collisions }) => collisions)) {
    if (geometry.type !== 'mesh') continue;
    for (const [k, vertices] of (hulls.get(geometry.filename) ?? []).entries()) {
      const name = hullName(geometry, k);
      const vertex = vertices.map((value, i) => value * geometry.scale[i % 3]);
      assets.set(name, element({ name, vertex, inertia: 'convex' }));
    }
  }
  return [...assets.values()];
}

/** Name of the site at one end of a loop. */
const loopSite = (loop: number, end: number): string => `loop ${loop} end ${end}`;

/** Sites of a link at which loops close. */
const loopSites = ({ equalities = [] }: RobotModel, link: string): MjcfElement[] =>
  equalities.flatMap((each, k) => {
    if (each.type === 'joint') return [];
    return [0, 1].flatMap((end) => {
      if (each.links[end] !== link) return [];
      const place = each.type === 'weld' ? poseAttributes(each.frames[end]) : { pos: each.points[end] };
      return [element({ name: loopSite(k, end), ...place })];
    });
  });

/** Makes the equality constraints that the description has, by their kind. */
export function equalityElements({ model: { equalities = [] } }: Pick<RobotPhysics, 'model'>): {
  readonly connect: MjcfElement[];
  readonly weld: MjcfElement[];
  readonly joint: MjcfElement[];
} {
  const elements = { connect: [] as MjcfElement[], weld: [] as MjcfElement[], joint: [] as MjcfElement[] };
  for (const [k, each] of equalities.entries()) {
    const { solref, solimp } = each;
    const ends =
      each.type === 'joint'
        ? { joint1: each.joint, joint2: each.follows, polycoef: each.polynomial }
        : { site1: loopSite(k, 0), site2: loopSite(k, 1) };
    elements[each.type].push(element({ ...ends, solref, solimp }));
  }
  return elements;
}

/** Makes the equality constraints of the joints that follow others. */
export const couplingElements = ({ couplings }: RobotPhysics): MjcfElement[] =>
  couplings.map(({ follower, leader, multiplier, offset }) =>
    element({
      joint1: follower,
      joint2: leader,
      polycoef: multiplier === 1 && offset === 0 ? undefined : [offset, multiplier, 0, 0, 0],
      solref: [0.006, 1],
    }),
  );

/** Makes the position servos of the given joints, with the URDF's position and effort limits. */
export function servoActuators({ model, servos }: Pick<RobotPhysics, 'model' | 'servos'>): MjcfElement[] {
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

/** Makes the speed servos of the wheels, with the URDF's effort limits. */
export function wheelActuators({ model, wheels }: Pick<RobotPhysics, 'model' | 'wheels'>): MjcfElement[] {
  return model.joints.flatMap(({ name, limit }) => {
    const servo = wheels?.servos.get(name);
    const forcerange = limit && Number.isFinite(limit.effort) ? [-limit.effort, limit.effort] : undefined;
    return servo ? [element({ name, joint: name, kv: servo.kv, forcerange })] : [];
  });
}
