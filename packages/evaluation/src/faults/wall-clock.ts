import { setTimeout as sleep } from 'node:timers/promises';
import { ControlLoop, InputError, Random } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { ProcessPolicy } from '@praxis/policy/node';
import { isStop, type SafetyConfig, type SafetyEvent } from '@praxis/safety';
import { loopOptions, SIM_SAFETY, safetyOf, setupOf } from '@praxis/sim';
import { IsolatedRobot, raisePriority } from '@praxis/sim/node';
import { wordingsOf } from '@praxis/sim/seeds';
import type { SupervisedOutcome } from '../evaluate/safety-report.ts';
import { policySource } from '../project/policy-source.ts';
import { moduleUrls, type Project } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';

/** Faults that are also measured against the wall clock, with the policy in its own process and the physics in its own thread. */
export const WALL_CLOCK_FAULTS = ['policy_killed', 'process_stopped', 'loop_blocked'] as const;
/** Name of a fault that is measured against the wall clock. */
export type WallClockFault = (typeof WALL_CLOCK_FAULTS)[number];

/** Time for which `loop_blocked` blocks the event loop (ms). */
const BLOCKED_MS = 500;
/** Period of the heartbeats of the policy's process (ms). */
const HEARTBEAT_PERIOD_MS = 5;
/** Time for which the arm is observed after the fault (ms). */
const OBSERVATION_MS = 1800;

/**
 * Configuration with a longer heartbeat deadline for the policy. The operating system reports the exit of the process at once, so
 * the heartbeat has to reveal only a stopped or stuck process; 0.1 s leaves time for an inference on a busy machine.
 */
const wallClockSafety = (config: SafetyConfig): SafetyConfig => ({
  ...config,
  watchdog: {
    ...config.watchdog,
    heartbeats: {
      ...config.watchdog.heartbeats,
      policy: { ...config.watchdog.heartbeats.policy, deadline: 0.1 },
    },
  },
});

/** One wall-clock fault in one episode. */
export interface WallClockJob {
  readonly fault: WallClockFault;
  readonly task: string;
  readonly seed: number;
  /** The policy, which must be a directory: it runs in a process that the fault kills. */
  readonly policy: string | undefined;
  /** Folder of the robot; undefined selects the Praxis arm. */
  readonly robot: string | undefined;
  readonly acceptRobot: string | undefined;
  readonly project: Project;
}

/** Reads the monotonic clock (ms), which the thread of the physics reads too. */
const wallTimeMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function blockThread(milliseconds: number): void {
  for (const end = wallTimeMs() + milliseconds; wallTimeMs() < end; );
}

/** Waits 0.3 to 1.5 s, and repeats that until the arm is running at the end. A stopped arm is reset and started. */
async function waitInMotion(robot: IsolatedRobot, loop: ControlLoop, random: Random): Promise<void> {
  for (;;) {
    await sleep(random.uniform(300, 1500));
    if (robot.state().state === 'running') return;
    while (robot.state().state !== 'ready') {
      robot.requestStateChange('reset');
      await sleep(20);
    }
    loop.resynchronize();
    robot.requestStateChange('start');
    while (robot.state().state === 'ready') await sleep(5);
  }
}

/**
 * Injects one real fault: SIGKILL, SIGSTOP, or a main thread that computes for half a second.
 * @returns an outcome whose times are wall-clock milliseconds from the fault
 */
export async function measureWallClockFault({
  fault,
  task,
  seed,
  policy: named,
  robot: robotNamed,
  acceptRobot,
  project,
}: WallClockJob): Promise<SupervisedOutcome> {
  raisePriority();
  const choice = await robotChoice(robotNamed);
  const setup = setupOf(choice);
  const source = policySource(named, project);
  if (source.kind !== 'folder')
    throw new InputError(`policy ${named}: real faults need a directory with a manifest.json`);
  const scene = { task, modules: moduleUrls(project), seed, ...choice, wordings: wordingsOf(seed) };
  const robot = await IsolatedRobot.open({
    ...scene,
    safety: wallClockSafety(robotNamed === undefined ? SIM_SAFETY : safetyOf(setup)),
  });
  const policy = await ProcessPolicy.open(source.directory, {
    heartbeat: {
      periodMs: HEARTBEAT_PERIOD_MS,
      onBeat: () => robot.beat('policy'),
      // The operating system reports the exit at once; the heartbeat would take up to its deadline.
      onExit: () => robot.requestStateChange('hold'),
    },
  });
  const loop = new ControlLoop({
    robot,
    policy,
    acceptRobot,
    scheduler: new RecedingHorizon(),
    inference: { kind: 'measured' },
    ...loopOptions(setup, policy.spec),
  });
  robot.needStreams(loop.reads);
  robot.periods$.subscribe(() => {
    loop.tick();
    robot.beat('loop');
    robot.reportQueue(loop.queue);
  });
  const falseStops: SafetyEvent[] = [];
  const stops = robot.events$.subscribe(
    (event) => isStop(event.to) && event.from === 'running' && falseStops.push(event),
  );
  try {
    loop.start();
    await robot.start();
    robot.setInstruction(robot.instruction);
    while (loop.stats.chunks < 3) await sleep(20);
    await waitInMotion(robot, loop, new Random(seed, `wall ${fault}`));
    stops.unsubscribe();
    robot.startMeasurement();
    const injectedS = robot.clock.now();
    const at = wallTimeMs();
    if (fault === 'policy_killed') policy.kill();
    else if (fault === 'process_stopped') process.kill(policy.pid, 'SIGSTOP');
    else blockThread(BLOCKED_MS);
    await sleep(OBSERVATION_MS);
    const {
      state,
      stopWallTime: stoppedWall,
      lastMotionWallTime: movedWall,
      distance,
      standing,
      violations,
      peakForce,
      events,
    } = await robot.report();
    const cause = events.findLast(({ from, to }) => from === 'running' && isStop(to))?.cause;
    const stopped = stoppedWall !== undefined;
    return {
      task,
      seed,
      success: false,
      safety: {
        state,
        falseStops: falseStops.length,
        limitViolations: violations,
        events: falseStops,
      },
      fault: {
        name: fault,
        injectedS,
        ...(stopped ? { holdMs: 1000 * stoppedWall - at, stopMs: Math.max(0, 1000 * movedWall - at), cause } : {}),
        distanceM: distance,
        peakForceN: peakForce,
        standing,
      },
    };
  } finally {
    loop.stop();
    policy.kill();
    await robot.stop();
  }
}
