import { setTimeout as sleep } from 'node:timers/promises';
import { ControlLoop, Random } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { ProcessPolicy } from '@praxis/policy/node';
import { isStop, type SafetyConfig, type SafetyEvent } from '@praxis/safety';
import { armModel, SIM_LOOP, SIM_SAFETY } from '@praxis/sim';
import { armUrdf, IsolatedRobot, raisePriority } from '@praxis/sim/node';
import { wordingsOf } from '@praxis/sim/seeds';
import type { SupervisedOutcome } from '../evaluate/safety-report.ts';

/** What is measured against the wall clock, with the policy in a process and physics and supervisor in a thread of their own. */
export const WALL_CLOCK_FAULTS = ['policy_killed', 'process_stopped', 'loop_blocked'] as const;
export type WallClockFault = (typeof WALL_CLOCK_FAULTS)[number];

/** ms: the event loop is blocked for so long; beats of the policy's process; how long the arm is watched afterwards. */
const BLOCKED_MS = 500;
const HEARTBEAT_PERIOD_MS = 5;
const OBSERVATION_MS = 1800;

/**
 * The end of the policy's process is told by the operating system, at once. Its heartbeat tells of a process that is stopped or stuck
 * while its last chunk is still being carried out, and waits for an inference on a busy machine.
 */
const WALL_CLOCK_SAFETY: SafetyConfig = {
  ...SIM_SAFETY,
  watchdog: {
    ...SIM_SAFETY.watchdog,
    heartbeats: {
      ...SIM_SAFETY.watchdog.heartbeats,
      policy: { ...SIM_SAFETY.watchdog.heartbeats.policy, deadline: 0.1 },
    },
  },
};

export interface WallClockJob {
  readonly fault: WallClockFault;
  readonly task: string;
  readonly seed: number;
  /** Directory of the policy. */
  readonly policy: string;
}

/** Milliseconds of the clock that the plant's thread reads as well. */
const wallTimeMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function blockThread(milliseconds: number): void {
  for (const end = wallTimeMs() + milliseconds; wallTimeMs() < end; );
}

/** Lets the arm move for a while; when it was stopped meanwhile it is started again. */
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
 * Lets one fault happen for real: SIGKILL, SIGSTOP, or a thread that computes for half a second. Times of what comes back are
 * real milliseconds from the fault.
 */
export async function measureWallClockFault({ fault, task, seed, policy: directory }: WallClockJob): Promise<SupervisedOutcome> {
  raisePriority();
  const urdf = armUrdf();
  const robot = await IsolatedRobot.open({ task, seed, urdf, wordings: wordingsOf(seed), safety: WALL_CLOCK_SAFETY });
  const policy = await ProcessPolicy.open(directory, {
    heartbeat: {
      periodMs: HEARTBEAT_PERIOD_MS,
      onBeat: () => robot.beat('policy'),
      // The operating system tells it at once; the heartbeat would a little later.
      onExit: () => robot.requestStateChange('hold'),
    },
  });
  const { kinematics, tool } = armModel(urdf);
  const loop = new ControlLoop({
    robot,
    policy,
    kinematics,
    tool,
    scheduler: new RecedingHorizon(),
    inference: { kind: 'measured' },
    ...SIM_LOOP,
  });
  robot.periods$.subscribe(() => {
    loop.tick();
    robot.beat('loop');
    const { state } = loop.controller;
    if (state !== 'waiting') robot.reportQueue(state === 'tracking' ? 'filled' : 'empty');
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
