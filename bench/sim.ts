import { RecedingHorizon } from '@praxis/policy';
import { Episode, loadMujoco, SimRobot, TASK_NAMES } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { armModelOf, buildScene } from '../sim/src/episode/scene.ts';
import { sceneMjcf } from '../sim/src/mjcf/scene.ts';
import { ARM_JOINTS, FINGER_JOINTS, SENSOR_LINK, SERVOS } from '../sim/src/robot/arm.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';
import { findTask } from '../sim/src/tasks/index.ts';

const SEED = 2_000_000;
/** Steps of one turn: ours and bare MuJoCo take turns, so that whatever else the machine does meets both. */
const BATCH_STEPS = 250;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Microseconds of CPU time of all threads, garbage collection included. */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Takes one step with the controls of that step. */
type Step = (k: number) => void;

/** What the servos are told in an episode that the expert drives, contacts, grasps and all: one row a step. */
interface RecordedControls {
  readonly steps: number;
  readonly width: number;
  /** Row-major. In one piece: thousands of arrays would burden the collector of whoever makes garbage. */
  readonly data: Float64Array;
}

async function controlsOf(task: string): Promise<RecordedControls> {
  const episode = await Episode.create({
    task,
    seed: SEED,
    urdf: armUrdf(),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
  });
  const width = episode.world.view('ctrl').length;
  const data = new Float64Array(width * Math.ceil(episode.instance.timeLimit / episode.world.timestep + 10));
  let steps = 0;
  for (let on = true; on; steps++) {
    on = await episode.step();
    data.set(episode.world.view('ctrl'), width * steps);
  }
  await episode.close();
  return { steps, width, data };
}

/** A robot in the task's scene, without delay of commands, and how it takes one step of the recorded controls. */
async function robotIn(task: string, { width, data }: RecordedControls, cameras: 'with cameras' | 'without cameras') {
  const instance = findTask(task).draw({ seed: SEED, wordings: 'report', swap: false });
  const drawn = drawConditions(SEED);
  const conditions = { ...drawn, actionDelay: 0, cameras: cameras === 'with cameras' ? drawn.cameras : [] };
  const { world, scene } = await buildScene(armUrdf(), instance, drawn, SEED);
  const robot = new SimRobot(world, scene, conditions, SEED);
  const joints = ARM_JOINTS.map((name) => world.actuator(name));
  const finger = world.actuator(FINGER_JOINTS[0]);
  const value = { position: new Float64Array(ARM_JOINTS.length), gripperWidth: 0 };
  let samples = 0;
  for (const { name } of robot.spec.streams) robot.stream(name).subscribe(() => samples++);
  await robot.start();
  const step: Step = (k) => {
    for (let i = 0; i < joints.length; i++) value.position[i] = data[width * k + joints[i]];
    value.gripperWidth = 2 * data[width * k + finger];
    const now = robot.clock.now();
    robot.command('arm', { value, stamp: now, received: now });
    robot.step();
  };
  return { world, step, samples: () => samples };
}

/** MuJoCo and nothing else, with the same compiled model in the same state. */
async function bareIn(task: string, { width, data: controls }: RecordedControls, start: Float64Array) {
  const mujoco = await loadMujoco();
  const { objects } = findTask(task).draw({ seed: SEED, wordings: 'report', swap: false });
  const mjcf = sceneMjcf(armModelOf(armUrdf()).model, SERVOS, FINGER_JOINTS, SENSOR_LINK, objects);
  const model = mujoco.MjModel.from_xml_string(mjcf)!;
  const data = new mujoco.MjData(model);
  const qpos = data.qpos as Float64Array;
  const ctrl = data.ctrl as Float64Array;
  qpos.set(start);
  mujoco.mj_forward(model, data);
  const step: Step = (k) => {
    for (let i = 0; i < width; i++) ctrl[i] = controls[width * k + i];
    mujoco.mj_step(model, data);
  };
  const close = (): void => {
    data.delete();
    model.delete();
  };
  return { step, qpos, close };
}

/** CPU microseconds of every step of one task, and whether both physics ended in the same place, bit by bit. */
async function compare(task: string) {
  const controls = await controlsOf(task);
  const robot = await robotIn(task, controls, 'without cameras');
  const bare = await bareIn(task, controls, robot.world.view('qpos').slice());
  const turns: { readonly ours: number; readonly bare: number }[] = [];
  const turn = (step: Step, from: number, to: number) => () => {
    for (let k = from; k < Math.min(to, controls.steps); k++) step(k);
  };
  for (let from = 0; from < controls.steps; from += BATCH_STEPS) {
    const steps = Math.min(BATCH_STEPS, controls.steps - from);
    const time = { ours: 0, bare: 0 };
    // Whoever goes second finds a warmer cache: they take turns in that too.
    const both = [
      () => (time.ours = cpu(turn(robot.step, from, from + BATCH_STEPS)) / steps),
      () => (time.bare = cpu(turn(bare.step, from, from + BATCH_STEPS)) / steps),
    ];
    for (const run of (from / BATCH_STEPS) % 2 === 0 ? both : both.reverse()) run();
    turns.push(time);
  }
  const same = robot.world.view('qpos').every((q, i) => Object.is(q, bare.qpos[i]));
  bare.close();
  robot.world.close();
  const seeing = await robotIn(task, controls, 'with cameras');
  const cameras = cpu(turn(seeing.step, 0, controls.steps)) / controls.steps;
  seeing.world.close();
  return { steps: controls.steps, turns, cameras, same };
}

/** Rounds over all tasks. */
const ROUNDS = 3;

/**
 * Simulator steps a second of CPU time beside bare MuJoCo WebAssembly: the same compiled model, the same controls, in turns. Ours
 * is `SimRobot`: a command that is checked and copied, physics, the clock, the wrist sensor and the joint encoders with
 * noise and delay, each published to a subscriber, every 2 ms. MuJoCo draws no pictures: the figure with both cameras
 * rendered at 20 Hz is reported apart. The ratio is the median of all turns: a machine that others use too stalls now and then.
 */
export default async function sim() {
  // Once for nothing, so that neither side pays for compilation.
  await compare(TASK_NAMES[0]);
  const runs: ({ task: string } & Awaited<ReturnType<typeof compare>>)[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const task of TASK_NAMES) runs.push({ task, ...(await compare(task)) });
  }
  const turns = runs.flatMap((run) => run.turns);
  const ours = 1e6 / median(turns.map((turn) => turn.ours));
  const baseline = 1e6 / median(turns.map((turn) => turn.bare));
  const ratioOf = (some: typeof turns): number => median(some.map((turn) => turn.bare / turn.ours));
  return {
    unit: 'steps of 2 ms per CPU second',
    ours,
    baseline,
    ratio: ratioOf(turns),
    target: 'at least 0.9',
    with_cameras: 1e6 / median(runs.map((run) => run.cameras)),
    us_per_step_ours: 1e6 / ours,
    us_per_step_bare: 1e6 / baseline,
    steps: runs.reduce((sum, run) => sum + run.steps, 0),
    same_trajectory: runs.every(({ same }) => same),
    ratios: Object.fromEntries(
      TASK_NAMES.map((name) => [name, ratioOf(runs.filter(({ task }) => task === name).flatMap((run) => run.turns))]),
    ),
  };
}
