import { InputError, type Kinematics, NO_ARM, poseInFrame, type RobotSpec, type ToolLoad } from '@praxis/core';
import {
  type ArmDefinition,
  type Joint,
  KinematicTree,
  type LinkPair,
  parseUrdf,
  type RobotDefinition,
  type RobotMeshes,
  type RobotModel,
} from '@praxis/model';
import type { RobotPhysics, Servo } from '../mjcf/robot-bodies.ts';
import { type ArmSetup, armSetup, withLoad } from './arm-setup.ts';
import { armSpec } from './arm-spec.ts';
import { type BaseSetup, baseSetup } from './base-setup.ts';
import type { Gripper } from './gripper.ts';
import { gripperParts } from './gripper-parts.ts';
import { groupsSpec } from './groups-spec.ts';
import { hullsOf } from './hulls.ts';
import { checkMasses } from './masses.ts';
import { CONTROL_RATE_HZ, PRAXIS_ARM } from './praxis-arm.ts';
import { automaticServos } from './servo-gains.ts';
import { linksBelow } from './tool-load.ts';
import { wheelsOf } from './wheels.ts';

/** One degree (rad). */
const DEGREE_RAD = 0.017453292519943295;
/** Grey levels of a pixel of value 1. */
const GREY_LEVELS = 255;

/** Optics and rate of one camera. */
export interface CameraModel {
  /** Camera's name; its stream is `images.NAME`. */
  readonly name: string;
  /** Link at the optical frame (REP 103: z forward, x right, y down). */
  readonly frame: string;
  /** Width and height of the images (pixels). */
  readonly size: readonly [width: number, height: number];
  /** Vertical field of view (rad). */
  readonly fovY: number;
  /** Frame rate (Hz). */
  readonly rateHz: number;
  /** Standard deviation of the noise of a pixel (grey levels of 255). */
  readonly noise: number;
}

/** A robot as the simulator uses it: its description and its definition, checked against each other. */
export interface RobotSetup extends RobotPhysics {
  readonly definition: RobotDefinition;
  readonly name: string;
  /** Triangles of the meshes by the name that the description gives, without its scale. */
  readonly meshes: RobotMeshes;
  readonly tree: KinematicTree;
  /** The arms, at least one unless there is a base. */
  readonly arms: readonly ArmSetup[];
  /** Driven bases. */
  readonly bases: readonly BaseSetup[];
  /** Kinematics of the only arm from base to tool; those without joints for a robot with several arms or none. */
  readonly kinematics: Kinematics;
  /** The arm that does the tasks: the one that was chosen, else the first; undefined for a robot without arms. */
  readonly workingArm: ArmSetup | undefined;
  /** Base of the working arm; the link that moves of a driven base. */
  readonly baseLink: string;
  /** Tool of the working arm; the link that moves of a driven base. */
  readonly toolLink: string;
  /** Link of the only arm's wrist sensor; undefined without one. */
  readonly sensorLink: string | undefined;
  /** Load of the only arm's wrist sensor; undefined without one. */
  readonly tool: ToolLoad | undefined;
  /** Joints of all arms, each from base to tool. */
  readonly joints: readonly string[];
  /** Position of each joint of the arms at home (rad, m). */
  readonly home: readonly number[];
  /** Joints that nothing moves and that are held, with their positions (rad, m). */
  readonly held: Readonly<Record<string, number>>;
  /** Gripper of the only arm; undefined without one. */
  readonly gripper: Gripper | undefined;
  readonly cameras: readonly CameraModel[];
  /** Pairs of links that the robot's SRDF excludes from collision checks. */
  readonly disabledPairs: readonly LinkPair[];
  /** Streams and commands of the robot. */
  readonly spec: RobotSpec;
  /** What physics does otherwise than the description says, one line each. */
  readonly warnings: readonly string[];
}

/** A robot as its folder describes it: plain data, which a message to a worker or thread can carry. */
export interface RobotSource {
  /** Content of `robot.yaml`. */
  readonly definition: RobotDefinition;
  /** Links and joints of the description. */
  readonly model: RobotModel;
  /** Triangles of the meshes by the name that the description gives, without its scale. Default: none. */
  readonly meshes?: RobotMeshes;
  /** Pairs of links that the robot's SRDF excludes from collision checks. Default: none. */
  readonly disabledPairs?: readonly LinkPair[];
}

/** The robot of a scene: exactly one of the two. */
export interface RobotChoice {
  /** URDF of the Praxis arm, as text. */
  readonly urdf?: string;
  /** Any other robot, or the same by its folder. */
  readonly robot?: RobotSource;
  /** Name of the arm that does the tasks, of a robot with several. Default: the first. */
  readonly arm?: string;
}

/** Setups of each source by the arm that was chosen. */
const setups = new WeakMap<RobotSource, Map<string | undefined, RobotSetup>>();
const praxisArms = new Map<string, RobotSource>();

/**
 * Makes a robot for the simulator, once for each source and arm.
 * @param arm name of the arm that does the tasks, of a robot with several. Default: the first
 * @throws {InputError} for the first thing in the definition that does not fit the description, by name, and for an unknown arm
 */
export function robotSetup(source: RobotSource, arm?: string): RobotSetup {
  const known = setups.get(source) ?? new Map<string | undefined, RobotSetup>();
  setups.set(source, known);
  let setup = known.get(arm);
  if (!setup) {
    setup = makeSetup(source, arm);
    known.set(arm, setup);
  }
  return setup;
}

/** True for a robot of one arm alone, which the shipped policy is for. */
export const hasOneArm = ({ arms, bases }: Pick<RobotSetup, 'arms' | 'bases'>): boolean =>
  arms.length === 1 && bases.length === 0;

/**
 * Returns the robot of a scene. Each URDF text is parsed once.
 * @throws {InputError} for an invalid URDF, for an unknown arm, and unless there is exactly one robot
 */
export function setupOf({ urdf, robot, arm }: RobotChoice): RobotSetup {
  if ((urdf === undefined) === (robot === undefined))
    throw new InputError(`the scene has ${urdf === undefined ? 'no robot' : 'two robots'}, expected urdf or robot`);
  if (robot) return robotSetup(robot, arm);
  let source = praxisArms.get(urdf!);
  if (!source) {
    const model = parseUrdf(urdf!, { source: 'the arm', hasMesh: () => true });
    source = { definition: PRAXIS_ARM, model };
    praxisArms.set(urdf!, source);
  }
  return robotSetup(source, arm);
}

function makeSetup(source: RobotSource, chosen: string | undefined): RobotSetup {
  const { definition, model: parsed, meshes = new Map(), disabledPairs = [] } = source;
  const { name, rate } = definition;
  const armNames = commandsOf(definition);
  if (rate !== CONTROL_RATE_HZ)
    throw new InputError(`robot ${name}: rate ${rate} Hz, expected ${CONTROL_RATE_HZ}, at which the simulator runs`);
  const tree = new KinematicTree(parsed);
  const named = Object.values(definition.arms).map((arm, i) => [armNames[i], arm] as const);
  const checked = named.map(([command, arm]) => armSetup(name, command, arm, tree, rate));
  const { model, warnings } = checkMasses(parsed);
  const arms = checked.map((arm) => withLoad(arm, model));
  const jointOf = jointFinder(name, model);
  const joints = arms.flatMap((arm) => arm.joints);
  const fingers = arms.flatMap(({ gripper }) => gripper?.joints ?? []);
  for (const joint of fingers) jointOf(joint);
  const shared = sharedJoint([...joints, ...fingers]);
  if (shared !== undefined) throw new InputError(`robot ${name}: joint "${shared}" is in two arms, expected it in one`);
  const bases = Object.entries(definition.bases).map(([each, base]) => baseSetup(name, each, base, tree, jointOf));
  const cameras = camerasOf(definition, tree);
  const wheels = wheelsOf(model, bases);
  const home = arms.flatMap((arm) => arm.home);
  const held = heldJoints(model, [...joints, ...fingers, ...(wheels?.servos.keys() ?? [])]);
  const couplings = named.flatMap(([, { gripper }]) => (gripper && couplingsOf(gripper)) ?? []);
  const parts = gripperParts(model, fingers, couplings);
  const only = hasOneArm({ arms, bases }) ? arms[0] : undefined;
  const workingArm = workingArmOf(name, arms, chosen);
  const sensorLinks = arms.flatMap(({ sensorLink }) => sensorLink ?? []);
  return {
    ...{ definition, name, model, tree, arms, bases, cameras, joints, home, held, sensorLinks, meshes, disabledPairs },
    hulls: hullsOf(model, meshes, parts.gripperLinks),
    ...parts,
    kinematics: only?.kinematics ?? NO_ARM,
    workingArm,
    baseLink: workingArm?.baseLink ?? bases[0].link,
    toolLink: workingArm?.toolLink ?? bases[0].link,
    ...{ gripper: only?.gripper, sensorLink: only?.sensorLink, tool: only?.tool },
    servos: servosOf(definition, model, { ...held, ...byName(joints, home) }, driven(named, held, jointOf)),
    ...(wheels ? { wheels } : {}),
    ...(arms.length > 1 ? { armOf: armsOfLinks(model, arms) } : {}),
    ...rootOf(tree, only, bases),
    spec: only ? armSpec(layoutOf(name, only, cameras, rate)) : groupsSpec({ name, model, arms, bases, cameras, rate }),
    warnings: [...(model.warnings ?? []), ...warnings],
  };
}

/**
 * Names of the arms' commands.
 * @throws {InputError} for a robot with neither an arm nor a base, with several bases, and for a name of two groups
 */
function commandsOf({ name, arms, bases }: RobotDefinition): readonly string[] {
  const names = Object.keys(arms);
  const driven = Object.keys(bases);
  if (names.length + driven.length === 0)
    throw new InputError(`robot ${name}: neither an arm nor a base, expected at least one`);
  if (driven.length > 1)
    throw new InputError(`robot ${name}: bases ${driven.join(', ')}, expected one, which the simulator can drive`);
  const commands = names.length === 1 ? ['arm'] : names;
  const shared = commands.find((command) => driven.includes(command));
  if (shared !== undefined)
    throw new InputError(`robot ${name}: command "${shared}" of an arm and of a base, expected two names`);
  return commands;
}

function workingArmOf(robot: string, arms: readonly ArmSetup[], chosen: string | undefined): ArmSetup | undefined {
  if (chosen === undefined) return arms[0];
  const arm = arms.find(({ name }) => name === chosen);
  if (arm) return arm;
  const names = arms.map(({ name }) => name).join(' or ') || 'none';
  throw new InputError(`robot ${robot}: no arm "${chosen}", expected ${names}`);
}

const sharedJoint = (joints: readonly string[]): string | undefined =>
  joints.find((joint, i) => joints.indexOf(joint) !== i);

const byName = (names: readonly string[], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(names.map((name, i) => [name, values[i]]));

/** Pose of the root link in the scene: the only arm's base at the origin, or the wheels on the floor; else the root at the origin. */
function rootOf(
  tree: KinematicTree,
  only: ArmSetup | undefined,
  bases: readonly BaseSetup[],
): Pick<RobotSetup, 'root'> {
  if (only) {
    const root = poseInFrame(tree.pose(only.baseLink), tree.pose(tree.model.root));
    const moved = root.some((value, i) => value !== (i === 6 ? 1 : 0));
    if (!moved) return {};
    return { root: { xyz: [root[0], root[1], root[2]], quaternion: [root[3], root[4], root[5], root[6]] } };
  }
  if (bases.length === 0) return {};
  const [{ wheelRadius, axleHeight }] = bases;
  return { root: { xyz: [0, 0, wheelRadius - axleHeight], quaternion: [0, 0, 0, 1] } };
}

/** The arm that moves each link. */
const armsOfLinks = (model: RobotModel, arms: readonly ArmSetup[]): ReadonlyMap<string, number> =>
  new Map(arms.flatMap(({ baseLink }, i) => [...linksBelow(model, baseLink)].map((link) => [link, i] as const)));

const layoutOf = (
  name: string,
  { joints, gripper, baseLink, sensorLink }: ArmSetup,
  cameras: readonly CameraModel[],
  sensorRate: number,
) => ({
  ...{ name, joints, cameras, sensorRate },
  fingers: gripper?.streamNames ?? [],
  ...(gripper ? { gripperRange: gripper.range } : {}),
  baseFrame: baseLink,
  sensorFrame: sensorLink ?? '',
});

const jointFinder =
  (robot: string, model: RobotModel) =>
  (name: string): Joint => {
    const joint = model.joints.find((each) => each.name === name);
    if (!joint) throw new InputError(`robot ${robot}: joint "${name}" is not in ${model.name}`);
    if (joint.type === 'fixed')
      throw new InputError(`robot ${robot}: joint "${name}" is fixed, expected one that moves`);
    if (joint.mimic)
      throw new InputError(
        `robot ${robot}: joint "${name}" mimics "${joint.mimic.joint}", expected one that a command sets`,
      );
    return joint;
  };

const camerasOf = ({ cameras }: RobotDefinition, tree: KinematicTree): CameraModel[] =>
  Object.entries(cameras).map(([name, { frame, size, fov, rate, noise }]) => {
    tree.linkIndex(frame);
    return { name, frame, size, fovY: fov * DEGREE_RAD, rateHz: rate, noise: noise * GREY_LEVELS };
  });

/** Joints that nothing commands, at zero or at the nearest limit. */
function heldJoints(model: RobotModel, commanded: readonly string[]): Record<string, number> {
  const free = model.joints.filter(({ name, type, mimic }) => type !== 'fixed' && !mimic && !commanded.includes(name));
  return Object.fromEntries(
    free.map(({ name, limit }) => [name, Math.min(Math.max(0, limit?.lower ?? 0), limit?.upper ?? 0)]),
  );
}

/** A gripper with several commanded joints moves them in step: the first one follows each of the others. */
function couplingsOf({ joints, open, closed }: NonNullable<ArmDefinition['gripper']>) {
  const [first, ...others] = joints;
  return others.map((leader) => {
    const multiplier = (open[first] - closed[first]) / (open[leader] - closed[leader]);
    return { follower: first, leader, multiplier, offset: closed[first] - multiplier * closed[leader] };
  });
}

/** Joints that position servos drive: those of the arms, held ones, and those of grippers. */
const driven = (
  arms: readonly (readonly [string, ArmDefinition])[],
  held: Readonly<Record<string, number>>,
  jointOf: (name: string) => Joint,
) => [
  ...[...arms.flatMap(([, { joints }]) => joints), ...Object.keys(held)].map((joint) => ({ joint: jointOf(joint) })),
  ...arms.flatMap(([, { gripper }]) =>
    (gripper?.joints ?? []).map((joint) => ({
      joint: jointOf(joint),
      travel: Math.abs(gripper!.open[joint] - gripper!.closed[joint]),
    })),
  ),
];

function servosOf(
  { name, servos, rate }: RobotDefinition,
  model: RobotModel,
  home: Readonly<Record<string, number>>,
  joints: ReturnType<typeof driven>,
): ReadonlyMap<string, Servo> {
  if (servos === 'auto') return automaticServos(model, joints, home, rate);
  const unknown = Object.keys(servos).find((joint) => !joints.some((each) => each.joint.name === joint));
  if (unknown !== undefined) throw new InputError(`robot ${name}: servos.${unknown}: no driven joint of this name`);
  const without = joints.find(({ joint }) => !Object.hasOwn(servos, joint.name));
  if (without)
    throw new InputError(`robot ${name}: servos: no gains of joint "${without.joint.name}", expected all or auto`);
  return new Map(joints.map(({ joint }) => [joint.name, servos[joint.name]]));
}
