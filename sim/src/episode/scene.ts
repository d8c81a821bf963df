import { InputError } from '@praxis/core';
import type { Impact } from '../faults/impact/impact.ts';
import { impactorMjcf, impactorVisual } from '../faults/impact/impactor-mjcf.ts';
import { struckBody } from '../faults/impact/struck-body.ts';
import { FLOOR_SIZE_M, groundBody, sceneMjcf, TABLE_SIZE_M } from '../mjcf/scene.ts';
import { objectVisuals, type SceneObject } from '../mjcf/scene-object.ts';
import { partVisuals } from '../mjcf/scene-part.ts';
import { type ModalityDefinition, startSensor } from '../modalities/modality.ts';
import { loadMujoco, World } from '../mujoco/world.ts';
import { viewOf } from '../mujoco/world-view.ts';
import { SimScene } from '../render/sim-scene.ts';
import type { RenderVisual } from '../render/types.ts';
import { jointsAt } from '../robot/gripper.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { SimRobot } from '../robot/sim-robot.ts';
import { robotVisuals } from '../robot/visuals.ts';
import type { Conditions } from '../tasks/conditions.ts';
import type { Mechanism, PartJoints } from '../tasks/mechanism.ts';
import { startPosture } from '../tasks/start-posture.ts';
import type { TaskInstance } from '../tasks/task.ts';
import { heldWeld, placeHeld, releaseOnOpening } from './held-object.ts';

/** What a scene has besides the robot and the task's objects. */
export interface SceneAdditions {
  /** Body that strikes the robot. */
  readonly impact?: Impact;
  /** Sensors beside those of the robot. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Objects beside those of the task. */
  readonly objects?: readonly SceneObject[];
}

/**
 * Builds physics, render scene and robot of one drawn task, with its arms at their start pose.
 * @throws {InputError} when the start pose is out of reach or the scene does not compile.
 */
export async function buildScene(
  setup: RobotSetup,
  instance: TaskInstance,
  conditions: Conditions,
  seed: number,
  { impact, modalities = [], objects: more = [] }: SceneAdditions = {},
) {
  const { kinematics, tool, joints, arms } = setup;
  if (impact && !struckBody(setup))
    throw new InputError(`robot ${setup.name}: it has no gripper with collision shapes, which an impact strikes`);
  const mujoco = await loadMujoco();
  const { parts = [], mechanism, held } = instance;
  const objects = [...instance.objects, ...more];
  const welds = held ? [heldWeld(held, setup.toolLink)] : [];
  const world = new World(mujoco, sceneMjcf(setup, objects, impact && impactorMjcf(impact), parts, welds));
  const start = startJoints(setup, conditions);
  const qpos = world.view('qpos');
  const ctrl = world.view('ctrl');
  const place = (name: string, position: number) => {
    qpos[world.joint(name).qpos] = position;
    ctrl[world.actuator(name)] = position;
  };
  for (const [i, name] of joints.entries()) place(name, start[i]);
  for (const [name, position] of Object.entries(setup.held)) place(name, position);
  for (const arm of arms) {
    const { gripper } = arm;
    if (!gripper) continue;
    const width = (arm === setup.workingArm && held?.width) || gripper.range[1];
    for (const [name, position] of Object.entries(jointsAt(gripper, width))) {
      place(name, position);
    }
  }
  placeFollowers(setup, world);
  world.forward();
  if (held) placeHeld(held, setup.toolLink, world);
  const ground = {
    body: groundBody(setup),
    visuals: setup.wheels ? [floorVisual(conditions)] : tableVisuals(conditions),
  };
  const scene = new SimScene([
    ground,
    ...robotVisuals(setup),
    ...objects.map(objectVisuals),
    ...parts.map(partVisuals),
    ...(impact ? [impactorVisual(impact)] : []),
  ]);
  const view = viewOf(world);
  const sensors = modalities.map((each) => startSensor(each, { seed, task: instance, world: view }));
  const robot = new SimRobot(setup, world, scene, conditions, seed, sensors);
  const beforeStep = [
    ...(mechanism ? [driveMechanism(world, mechanism)] : []),
    ...(held ? [releaseOnOpening(held, robot, world)] : []),
  ];
  if (beforeStep.length > 0) {
    world.beforeStep = () => {
      for (const each of beforeStep) each();
    };
  }
  return { world, scene, robot, setup, kinematics, tool };
}

/** Returns what runs a mechanism before each physics step. */
function driveMechanism(world: World, mechanism: Mechanism): () => void {
  const joints: PartJoints = {
    get time() {
      return world.time;
    },
    position: (part) => world.view('qpos')[world.joint(part).qpos],
    speed: (part) => world.view('qvel')[world.joint(part).qvel],
    push: (part, force) => {
      world.view('qfrc_applied')[world.joint(part).qvel] = force;
    },
  };
  return () => mechanism.advance(joints);
}

/**
 * Returns the joints of the arms at the start (rad, m).
 * @throws {InputError} when the start pose is out of reach, or a posture has another number of joints
 */
function startJoints(setup: RobotSetup, { start, posture }: Conditions): ArrayLike<number> {
  if (posture && posture.length !== setup.joints.length) {
    throw new InputError(`posture: ${posture.length} positions, expected ${setup.joints.length}`);
  }
  if (posture) return posture;
  if (!start) return setup.home;
  const joints = startPosture(setup, start);
  if (joints) return joints;
  throw new InputError(`start pose ${start.join(', ')} is out of the arm's reach`);
}

/** Places the joints that mimic others. */
function placeFollowers({ model, tree }: RobotSetup, world: World): void {
  const qpos = world.view('qpos');
  const { coordinates } = tree;
  const all = coordinates.zero();
  for (const { joint, offset } of coordinates.slots) if (!joint.mimic) all[offset] = qpos[world.joint(joint.name).qpos];
  coordinates.applyMimics(all);
  for (const { name, mimic } of model.joints)
    if (mimic) qpos[world.joint(name).qpos] = all[coordinates.slot(name).offset];
}

const tableVisuals = ({ table, tablePattern = [] }: Conditions): readonly RenderVisual[] => [
  { geometry: { type: 'box', size: TABLE_SIZE_M }, pose: [0, 0, 0, 0, 0, 0, 1], rgba: table },
  ...tablePattern,
];

/** The floor of a robot that drives; its top is at the body's origin. */
const floorVisual = ({ table }: Conditions) => ({
  geometry: { type: 'box' as const, size: [FLOOR_SIZE_M, FLOOR_SIZE_M, 0.02] as const },
  pose: [0, 0, -0.01, 0, 0, 0, 1] as const,
  rgba: table,
});

/** Physics, render scene, robot and arm model of one episode. */
export type BuiltScene = Awaited<ReturnType<typeof buildScene>>;
