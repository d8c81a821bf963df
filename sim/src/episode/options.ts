import type { ChunkScheduler, ControlLoopOptions, Policy, PolicySpec, Robot } from '@praxis/core';
import type { SafetyConfig } from '@praxis/safety';
import type { ExpertPolicy } from '../experts/expert-policy.ts';
import type { Fault } from '../faults/fault.ts';
import type { ModalityDefinition } from '../modalities/modality.ts';
import { HOME_JOINTS_RAD } from '../robot/arm.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import type { Task, WordingSet } from '../tasks/task.ts';

/** The parts of one episode: task, seed, robot, policy, supervisor and fault. */
export interface EpisodeOptions {
  /** The task: `pick`, `sort`, or one of your own. */
  readonly task: Task;
  /** Seed of every random number in the episode, 0 .. 2^31 - 1. */
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  /** Drives the arm: a policy, the scripted expert, or a policy that wraps the expert. */
  readonly policy: Policy | 'expert' | ((expert: ExpertPolicy) => Policy);
  /** Schedules action chunks. It keeps state, so parallel episodes must not share it. */
  readonly scheduler: ChunkScheduler;
  /** Modalities or names of inputs that are masked: the policy does not receive them. Default: none. */
  readonly mask?: readonly string[];
  /** Set of sentences that the instruction is drawn from. Default `report`. */
  readonly wordings?: WordingSet;
  /** Replaces the text of the task's instruction; the goal stays the task's. */
  readonly instruction?: string;
  /** True: the instruction names another object of the same scene. Default false. */
  readonly swap?: boolean;
  /** Inputs that the expert declares, so that a recorder finds them in the observation. */
  readonly inputs?: PolicySpec['inputs'];
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Wraps the simulated arm in the robot that the loop is bound to, for example to add a custom sensor. */
  readonly wrapRobot?: (arm: SimRobot) => Robot;
  /** Fault to inject during the episode. Default: none. */
  readonly fault?: Fault;
  /** Configuration of the supervisor. Default `on`: {@link SIM_SAFETY}. `off`: the arm has no supervisor. */
  readonly safety?: 'on' | 'off' | SafetyConfig;
  /** `end`: a stop ends the episode as a failure after 1.5 s. `wait`: the episode waits for a restart. Default `end`. */
  readonly afterStop?: 'end' | 'wait';
  /** `judged`: the verdict or the time limit ends the episode. `closed`: only `close` ends it. Default `judged`. */
  readonly ends?: 'judged' | 'closed';
}

/** Options of every control loop that moves the simulated arm. */
export const SIM_LOOP = {
  controller: { ik: { posture: Float64Array.from(HOME_JOINTS_RAD) } },
  // Above the table and within reach (m, base_link). A target beyond this box is an error of the policy.
  workspace: { minimum: [0.2, -0.5, -0.02], maximum: [0.8, 0.5, 0.7] },
  // Three times the normal age of 0.13 s: an inference starts each 0.1 s and takes 0.03 s.
  maximumChunkAge: 0.4,
} as const satisfies Partial<ControlLoopOptions>;
