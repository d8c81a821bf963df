import { type ImageFrame, Random } from '@praxis/core';
import { solveIk } from '@praxis/model';
import { projectPoint } from '@praxis/planner';
import { RecedingHorizon } from '@praxis/policy';
import {
  Episode,
  type ObjectColour,
  type ObjectShape,
  type PinholeCamera,
  type RobotChoice,
  type Task,
  taskState,
  wordingsOf,
} from '@praxis/sim';

/** Where a camera sees the middle of a thing, as fractions of the picture from the top left; 0 outside of it. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
  /** Share of the points of the thing that the camera sees. */
  readonly seen: number;
}

/** A thing of a drawn scene by the simulator's truth. */
export interface TrueThing {
  readonly words: readonly [ObjectColour, ObjectShape];
  /** Position of its middle (m, base frame of the arm). */
  readonly position: readonly [number, number, number];
  /** True while the fingers hold it. */
  readonly held: boolean;
  /** Its middle in the picture of each camera. */
  readonly pixels: Readonly<Record<string, Pixel>>;
}

/** Pictures of a scene at one moment, what the arm's sensors measured then, and the truth. */
export interface SceneView {
  readonly task: string;
  readonly seed: number;
  /** Picture of each camera. */
  readonly pictures: Readonly<Record<string, ImageFrame>>;
  /** Measured joints by name (rad, m). */
  readonly joints: Readonly<Record<string, number>>;
  readonly things: readonly TrueThing[];
  readonly places: NonNullable<Episode['instance']['places']>;
}

/** Share of the views in which the arm is somewhere above the table and things lie on trays, as in the midst of a plan. */
const MIDST_SHARE = 0.6;
/** Share of those in which the fingers hold a thing. */
const HELD_SHARE = 0.3;
/** Share of things that lie on a tray in the midst of a plan. */
const ON_TRAY_SHARE = 0.25;
/** Where the tool is in the midst of a plan (m, base frame). */
const TOOL_RANGE_M = { x: [0.34, 0.6], y: [-0.3, 0.3], z: [0.16, 0.4] } as const;
/** Simulated time in which things come to rest and every camera exposes (s). */
const SETTLING_TIME_S = 0.16;
/** Distances from the middle of a thing of the points that a camera may see (m). */
const POINT_OFFSET_M = 0.012;

/**
 * Draws a scene of a task, as it is at its start or in the midst of a plan, and takes a picture with each camera. It depends on the seed alone.
 * @param robot an arm with cameras
 */
export async function drawView(task: Task, seed: number, robot: RobotChoice): Promise<SceneView> {
  const episode = await Episode.create({
    ...robot,
    task,
    seed,
    policy: 'expert',
    scheduler: new RecedingHorizon(),
    safety: 'off',
    wordings: wordingsOf(seed),
    ends: 'closed',
  });
  try {
    const random = new Random(seed, 'view');
    const held = random.chance(MIDST_SHARE) ? arrange(random, episode) : undefined;
    return await takePictures(episode, seed, held);
  } finally {
    await episode.close();
  }
}

/** Puts the arm somewhere above the table and some things on trays. @returns name of the thing in the fingers */
function arrange(random: Random, episode: Episode): string | undefined {
  const { world, instance, robot } = episode;
  const { setup } = robot;
  const qpos = world.view('qpos');
  const ctrl = world.view('ctrl');
  const { x, y, z } = TOOL_RANGE_M;
  const target = [random.uniform(...x), random.uniform(...y), random.uniform(...z)] as const;
  const home = Float64Array.from(setup.home);
  const { joints } = solveIk(setup.kinematics, Float64Array.of(...target, 1, 0, 0, 0), { start: home, posture: home });
  const place = (name: string, position: number) => {
    qpos[world.joint(name).qpos] = position;
    ctrl[world.actuator(name)] = position;
  };
  for (const [i, name] of setup.joints.entries()) place(name, joints[i]);
  const free = new Map<string, [number, number][]>(
    (instance.places ?? []).map(({ name, position: [px, py] }) => [
      name,
      random.shuffle([
        [px - 0.04, py],
        [px + 0.04, py],
      ]),
    ]),
  );
  const held = random.chance(HELD_SHARE) ? random.pick(instance.named).object : undefined;
  for (const { object } of instance.named) {
    const at = world.joint(object).qpos;
    const scene = instance.objects.find(({ name }) => name === object)!;
    if (object === held) {
      qpos.set(target, at);
      qpos.set([1, 0, 0, 0], at + 3);
      const { geometry } = scene;
      const width = geometry.type === 'cylinder' ? 2 * geometry.radius : geometry.type === 'box' ? geometry.size[1] : 0;
      const fingers = new Float64Array(setup.arms[0].gripper!.joints.length);
      setup.arms[0].gripper!.positionsAt(width, fingers);
      for (const [i, name] of setup.arms[0].gripper!.joints.entries()) {
        qpos[world.joint(name).qpos] = fingers[i];
        ctrl[world.actuator(name)] = 0;
      }
    } else if (random.chance(ON_TRAY_SHARE)) {
      const tray = random.pick([...free.keys(), '']);
      const spot = free.get(tray)?.pop();
      if (spot) qpos.set([...spot, scene.pose[2] + 0.011], at);
    }
  }
  world.forward();
  return held;
}

async function takePictures(episode: Episode, seed: number, held: string | undefined): Promise<SceneView> {
  const { robot, world, instance } = episode;
  const cameras = robot.setup.cameras.map(({ name }) => name);
  const pictures: Record<string, ImageFrame> = {};
  for (const name of cameras)
    robot.stream(`images.${name}`).subscribe(({ value }) => {
      pictures[name] = value as ImageFrame;
    });
  let joints: Readonly<Record<string, number>> = {};
  const spec = robot.spec.streams.find(({ name }) => name === 'joints')!;
  robot.stream('joints').subscribe(({ value }) => {
    const { position } = value as { position: Float64Array };
    joints = Object.fromEntries(spec.names!.map((name, i) => [name, position[i]]));
  });
  await robot.start();
  while (world.time < SETTLING_TIME_S) robot.step();
  const state = taskState(world, robot);
  const things = instance.named.map(({ object, colour, shape }) => {
    const position = state.position(object);
    const pixels = cameras.map((name) => {
      const view = robot.cameraView(name);
      return [name, pixelOf(episode, view, object, position)] as const;
    });
    return { words: [colour, shape] as const, position, held: object === held, pixels: Object.fromEntries(pixels) };
  });
  return {
    task: instance.task,
    seed,
    pictures,
    joints,
    things,
    places: instance.places ?? [],
  };
}

function pixelOf(
  episode: Episode,
  view: PinholeCamera,
  object: string,
  position: readonly [number, number, number],
): Pixel {
  const { position: from, quaternion: q, fovY } = view;
  const pose = [from[0], from[1], from[2], q[0], q[1], q[2], q[3]];
  const point = projectPoint({ name: '', pose, fovY, aspect: 1 }, position);
  const isInside = point !== undefined && point.x >= 0 && point.x < 1 && point.y >= 0 && point.y < 1;
  const seen = seenShare(episode, view, object, position);
  return isInside ? { ...point, visible: true, seen } : { x: 0, y: 0, visible: false, seen };
}

/** Share of the points of a thing that a camera sees: its middle and points around it that no other body covers. */
function seenShare(
  { world }: Episode,
  { position: from }: PinholeCamera,
  object: string,
  [x, y, z]: readonly [number, number, number],
): number {
  const d = POINT_OFFSET_M;
  const offsets = [
    [0, 0, 0],
    [d, 0, d],
    [-d, 0, d],
    [0, d, d],
    [0, -d, d],
  ] as const;
  const origin = [from[0], from[1], from[2]] as const;
  const seen = offsets.filter(([dx, dy, dz]) => {
    const direction = [x + dx - origin[0], y + dy - origin[1], z + dz - origin[2]] as const;
    return world.ray(origin, direction)?.body === object;
  });
  return seen.length / offsets.length;
}
