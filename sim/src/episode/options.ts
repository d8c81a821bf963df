import type { ChunkScheduler, ControlLoopOptions, Policy, PolicySpec, Robot } from '@praxis/core';
import type { SafetyConfig } from '@praxis/safety';
import type { ExpertPolicy } from '../experts/expert-policy.ts';
import type { Fault } from '../faults/fault.ts';
import { HOME_JOINTS_RAD } from '../robot/arm.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import type { Task, WordingSet } from '../tasks/task.ts';

/** What one episode consists of: a task, a seed, a robot, a policy, and what may go wrong. */
export interface EpisodeOptions {
  /** One of `TASK_NAMES`, or a task of one's own. */
  readonly task: string | Task;
  /** 0 .. 2^31 - 1; decides everything that is random. */
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  /** What drives the arm: a policy, the scripted expert, or something made around the expert. */
  readonly policy: Policy | 'expert' | ((expert: ExpertPolicy) => Policy);
  /** Of this episode alone: it keeps the last chunk. */
  readonly scheduler: ChunkScheduler;
  /** Modalities that the policy does not see. */
  readonly mask?: readonly string[];
  /** Default `report`. */
  readonly wordings?: WordingSet;
  /** Says this in place of the task's own words; the goal stays the task's. */
  readonly instruction?: string;
  /** Names another thing of the same scene. */
  readonly swap?: boolean;
  /** Inputs that the expert asks for, for recording. */
  readonly inputs?: PolicySpec['inputs'];
  /** What the loop is bound to in place of the simulated arm: the arm with a sensor of one's own, for example. */
  readonly wrapRobot?: (arm: SimRobot) => Robot;
  /** Something goes wrong in mid-episode: one of `FAULT_NAMES`, or a fault of one's own. */
  readonly fault?: string | Fault;
  /** What guards the arm. Default `on`: a supervisor as {@link SIM_SAFETY} says. */
  readonly safety?: 'on' | 'off' | SafetyConfig;
  /** Whether a stop ends the episode after a while, as a failure, or waits for somebody to start it again. Default `end`. */
  readonly afterStop?: 'end' | 'wait';
  /** When it is over: with the verdict or the time limit, or only when it is closed. Default `judged`. */
  readonly ends?: 'judged' | 'closed';
}

/** How a control loop moves the simulated arm, whatever drives it. */
export const SIM_LOOP = {
  controller: { ik: { posture: Float64Array.from(HOME_JOINTS_RAD) } },
  // Above the table and within reach; what a policy asks for beyond is nonsense.
  workspace: { minimum: [0.2, -0.5, -0.02], maximum: [0.8, 0.5, 0.7] },
  // In normal work 0.13 s: an inference each 0.1 s that takes 0.03 s.
  maximumChunkAge: 0.4,
} as const satisfies Partial<ControlLoopOptions>;
