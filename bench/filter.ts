import { chainKinematics, parseUrdf } from '@praxis/model';
import { RecedingHorizon } from '@praxis/policy';
import { CommandFilter, DEFAULT_FILTER, type FilterConfig } from '@praxis/safety';
import { Adversary, ALL_STAGES, ViolationCounter } from '@praxis/safety/testing';
import { Episode, pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';

const CONTROL_PERIOD_S = 0.002;
const HOME_JOINTS_RAD = Float64Array.of(0, -0.35, 0, -2.4, 0, 2.05, 0.785);
/** Baseline: largest time of a command (ms). */
const MAX_COMMAND_TIME_MS = 0.3;
/**
 * Numbers of commands, one million in total: `all` with every stage on, `tight` with the limits of a slow arm, `simulated` with the
 * default configuration and the simulated arm.
 */
const COMMAND_COUNTS = { all: 100_000, tight: 400_000, simulated: 500_000 };
/** Number of timings of the same commands. The shortest counts, since other load on the machine only adds time. */
const TIMING_COUNT = 3;
/** The arm is stopped and reset after this number of commands. */
const STOP_INTERVAL_COMMANDS = 5000;

const model = parseUrdf(armUrdf());
const kinematics = chainKinematics(model, 'base_link', 'tool0');
const names = kinematics.jointNames;
const TIGHT_FILTER: FilterConfig = { ...DEFAULT_FILTER, limits: { acceleration: 8, jerk: 400, margin: 0.05 } };

/** Receives the filter after each command and each period of a stop. */
type OutputObserver = (filter: CommandFilter) => void;

interface FuzzRun {
  readonly config: FilterConfig;
  readonly commands: number;
  readonly seed: number;
  readonly onOutput?: OutputObserver;
  /** Shortest wall time of each command so far (ms). */
  readonly times?: Float64Array;
}

/** Sends adversarial commands to a filter and counts the limits that its output passes, by finite differences at 500 Hz. */
function fuzz({ config, commands, seed, onOutput, times }: FuzzRun): {
  violations: number;
  verdicts: Record<string, number>;
} {
  const filter = new CommandFilter({ names, model, kinematics, config, period: CONTROL_PERIOD_S });
  const adversary = new Adversary(filter.limits, CONTROL_PERIOD_S, seed);
  const counter = new ViolationCounter(filter.limits, CONTROL_PERIOD_S);
  const verdicts: Record<string, number> = { pass: 0, clamp: 0, reject: 0 };
  const modes = ['hold', 'protective', 'emergency'] as const;
  filter.reset(HOME_JOINTS_RAD, 0.04, 0);
  counter.reset(filter.position);
  let tick = 0;
  const observeOutput = () => {
    counter.observe(filter.position);
    onOutput?.(filter);
  };
  for (let k = 0; k < commands; k++) {
    const command = adversary.next(filter.position, filter.velocity);
    const now = ++tick * CONTROL_PERIOD_S;
    const before = times ? performance.now() : 0;
    const { verdict } = filter.filter(command, now, now);
    if (times) times[k] = Math.min(times[k], performance.now() - before);
    verdicts[verdict]++;
    observeOutput();
    if (k % STOP_INTERVAL_COMMANDS !== STOP_INTERVAL_COMMANDS - 1) continue;
    let state = 'moving';
    while (state === 'moving') {
      state = filter.brake(++tick * CONTROL_PERIOD_S, modes[((k / STOP_INTERVAL_COMMANDS) % 3) | 0]);
      observeOutput();
    }
    filter.reset(filter.position.slice(), filter.gripperWidth, ++tick * CONTROL_PERIOD_S);
    counter.reset(filter.position);
  }
  return { violations: counter.total, verdicts };
}

/** Sends the output of the filter to the simulated arm, including contacts with the table and with itself. */
async function fuzzSimulatedArm() {
  const episode = await Episode.create({
    task: pick,
    seed: 2_000_000,
    urdf: armUrdf(),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
  });
  const { robot, world } = episode;
  const joints = names.map((name) => world.joint(name));
  const command = { position: new Float64Array(names.length), gripperWidth: 0 };
  let finite = true;
  const onOutput: OutputObserver = (filter) => {
    command.position.set(filter.position);
    command.gripperWidth = filter.gripperWidth;
    const now = robot.clock.now();
    robot.command('arm', { value: command, stamp: now, received: now });
    robot.step();
    const qvel = world.view('qvel');
    finite &&= joints.every((joint) => Number.isFinite(qvel[joint.qvel]));
  };
  const result = fuzz({ config: DEFAULT_FILTER, commands: COMMAND_COUNTS.simulated, seed: 3, onOutput });
  await episode.close();
  return { ...result, finite };
}

/** Measures the mean time of a command that passes the default filter, as the shipped controller sends it (ms). */
function passingCommandMs(): number {
  const filter = new CommandFilter({ names, model, kinematics, config: DEFAULT_FILTER, period: CONTROL_PERIOD_S });
  filter.reset(HOME_JOINTS_RAD, 0.04, 0);
  const command = { position: HOME_JOINTS_RAD.slice(), gripperWidth: 0.04 };
  let tick = 0;
  const run = (count: number) => {
    const before = performance.now();
    for (let k = 0; k < count; k++) {
      const now = ++tick * CONTROL_PERIOD_S;
      for (let i = 0; i < names.length; i++) command.position[i] = HOME_JOINTS_RAD[i] + 0.1 * (1 - Math.cos(2 * now));
      filter.filter(command, now, now);
    }
    return (performance.now() - before) / count;
  };
  run(20_000);
  return Math.min(run(50_000), run(50_000));
}

/**
 * Sends one million adversarial commands, with stops in between, and reports the passed limits and the time of a command with every
 * stage on: 192 distances, the quadratic program and the forecast of the stop.
 */
export default async function filter() {
  const times = new Float64Array(COMMAND_COUNTS.all).fill(Number.POSITIVE_INFINITY);
  const runs = [];
  for (let round = 0; round < TIMING_COUNT; round++) {
    runs.push(fuzz({ config: ALL_STAGES, commands: COMMAND_COUNTS.all, seed: 1, times }));
  }
  const tight = fuzz({ config: TIGHT_FILTER, commands: COMMAND_COUNTS.tight, seed: 2 });
  const arm = await fuzzSimulatedArm();
  const p99 = quantile(times, 0.99)!;
  return {
    unit: 'ms for a command with every stage on, 99th percentile, one thread',
    ours: p99,
    baseline: MAX_COMMAND_TIME_MS,
    ratio: p99 / MAX_COMMAND_TIME_MS,
    target: 'at most 1, and no violation',
    violations: runs[0].violations + tight.violations + arm.violations,
    commands: COMMAND_COUNTS.all + COMMAND_COUNTS.tight + COMMAND_COUNTS.simulated,
    p50_ms: quantile(times, 0.5),
    max_ms: quantile(times, 1),
    passing_default_ms: passingCommandMs(),
    verdicts_all: runs[0].verdicts,
    verdicts_tight: tight.verdicts,
    verdicts_simulated: arm.verdicts,
    arm_finite: arm.finite,
  };
}
