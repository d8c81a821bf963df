import type { MainModule } from '@mujoco/mujoco';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, loadMujoco, pick, SimRobot, sort, type Task } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';
import { buildScene } from '../sim/src/episode/scene.ts';
import { sceneMjcf } from '../sim/src/mjcf/scene.ts';
import { armModel } from '../sim/src/robot/arm.ts';
import { ARM_JOINTS, FINGER_JOINTS } from '../sim/src/robot/praxis-arm.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';

const SEED = 2_000_000;
const arm = armModel(armUrdf());
const TASKS = [pick, sort];
/** Number of steps of one batch. Praxis and bare MuJoCo alternate, so that other load on the machine affects both. */
const BATCH_STEPS = 250;

const median = (values: readonly number[]): number => quantile(values, 0.5)!;

/** Measures the CPU time of all threads, including garbage collection (µs). */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Advances a simulation by one step with the recorded controls of step k. */
type Step = (k: number) => void;

/** Servo controls of an episode that the expert drives, with contacts and grasps: one row per step. */
interface RecordedControls {
  readonly steps: number;
  /** Number of servos. */
  readonly width: number;
  /** Row-major, in one array: thousands of arrays would add to the garbage collection that the benchmark measures. */
  readonly data: Float64Array;
}

async function controlsOf(task: Task): Promise<RecordedControls> {
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

/** Creates a `SimRobot` in the scene of a task, without delay of commands, and its step with the recorded controls. */
async function robotIn(task: Task, { width, data }: RecordedControls, cameras: 'with cameras' | 'without cameras') {
  const instance = task.draw({ seed: SEED, wordings: 'report', swap: false });
  const drawn = drawConditions(SEED, arm);
  const conditions = { ...drawn, actionDelay: 0, cameras: cameras === 'with cameras' ? drawn.cameras : [] };
  const { world, scene } = await buildScene(arm, instance, drawn, SEED);
  const robot = new SimRobot(arm, world, scene, conditions, SEED);
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

/** Creates bare MuJoCo with the same compiled model in the same state. */
async function bareIn(task: Task, { width, data: controls }: RecordedControls, start: Float64Array) {
  const mujoco = (await loadMujoco()) as MainModule;
  const { objects } = task.draw({ seed: SEED, wordings: 'report', swap: false });
  const mjcf = sceneMjcf(arm, objects);
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

/** Measures the CPU time of the steps of one task (µs), and whether both simulations end in bit-identical positions. */
async function compare(task: Task) {
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
    // The second simulation finds a warmer cache, so the order alternates.
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
  const withCameras = await robotIn(task, controls, 'with cameras');
  const cameras = cpu(turn(withCameras.step, 0, controls.steps)) / controls.steps;
  withCameras.world.close();
  return { steps: controls.steps, turns, cameras, same };
}

/** Number of measurements of each task. */
const MEASUREMENT_COUNT = 3;

/**
 * Measures simulator steps per second of CPU time. The baseline is bare MuJoCo WebAssembly with the same compiled model and the same
 * controls. Praxis runs `SimRobot`: in every period of 2 ms it checks and copies a command, steps the physics and the clock, and
 * publishes the wrist sensor and the joint encoders, with noise and delay, to a subscriber. Bare MuJoCo renders no images, so the
 * figure with both cameras at 20 Hz is reported separately. The ratio is the median over all batches, since a shared machine stalls
 * now and then.
 */
export default async function sim() {
  // The first comparison is a warm-up, so that neither side includes compilation.
  await compare(TASKS[0]);
  const runs: ({ task: Task } & Awaited<ReturnType<typeof compare>>)[] = [];
  for (let round = 0; round < MEASUREMENT_COUNT; round++) {
    for (const task of TASKS) runs.push({ task, ...(await compare(task)) });
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
      TASKS.map((each) => [each.name, ratioOf(runs.filter(({ task }) => task === each).flatMap((run) => run.turns))]),
    ),
  };
}
