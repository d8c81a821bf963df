import { InputError } from '@praxis/core';
import { solveIk } from '@praxis/model';
import type { Impact } from '../faults/impact/impact.ts';
import { impactorMjcf, impactorVisual } from '../faults/impact/impactor-mjcf.ts';
import { sceneMjcf } from '../mjcf/scene.ts';
import { objectVisuals } from '../mjcf/scene-object.ts';
import { type ModalityDefinition, startSensor } from '../modalities/modality.ts';
import { loadMujoco, World } from '../mujoco/world.ts';
import { viewOf } from '../mujoco/world-view.ts';
import { SimScene } from '../render/sim-scene.ts';
import {
  ARM_JOINTS,
  type ArmModel,
  armModel,
  FINGER_JOINTS,
  HOME_JOINTS_RAD,
  SENSOR_LINK,
  SERVOS,
} from '../robot/arm.ts';
import { SimRobot } from '../robot/sim-robot.ts';
import { robotVisuals } from '../robot/visuals.ts';
import type { Conditions } from '../tasks/conditions.ts';
import type { TaskInstance } from '../tasks/task.ts';

const armModels = new Map<string, ArmModel>();

/** Returns the model of a URDF text. Each text is parsed once. @throws {InputError} when the text is no arm */
export function armModelOf(urdf: string): ArmModel {
  let model = armModels.get(urdf);
  if (!model) {
    model = armModel(urdf);
    armModels.set(urdf, model);
  }
  return model;
}

/** What a scene has besides the arm and the task's objects. */
export interface SceneAdditions {
  /** Body that strikes the arm. */
  readonly impact?: Impact;
  /** Sensors beside those of the arm. */
  readonly modalities?: readonly ModalityDefinition[];
}

/**
 * Builds physics, render scene and robot of one drawn task, with the arm at its start pose.
 * @throws {InputError} when the start pose is out of reach or the scene does not compile.
 */
export async function buildScene(
  urdf: string,
  instance: TaskInstance,
  conditions: Conditions,
  seed: number,
  { impact, modalities = [] }: SceneAdditions = {},
) {
  const { model, kinematics, tool } = armModelOf(urdf);
  const mujoco = await loadMujoco();
  const world = new World(
    mujoco,
    sceneMjcf(model, SERVOS, FINGER_JOINTS, SENSOR_LINK, instance.objects, impact && impactorMjcf(impact)),
  );
  const start = solveIk(kinematics, Float64Array.of(...conditions.start, 1, 0, 0, 0), {
    start: Float64Array.from(HOME_JOINTS_RAD),
    posture: Float64Array.from(HOME_JOINTS_RAD),
  });
  if (!start.converged) throw new InputError(`start pose ${conditions.start.join(', ')} is out of the arm's reach`);
  const qpos = world.view('qpos');
  const ctrl = world.view('ctrl');
  ARM_JOINTS.forEach((name, i) => {
    qpos[world.joint(name).qpos] = start.joints[i];
    ctrl[world.actuator(name)] = start.joints[i];
  });
  for (const name of FINGER_JOINTS) {
    qpos[world.joint(name).qpos] = 0.04;
    ctrl[world.actuator(name)] = 0.04;
  }
  world.forward();
  const table = { body: 'table', visuals: [tableVisual(conditions)] };
  const scene = new SimScene([
    table,
    ...robotVisuals(model),
    ...instance.objects.map(objectVisuals),
    ...(impact ? [impactorVisual(impact)] : []),
  ]);
  const view = viewOf(world);
  const sensors = modalities.map((each) => startSensor(each, { seed, task: instance, world: view }));
  return { world, scene, robot: new SimRobot(world, scene, conditions, seed, sensors), kinematics, tool };
}

const tableVisual = ({ table }: Conditions) => ({
  geometry: { type: 'box' as const, size: [0.9, 1.2, 0.04] as const },
  pose: [0, 0, 0, 0, 0, 0, 1] as const,
  rgba: table,
});

/** Physics, render scene, robot and arm model of one episode. */
export type BuiltScene = Awaited<ReturnType<typeof buildScene>>;
